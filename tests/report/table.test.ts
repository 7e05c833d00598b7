import { describe, expect, it } from "vitest";
import { FORMATS } from "../../src/report/formats/index.ts";
import { displayWidth } from "../../src/report/formats/visible.ts";
import { days, effort, manyTargets, reportOf, targetReport, twoTargets, USAGES, usage } from "./sampleReport.ts";

const { table, json } = FORMATS;
const NAMES = { vendors: { hip: "AMD", groq: "Groq" } };

/** The line that begins with a word. */
function lineOf(text: string, start: string): string {
  const lines = text.split("\n").map((one) => one.trim().replace(/\s{2,}/g, "  "));
  const line = lines.find((one) => one.startsWith(start));
  if (line === undefined) throw new Error(`no line begins with "${start}" in\n${text}`);
  return line;
}

describe("json", () => {
  it("is the report and a newline", () => {
    const report = twoTargets();
    const text = json(report, {});
    expect(JSON.parse(text)).toEqual(report);
    expect(text.endsWith("}\n")).toBe(true);
  });
});

describe("the effort table", () => {
  const text = table(twoTargets(), NAMES);

  it("names program, rules, root and revision, and what was read", () => {
    const [head, coverage] = text.split("\n");
    expect(head).toBe("portgauge 0.1.0  rules 4f1c2e8d90ab  acme/serve @ 4f1c2e8");
    expect(coverage).toContain("4 files, 18.2 MB, 5,000 code lines");
    expect(coverage).toContain("7 usages (1 vendored), 5 symbols, 0–1 without a rule");
  });

  it("heads a target's columns with vendor and key", () => {
    expect(text).toMatch(/AMD hip@1\.0:one +Groq groq@1\.0:one/);
  });

  it("has a row per component, then tests, vendored code, project and total", () => {
    const rows = ["attention", "runtime", "tests", "vendored", "project", "total"];
    const found = text.split("\n").flatMap((line) => rows.filter((row) => line.startsWith(`${row} `)));
    expect(found).toEqual(rows);
    expect(lineOf(text, "attention")).toBe("attention  3  33%  14 d  6–31 d  1  0%  –  1");
    expect(lineOf(text, "tests")).toBe("tests  1  100%  0.5 d  0.2–1 d  100%  –");
    expect(lineOf(text, "vendored")).toBe("vendored  1  100%  0%  –");
  });

  it("gives a target without a path no number", () => {
    expect(lineOf(text, "total")).toBe("total  7  71%  33 d  15–71 d  1  28%  no path: 1 blocker  1");
    const only = table(reportOf(USAGES, twoTargets().targets.slice(1)), NAMES);
    expect(lineOf(only, "total")).not.toMatch(/\d d/);
  });

  it("adds usages up to the total", () => {
    const counts = ["attention", "runtime", "tests", "vendored"].map((row) => Number(lineOf(text, row).split("  ")[1]));
    expect(counts.reduce((sum, value) => sum + value, 0)).toBe(USAGES.length);
  });

  it("keeps work by tool and by hand apart", () => {
    expect(lineOf(text, "hip  0.5 d")).toBe("hip  0.5 d  33 d  41/33/14/0/12  in-place, inference");
  });

  it("lists blockers with sites and priced ways out", () => {
    expect(lineOf(text, "Blockers:")).toBe("Blockers: groq 1 (1 without a priced way out)");
    expect(lineOf(text, "groq  no path: Custom")).toContain("1 usage [documented]");
    expect(lineOf(text, "attention/fwd.cu:88")).toContain("Keep on another device (no price)");
    expect(lineOf(text, "work beside what is blocked")).toContain("no total");
  });

  it("says what the P90 hangs on and how to settle it", () => {
    expect(lineOf(text, "hip  38%")).toBe("hip  38% Write attention kernels again, 10 d (4–26 d) [wmma]");
    expect(text).toContain("settle: write fwd for AMD first");
  });

  it("lists silent risks, and of the toolchain only what is in use", () => {
    expect(lineOf(text, "hip  1 usage: __shfl_down_sync 1 (attention/fwd.cu:40)")).toBeTruthy();
    expect(lineOf(text, "profiler (nsys)")).toContain("hip adapt: rocprofv3");
    expect(text).not.toContain("rocgdb");
  });

  it("says what is guessed or left out, and why ranges are wide", () => {
    for (const part of [
      "no rule, so priced as a guess: groq 0 d for 1 usage (1 symbol)",
      "vendored code, 1 usage",
      "--goal tuned",
      "upkeep in the first 12 months: hip 8 d (3–20 d)",
      "assumptions [A]",
    ]) {
      expect(text).toContain(part);
    }
    const dated = table(twoTargets(), {
      evidenceDates: { oldest: "2024-10-16", newest: "2026-11-22" },
      constants: { assumed: 93, all: 110 },
    });
    expect(dated).toContain("evidence dates from 2024-10-16 to 2026-11-22");
    expect(dated).toContain("93 of 110 constants");
  });

  it("never says compatible", () => {
    expect(text).not.toMatch(/compatible/i);
  });
});

