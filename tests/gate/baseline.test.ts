import { describe, expect, it } from "vitest";
import { baselineText, compareWithBaseline, hashed, parseBaseline, rowsOf } from "../../src/compare/baseline.ts";
import type { Usage } from "../../src/model/inventory.ts";

function usage(path: string, line: number, symbol: string, more: Partial<Usage> = {}): Usage {
  return {
    id: `u${path}${line}`,
    kind: "call",
    family: "runtime",
    component: "c",
    column: 1,
    path,
    line,
    symbol,
    ...more,
  };
}

/** Every line of a file says which call stands there, not where. */
const textAt = (path: string, line: number) => (line > 100 ? "same();" : `${path.slice(-4)}${line % 10}();`);

const TODAY = [
  usage("a.cu", 11, "cudaMalloc", { scope: "f" }),
  usage("a.cu", 12, "cudaFree", { scope: "f" }),
  usage("a.cu", 101, "cudaFree", { scope: "f" }),
  usage("a.cu", 102, "cudaFree", { scope: "f" }),
  usage("third_party/b.cu", 1, "cudaFree", { vendored: true }),
];

function compare(text: string, usages: readonly Usage[]) {
  const { pairs, gone, fresh } = compareWithBaseline(parseBaseline(text, "b.json"), hashed(usages, textAt));
  return { paired: pairs.length, gone: gone.map(({ row }) => row[2]), fresh: fresh.map((one) => one.usage.symbol) };
}

describe("a baseline file", () => {
  const text = baselineText(rowsOf(hashed(TODAY, textAt)));

  it("holds one sorted line per usage of the project's own, each line once", () => {
    const lines = text.split("\n").slice(1, -2);
    expect(lines).toHaveLength(4);
    expect([...lines].sort()).toEqual(lines);
    expect(new Set(lines).size).toBe(4);
    expect(text).not.toContain("third_party");
  });

  it("is the same whatever order the usages come in", () => {
    expect(baselineText(rowsOf(hashed([...TODAY].reverse(), textAt)))).toBe(text);
  });

  it("accepts what it was written from, shifted or moved", () => {
    expect(compare(text, TODAY)).toEqual({ paired: 4, gone: [], fresh: [] });
    const shifted = TODAY.map((one) => ({ ...one, line: one.line + 10 }));
    expect(compare(text, shifted)).toEqual({ paired: 4, gone: [], fresh: [] });
    const moved = TODAY.map((one) => ({ ...one, path: one.vendored ? one.path : `new/${one.path}` }));
    expect(compare(text, moved)).toEqual({ paired: 4, gone: [], fresh: [] });
  });

  it("tells what is new and what is gone", () => {
    const [, ...rest] = TODAY;
    const added = usage("a.cu", 13, "cudaMallocAsync", { scope: "f" });
    expect(compare(text, [...rest, added])).toEqual({ paired: 3, gone: ["cudaMalloc"], fresh: ["cudaMallocAsync"] });
  });

  it.each([
    ["<<<<<<< HEAD\n{}", /is not a baseline file/],
    ['{"version":2,"entries":[]}', /version 2/],
    ['{"version":1}', /no entries/],
    ['{"version":1,"entries":[\n["a.cu","call","x","","h",0],\n["a.cu"]\n]}', /line 3/],
    ["null", /version/],
  ])("refuses %j", (broken, message) => {
    expect(() => parseBaseline(broken, "b.json")).toThrow(message);
  });
});
