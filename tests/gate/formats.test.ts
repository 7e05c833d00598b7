/** The same reasons in every format, and nothing in a path, symbol or text that acts on its reader. */
import { describe, expect, it } from "vitest";
import type { GateReason, GateResult, GateTarget } from "../../src/model/gate.ts";
import { GATE_FORMATS, type GateFormatName } from "../../src/report/gateFormats/index.ts";
import { MARKER } from "../../src/report/gateFormats/markdown.ts";

function reason(path: string, line: number, symbol = "cudaMalloc"): GateReason {
  return { path, line, symbol, rule: "hip:x", why: `why ${line}`, wayOut: `out ${line}` };
}

function target(reasons: readonly GateReason[], more: Partial<GateTarget> = {}): GateTarget {
  return {
    id: "hip",
    version: "7.0",
    variant: "gfx942",
    mode: "fail",
    newUsages: reasons.length,
    goneUsages: 0,
    newBlockers: 0,
    newSilentRisks: 0,
    days: { p10: 0.5, p50: 1, p90: 2 },
    budget: 0.5,
    limits: "at most 0.5 d",
    pass: reasons.length === 0,
    reasons,
    verdicts: { adapt: reasons.length },
    accepted: 0,
    ...more,
  };
}

function result(targets: readonly GateTarget[], more: Partial<GateResult> = {}): GateResult {
  return {
    base: "a".repeat(40),
    head: "working tree",
    pass: targets.every(({ pass }) => pass),
    targets,
    notices: [],
    changedFiles: 1,
    vendoredUsages: 0,
    reportOnly: false,
    ...more,
  };
}

const NAMES = Object.keys(GATE_FORMATS) as GateFormatName[];
const print = (name: GateFormatName, one: GateResult): string => GATE_FORMATS[name](one, {});

describe("every format", () => {
  const many = result([
    target(Array.from({ length: 40 }, (_, i) => reason(`src/f${i}.cu`, i + 1))),
    target([reason("w.cu", 9)], { id: "groq", mode: "watch", pass: true }),
  ]);

  it.each(NAMES)("%s holds every reason with its line, why and way out", (name) => {
    const text = print(name, many);
    for (const { reasons } of many.targets) {
      for (const { line, why, wayOut } of reasons) {
        expect(text).toContain(why);
        expect(text).toContain(wayOut);
        expect(text).toMatch(new RegExp(`\\b${line}\\b`));
      }
    }
  });

  it.each(["table", "github", "markdown"] as const)("%s says that the gate fails and by what limit", (name) => {
    expect(print(name, many)).toContain("gate: FAIL for 40 reasons (hip)");
    expect(print(name, many)).toContain("at most 0.5 d");
  });

  it("github annotates at most ten of a level and logs the rest", () => {
    const lines = print("github", many).split("\n");
    expect(lines.filter((line) => line.startsWith("::error"))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith("::notice"))).toHaveLength(1);
    expect(lines.filter((line) => /^portgauge: src\/f\d+\.cu:\d+: /.test(line))).toHaveLength(30);
  });

  it("json holds the contract's keys", () => {
    const value = JSON.parse(print("json", many));
    expect(value).toMatchObject({ schemaVersion: 1, base: "a".repeat(40), head: "working tree", pass: false });
    expect(Object.keys(value.targets[0])).toEqual(
      expect.arrayContaining([
        ...["id", "mode", "newUsages", "goneUsages", "newBlockers", "newSilentRisks", "days", "budget", "pass"],
        "reasons",
      ]),
    );
    expect(Object.keys(value.targets[0].reasons[0])).toEqual(["path", "line", "symbol", "rule", "why", "wayOut"]);
  });

  it("sarif puts what fails first, with stable fingerprints and no location twice under one", () => {
    const run = JSON.parse(print("sarif", many)).runs[0];
    expect(run.results.map(({ level }: { level: string }) => level)).toEqual([
      ...Array.from({ length: 40 }, () => "error"),
      "note",
    ]);
    const prints = run.results.map((one: { partialFingerprints: object }) => JSON.stringify(one.partialFingerprints));
    expect(new Set(prints).size).toBe(41);
    const moved = result([target([reason("src/f0.cu", 77)])]);
    expect(JSON.stringify(JSON.parse(print("sarif", moved)).runs[0].results[0].partialFingerprints)).toBe(prints[0]);
    for (const { ruleIndex, ruleId } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });

  it("sarif stops at 5,000 results and keeps what fails", () => {
    const watched = target(
      Array.from({ length: 6000 }, (_, i) => reason("w.cu", i + 1)),
      { id: "groq", mode: "watch", pass: true },
    );
    const run = JSON.parse(print("sarif", result([watched, target([reason("a.cu", 1)])]))).runs[0];
    expect(run.results).toHaveLength(5000);
    expect(run.results[0].level).toBe("error");
  });
});

describe("the sticky comment", () => {
  it("begins with its marker and is one line when nothing changed", () => {
    const text = print("markdown", result([target([], { newUsages: 0, days: { p10: 0, p50: 0, p90: 0 } })]));
    expect(text.split("\n").filter((line) => line !== "")).toEqual([MARKER, expect.stringContaining("✅")]);
  });

  it("stays below what a comment holds and says what it leaves out", () => {
    const huge = result([target(Array.from({ length: 3000 }, (_, i) => reason(`${"d/".repeat(40)}f${i}.cu`, i + 1)))]);
    const text = print("markdown", huge);
    expect(Buffer.byteLength(text)).toBeLessThan(60_001);
    expect(text).toMatch(/[\d,]+ further reasons in the JSON report/);
  });
});

describe("hostile names", () => {
  const EVIL = [
    "a\n::error file=x::owned.cu",
    "a\r\n::set-output name=x::y.cu",
    "##[error]owned.cu",
    "a\u001b[2J\u001b]0;owned\u0007.cu",
    "</table><img src=x onerror=1>.cu",
    "a|b`c`](http://evil.example)@team.cu",
    "\u202eexe.cu",
    "--><!-- portgauge:gate -->",
  ];
  const hostile = result(
    [target(EVIL.map((path, i) => ({ ...reason(path, i + 1, path), why: path, wayOut: path, rule: path })))],
    { base: "x\n::error::y", notices: EVIL.map((path) => ({ code: "c", message: path, path, line: 1 })) },
  );

  it.each(NAMES)("%s lets no control character or direction override through", (name) => {
    expect(print(name, hostile).replaceAll("\n", "")).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
  });

  it("github runs no command that is not ours", () => {
    const lines = print("github", hostile).split("\n");
    for (const line of lines) {
      expect(line).not.toContain("##[");
      if (line.trimStart().startsWith("::")) expect(line).toMatch(/^::(error|warning|notice) (file=|title=)/);
    }
    expect(lines.filter((line) => line.startsWith("::error"))).toHaveLength(EVIL.length);
  });

  it("markdown holds one marker, no tag of theirs and no mention", () => {
    const text = print("markdown", hostile);
    const outsideCode = text.replace(/(`+)[\s\S]*?\1/g, "");
    expect(outsideCode.split("\n").filter((line) => line.startsWith("<!--"))).toEqual([MARKER]);
    expect(outsideCode.replaceAll("<br>", "").replace(MARKER, "")).not.toMatch(/<[a-z!/]/i);
    expect(outsideCode).not.toMatch(/@team/);
    expect(outsideCode).not.toContain("](http");
  });

  it("table keeps one line per fact", () => {
    for (const line of print("table", hostile).split("\n")) expect(line.trimStart()).not.toMatch(/^::/);
  });
});