describe("rows", () => {
  it("by file hold the work by hand, the rest is the project's", () => {
    const text = table(twoTargets(), { by: "file" });
    expect(lineOf(text, "attention/fwd.cu  3")).toContain("33%  11 d  1");
    expect(lineOf(text, "project")).toContain("13 d");
  });

  it("by category count usages per target", () => {
    const text = table(twoTargets(), { by: "category" });
    expect(lineOf(text, "kernels")).toBe("kernels  2  0%  30 d  1–20 d  1  1  0%  –  1");
    expect(lineOf(text, "no work")).toBe("no work  5  40%  –");
  });

  it("by rule and by symbol show verdicts", () => {
    const rules = table(twoTargets(), { by: "rule" });
    expect(lineOf(rules, "hip:__shfl_down_sync")).toBe("hip:__shfl_down_sync  1  adapt  documented  yes");
    expect(lineOf(rules, "(no rule) __shfl_down_sync")).toContain("unknown");
    const symbols = table(twoTargets(), { by: "symbol" });
    expect(lineOf(symbols, "__shfl_down_sync")).toBe("__shfl_down_sync  1  adapt (silent risk)  unknown");
    expect(lineOf(symbols, "ptx:mma.sync")).toBe("ptx:mma.sync  1  rewrite  blocked");
  });

  it("put test code into its components where the scan counted it so", () => {
    const text = table(twoTargets(), { tests: "include" });
    const inTests = USAGES.filter((one) => one.component === "tests").length;
    expect(lineOf(text, "tests").split("  ")[1]).toBe(String(inTests));
  });
});

describe("size", () => {
  it.each([80, 100, 120, 140, 200])("five full targets stay within 60 lines at %i columns", (width) => {
    const lines = table(manyTargets(5, 40), { width }).trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(60);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
    const totals = lines.filter((line) => line.startsWith("total "));
    expect(totals.join(" ").match(/90 d/g)).toHaveLength(5);
  });

  it("rolls components up without losing usages or days", () => {
    const text = table(manyTargets(2, 40), { width: 140 });
    const rows = text.split("\n").filter((line) => /^(component-|\d+ more components)/.test(line));
    const columns = rows.map((row) => row.trim().split(/\s{2,}/));
    expect(columns.reduce((sum, cells) => sum + Number(cells[1]), 0)).toBe(120);
    expect(columns.reduce((sum, cells) => sum + Number(cells[3]?.replace(" d", "")), 0)).toBe(80);
  });

  it("is the same without and with colour, but for the colour", () => {
    const plain = table(twoTargets(), NAMES);
    const coloured = table(twoTargets(), { ...NAMES, color: true });
    expect(plain).not.toContain("\u001b");
    expect(coloured).toContain("\u001b[31m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour is what is taken out
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(plain);
  });
});

describe("scans with little to show", () => {
  it("says plainly that there is no CUDA", () => {
    const files = { found: 3, parsed: 3, lexed: 0, skipped: 0 };
    const { coverage } = reportOf([], []);
    const text = table(reportOf([], [targetReport("hip", [], {})], { coverage: { ...coverage, files } }), {});
    expect(text).toContain("No use of NVIDIA's stack found:");
    expect(text).not.toContain("P50");
    expect(table(reportOf([], []), {})).toContain("No file here is of a kind that portgauge reads");
  });

  it("says what was not seen", () => {
    const { coverage } = twoTargets();
    const diagnostics = [
      { path: "a.cu", line: 3, code: "unbalanced", message: "a brace is missing" },
      { path: "b.cu", code: "unreadable", message: "cannot be read (EACCES)" },
    ];
    const text = table(twoTargets({ complete: false, coverage: { ...coverage, diagnostics } }), {});
    expect(text).toContain("INCOMPLETE: not everything could be read: b.cu unreadable; what");
  });
});

describe("hostile names", () => {
  it("cannot act on the terminal", () => {
    const evil = [
      usage("u1", "cuda\u001b[31mMalloc", "a\u001b]0;pwned\u0007\n\u202egnp/\u009b2Jx.cu:1"),
      usage("u2", "cudaFree\r\n::error::x", "注意/カーネル.cu:2"),
    ];
    const hip = targetReport("hip", evil, {}, { effort: effort(days(1, 4, 9), { 注意: days(1, 4, 9) }) });
    for (const by of ["component", "file", "category", "rule", "symbol"] as const) {
      const text = table(reportOf(evil, [hip], { root: "x\u001b[2J", revision: "\u0007" }), { by });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
      expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e\u2066]/);
      expect(text).toContain("x\\x1b[2J @ \\x07");
    }
  });

  it("keep the columns aligned when they are wide", () => {
    const wide = [usage("u1", "cudaMalloc", "注意力/a.cu:1"), usage("u2", "cudaMalloc", "plain/a.cu:1")];
    const hip = targetReport(
      "hip",
      wide,
      {},
      { effort: effort(days(1, 4, 9), { 注意力: days(1, 2, 5), plain: days(1, 2, 5) }) },
    );
    const text = table(reportOf(wide, [hip]), {});
    const rows = text.split("\n").filter((line) => /^(注意力|plain) /.test(line));
    expect(rows.map(displayWidth)).toEqual([displayWidth(rows[0] ?? ""), displayWidth(rows[0] ?? "")]);
    expect(rows).toHaveLength(2);
  });
});
