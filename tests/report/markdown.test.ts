import { describe, expect, it } from "vitest";
import { FORMATS } from "../../src/report/formats/index.ts";
import { EVIL_SYMBOL, hostileReport } from "./hostileReport.ts";
import { days, manyTargets, reportOf, twoTargets } from "./sampleReport.ts";

const { markdown } = FORMATS;

/** The text as a reader of the page gets it: without code spans, entities resolved only where a browser would. */
function outsideCode(text: string): string {
  return text.replace(/(`+)(?:(?!\1).)+?\1(?!`)/g, "CODE");
}

/** Cells of a table row, as GitHub splits it. */
function cells(row: string): string[] {
  return row.split(/(?<!\\)\|/).slice(1, -1);
}

describe("markdown", () => {
  const text = markdown(twoTargets(), { vendors: { hip: "AMD", groq: "Groq" } });

  it("has a line per target, no number where there is no path", () => {
    expect(text).toContain("| AMD `hip@1.0:one` | 71% | **33 d** | 15–71 d | 0.5 d | 33 d | 1 | 0 |");
    const groq = text.split("\n").find((line) => line.startsWith("| Groq"));
    expect(groq).toContain("| 28% | **no path: 1 blocker** |  |  |  | 0 | 1 |");
  });

  it("has rows by component, blockers with ways out, drivers with how to settle them", () => {
    expect(text).toContain("| `attention` | 3 | **14 d** (6–31 d), 33% auto | 0% auto |");
    expect(text).toContain("| total | 7 | **33 d** (15–71 d), 71% auto | **no path: 1 blocker**, 28% auto |");
    expect(text).toContain(
      "- **groq** no path: Custom kernels have no interface (`wcustom`, documented), 1 usage: `attention/fwd.cu:88`",
    );
    expect(text).toContain("  - way out: Keep on another device, no price");
    expect(text).toContain("| hip | 38% | Write attention kernels again | 10 d (4–26 d) | write fwd for AMD first |");
  });

  it("has rows by file or category on request", () => {
    const byFile = markdown(twoTargets(), { by: "file" });
    expect(byFile).toContain("| `attention/fwd.cu` | 3 | **11 d**, 33% auto | 0% auto |");
    expect(markdown(twoTargets(), { by: "category" })).toContain(
      "| `kernels` |  | **30 d** (1–20 d), 0% auto | 0% auto |",
    );
  });

  it("begins with a mark by which a comment can be found again", () => {
    expect(text.startsWith("<!-- portgauge:scan -->\n")).toBe(true);
  });

  it("stays under 60 kB", () => {
    const big = manyTargets(5, 400);
    const filler = "x".repeat(900);
    for (const target of big.targets) {
      for (const blocker of target.blockers) blocker.title += filler;
      for (const driver of target.drivers) driver.settle += filler;
      target.availability = [{ what: filler, evidence: filler }];
    }
    const long = markdown(big, {});
    expect(Buffer.byteLength(long)).toBeLessThan(60_000);
    expect(long).toContain("**810 d** (100–300 d)");
    expect(long).toMatch(/… \d+ more: see the JSON report/);
  });

  it("falls back to the headline when a single entry is too long", () => {
    const report = twoTargets();
    for (const { drivers } of report.targets) for (const driver of drivers) driver.settle = "x".repeat(70_000);
    const short = markdown(report, {});
    expect(Buffer.byteLength(short)).toBeLessThan(5000);
    expect(short).toContain("**33 d**");
    expect(short).toContain("too long for this format");
  });

  it("says plainly when nothing was found", () => {
    const { coverage } = reportOf([], []);
    const files = { found: 2, parsed: 2, lexed: 0, skipped: 0 };
    expect(markdown(reportOf([], [], { coverage: { ...coverage, files } }), {})).toContain("No use of NVIDIA's stack");
  });

  it("lets no name in the code become markup, HTML, a link or a mention", () => {
    const evil = markdown(hostileReport(), {});
    const outside = outsideCode(evil.replace("<!-- portgauge:scan -->", ""));
    expect(outside).not.toMatch(/[<>]/);
    expect(outside).not.toMatch(/@\w/);
    expect(outside).not.toMatch(/https?:\/\//);
    expect(outside).not.toMatch(/^#+ heading/m);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
    expect(evil.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f]/);
    expect(outside).toContain("INCOMPLETE");
  });

  it("keeps every row of a table as wide as its head", () => {
    const blocks = markdown(hostileReport(), {})
      .split("\n\n")
      .filter((block) => block.startsWith("|"));
    expect(blocks.length).toBeGreaterThanOrEqual(3);
    for (const block of blocks) {
      const widths = block.split("\n").map((row) => cells(row).length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  it("shows a symbol with pipes and backticks whole", () => {
    const report = hostileReport();
    const [target] = report.targets;
    const risky = target?.findings.map((finding) => ({ ...finding, silentRisk: true })) ?? [];
    const shown = markdown(
      { ...report, targets: target ? [{ ...target, findings: risky, tail12Months: days(1, 2, 3) }] : [] },
      {},
    );
    expect(shown).toContain(`\`\` ${EVIL_SYMBOL.replaceAll("|", "\\|")} \`\``);
  });
});
