import { describe, expect, it } from "vitest";
import { diffReports } from "../../src/compare/diff.ts";
import type { Report } from "../../src/model/report.ts";
import { type Judgements, reportOf as sampleReport, targetReport, usage } from "../report/sampleReport.ts";

function reportOf(ruleset: string, usages: Report["usages"], judgements: Judgements): Report {
  const report = sampleReport(usages, [targetReport("hip", usages, judgements)]);
  return { ...report, tool: { ...report.tool, ruleset } };
}

const MALLOC = usage("u1", "cudaMalloc", "a.cu:1");
const FREE = usage("u2", "cudaFree", "a.cu:2");
const SHUFFLE = usage("u3", "__shfl_sync", "a.cu:3", { facts: { maskBits: 64 } });

function diff(a: Report, b: Report) {
  const result = diffReports({ name: "a.json", report: a }, { name: "b.json", report: b });
  const [hip] = result.targets;
  if (!hip) throw new Error("no target");
  return { sameRules: result.sameRules, hip };
}

describe("diffReports", () => {
  it("new and gone usages are code", () => {
    const { sameRules, hip } = diff(
      reportOf("r1", [MALLOC, FREE], {}),
      reportOf("r1", [MALLOC, SHUFFLE], { __shfl_sync: { verdict: "adapt" } }),
    );
    expect(sameRules).toBe(true);
    expect(hip.byCode).toMatchObject({ newUsages: 1, goneUsages: 1, changed: [], verdicts: { adapt: 1, rename: -1 } });
    expect(hip.byRules).toEqual({ changed: [], usages: 0 });
  });

  it("another verdict of the same code is rules", () => {
    const { sameRules, hip } = diff(
      reportOf("r1", [MALLOC, FREE], {}),
      reportOf("r2", [MALLOC, FREE], { cudaFree: { verdict: "adapt" } }),
    );
    expect(sameRules).toBe(false);
    expect(hip.byCode).toMatchObject({ newUsages: 0, goneUsages: 0, changed: [] });
    expect(
      hip.byRules.changed.map(({ symbol, from, to, usages }) => [symbol, from.verdict, to.verdict, usages]),
    ).toEqual([["cudaFree", "rename", "adapt", 1]]);
  });

  it("another verdict of code whose facts changed is code", () => {
    const { hip } = diff(
      reportOf("r1", [SHUFFLE], { __shfl_sync: { verdict: "native" } }),
      reportOf("r2", [{ ...SHUFFLE, facts: { maskBits: 32 } }], { __shfl_sync: { verdict: "adapt" } }),
    );
    expect(hip.byCode.changed).toHaveLength(1);
    expect(hip.byRules.usages).toBe(0);
  });

  it("a moved usage is the same", () => {
    const moved = { ...MALLOC, id: "u9", path: "b/c.cu", line: 70 };
    const { hip } = diff(reportOf("r1", [MALLOC], {}), reportOf("r1", [moved], {}));
    expect(hip.byCode).toMatchObject({ newUsages: 0, goneUsages: 0 });
  });

  it("a target that only one report has stands there without a difference", () => {
    const alone = reportOf("r1", [MALLOC], {});
    const both = { ...alone, targets: [...alone.targets, targetReport("groq", [MALLOC], {})] };
    const { targets } = diffReports({ name: "a", report: both }, { name: "b", report: alone });
    expect(targets.map(({ id, effort }) => [id, effort.b === null])).toEqual([
      ["hip", alone.targets[0]?.effort === null],
      ["groq", true],
    ]);
  });
});
