/** The back-test's arithmetic, and that its data can be read. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { backtest } from "../src/backtest/backtest.ts";
import { type BacktestData, BacktestSchema } from "../src/backtest/data.ts";
import { auc, coverage, errorFactor, luck, median, pinball, spearman } from "../src/backtest/metrics.ts";
import { backtestText } from "../src/backtest/text.ts";
import type { Report } from "../src/model/report.ts";

const shipped = BacktestSchema.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, "../fixtures/backtest/hip.json"), "utf8")),
);

describe("metrics", () => {
  it("rank", () => {
    const rows = (scores: number[]) => scores.map((score, i) => ({ score, positive: i < 2 }));
    expect(auc(rows([4, 3, 2, 1]))).toBe(1);
    expect(auc(rows([1, 2, 3, 4]))).toBe(0);
    expect(auc(rows([1, 1, 1, 1]))).toBe(0.5);
    expect(auc(rows([4, 1, 2]))).toBe(0.5);
    expect(auc([{ score: 1, positive: true }])).toBeUndefined();
    const pairs = (predicted: number[]) => predicted.map((value, i) => ({ predicted: value, observed: i }));
    expect(spearman(pairs([1, 10, 100]))).toBeCloseTo(1);
    expect(spearman(pairs([3, 2, 1]))).toBeCloseTo(-1);
    expect(spearman(pairs([1, 1, 1]))).toBeUndefined();
  });

  it("measure days", () => {
    expect(errorFactor({ predicted: 5, observed: 10 })).toBeCloseTo(2);
    expect(errorFactor({ predicted: 20, observed: 10 })).toBeCloseTo(2);
    expect(median([3, 1, 2, 4])).toBe(2.5);
    const row = (observed: number) => ({ observed, predicted: 10, p10: 5, p90: 20 });
    expect(coverage([row(5), row(20), row(21), row(4)])).toBe(0.5);
    expect(pinball([row(10)]) ?? 0).toBeLessThan(pinball([row(40)]) ?? 0);
    expect(luck([1, 2, 3, 4, 5], median)).toEqual(luck([1, 2, 3, 4, 5], median));
  });
});

describe("the shipped data", () => {
  it("counts every port once", () => {
    const revisions = shipped.ports.map(({ repository, commit }) => `${repository}@${commit}`);
    expect(new Set(revisions).size).toBe(revisions.length);
    const twice = shipped.ports.map(({ repository }) => repository).filter((name, i, all) => all.indexOf(name) !== i);
    expect(twice).toEqual(["Dao-AILab/flash-attention"]);
  });

  it("does not change unnoticed", () => {
    expect(shipped.ports.filter(({ lowerBound }) => !lowerBound).length).toBe(18);
    expect(shipped.ports.filter(({ lowerBound }) => lowerBound).length).toBe(5);
    expect(shipped.files?.ports.map(({ files }) => files.length)).toEqual([32, 70, 95, 353]);
    expect(shipped.programs?.programs.length).toBe(282);
  });
});

describe("a back-test", () => {
  const port = (name: string, authorDays: number, more = {}) => ({
    name,
    repository: `o/${name}`,
    commit: "0123456",
    authorDays,
    gpuKsloc: authorDays,
    source: "s",
    ...more,
  });
  const data: BacktestData = {
    version: 1,
    target: "hip",
    about: "",
    engineerDaysPerAuthorDay: { value: 2, tag: "assumed", source: "s" },
    ports: [port("a", 1), port("b", 2), port("c", 4), port("d", 1, { lowerBound: true }), port("e", 1)],
    files: {
      editedAbove: 4,
      ports: [
        {
          name: "a",
          repository: "o/a",
          commit: "0123456",
          files: [
            ["x.cu", 10, 9],
            ["y.cu", 99, 4],
          ],
        },
      ],
    },
  };
  const days: Record<string, number> = { a: 2, b: 8, c: 8, d: 20 };
  const result = backtest(data, (repository) => {
    const p50 = days[repository.slice(2)];
    if (p50 === undefined) return undefined;
    const hotspots = [{ path: "x.cu", p50: 1, workItems: [] }];
    const target = { effort: { p10: p50 / 2, p50, p90: p50 * 2 }, hotspots };
    return { targets: [target] } as unknown as Report;
  });

  it("compares each port with what was observed, and leaves lower bounds out of the figures", () => {
    expect(result.ports.map(({ name, observed, predicted }) => [name, observed, predicted])).toEqual([
      ["a", 2, 2],
      ["b", 4, 8],
      ["c", 8, 8],
      ["d", 2, 20],
    ]);
    expect(result.ports.map(({ inRange }) => inRange)).toEqual([true, true, true, true]);
    const figure = (name: string) => result.figures.find((each) => each.name === name)?.value;
    expect(figure("ports: median error factor")).toBeCloseTo(1);
    expect(figure("ports: observed within P10–P90")).toBe(1);
    expect(figure("files: median AUC over ports")).toBe(1);
    expect(result.files[0]?.aucBySize).toBe(0);
  });

  it("says what it could not predict, and which observations are lower bounds", () => {
    expect(result.missing).toEqual(["e: no clone of o/e with 0123456"]);
    const text = backtestText(result);
    expect(text).toMatch(/^d +1\.0 +≥ 2\.0 /m);
    expect(text).toContain("Not predicted:\n  e: no clone");
  });
});
