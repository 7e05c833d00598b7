import { describe, expect, it } from "vitest";
import { estimateEffort } from "../../src/estimate/estimate.ts";
import { type Report, ReportSchema } from "../../src/model/report.ts";
import { planWork } from "../../src/plan/plan.ts";
import { buildReport, reportTarget } from "../../src/report/buildReport.ts";
import type { RowGrouping } from "../../src/report/formats/divisions.ts";
import { FORMATS } from "../../src/report/formats/index.ts";
import { rolledUp, rowsOf, totalOf } from "../../src/report/formats/rows.ts";
import { loadEffortModel } from "../../src/rules/effortModel.ts";
import { generated, MANIFEST, OPTIONS } from "../estimateGenerated.ts";

const model = loadEffortModel();

/** The report of a generated code base, as the pipeline makes it. */
function reportOf(seed: number): Report {
  const { findings, inventory } = generated(seed);
  const estimate = estimateEffort(planWork(findings, inventory, OPTIONS), inventory, model, OPTIONS);
  const target = reportTarget({ target: OPTIONS.target, manifest: MANIFEST, findings, estimate, runningPort: null });
  const report = buildReport({ version: "0", ruleset: "r", root: ".", revision: null, inventory, targets: [target] });
  return ReportSchema.parse(report);
}

const GROUPINGS: readonly RowGrouping[] = ["component", "file", "category"];
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed + 1);

describe.each(GROUPINGS)("rows by %s", (grouping) => {
  it.each(SEEDS)("add up to the verdicts and the total of the report, seed %i", (seed) => {
    const report = reportOf(seed);
    const [target] = report.targets;
    if (!target) throw new Error("no target");
    const { verdicts, effort } = target;
    for (const rows of [rowsOf(report, grouping, {}), rolledUp(rowsOf(report, grouping, {}), 2, "rows")]) {
      const cells = rows.flatMap((row) => row.cells);
      const sum = (of: (cell: (typeof cells)[number]) => number) => cells.reduce((all, cell) => all + of(cell), 0);
      expect(sum((cell) => cell.usages)).toBe(report.usages.length);
      expect(sum((cell) => cell.automatic)).toBe(verdicts.native + verdicts.rename);
      expect(sum((cell) => cell.days?.p50 ?? 0)).toBeCloseTo(effort?.p50 ?? 0, 1);
      expect(rows.reduce((all, row) => all + row.usages, 0)).toBe(report.usages.length);
      const total = totalOf(report, rows);
      expect(total.cells[0]?.blockers.size).toBe(target.blockers.length);
      expect(total.cells[0]?.days?.p50).toBe(effort?.p50);
    }
  });
});

describe("every format", () => {
  it.each(Object.keys(FORMATS) as (keyof typeof FORMATS)[])("%s gives the same text twice and ends a line", (name) => {
    for (const seed of SEEDS.slice(0, 10)) {
      const text = FORMATS[name](reportOf(seed), {});
      expect(text).toBe(FORMATS[name](reportOf(seed), {}));
      expect(text.endsWith("\n")).toBe(true);
    }
  });
});
