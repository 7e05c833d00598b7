import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { EXAMPLE, portgauge } from "./run.ts";

interface Explained {
  readonly symbol: string;
  readonly kind: string;
  readonly targets: Readonly<
    Record<string, { verdict: string; evidence: { level: string; source: string; asOf: string }[] }>
  >;
  readonly suggestions?: readonly string[];
}

function explained(name: string, args: readonly string[] = []): Explained {
  return JSON.parse(portgauge(["explain", name, "--json", ...args], { cwd: EXAMPLE }).stdout);
}

describe("explain", () => {
  it.each([
    "cudaMallocAsync",
    "__shfl_down_sync",
    "torch.nn.functional.scaled_dot_product_attention",
    "ncclAllReduce",
    "ptx:mma.sync",
  ])("%s has a verdict with evidence on every target", (name) => {
    const { targets, kind } = explained(name);
    expect(kind).toBe("symbol");
    expect(Object.keys(targets)).toEqual(["hip", "tt-metalium", "groq", "cerebras", "rebellions"]);
    for (const [target, { verdict, evidence }] of Object.entries(targets)) {
      expect([target, verdict]).not.toEqual([target, "unknown"]);
      expect(evidence.length).toBeGreaterThan(0);
      for (const { source, asOf } of evidence) {
        expect(source).toMatch(/^(?:[\w.-]+\/[\w.-]+@[0-9a-f]{6,}|https?:)/);
        expect(asOf).toMatch(/^\d{4}-\d{2}/);
      }
    }
  });

  it("a name that nothing knows: no targets, near names, exit 2", () => {
    const { code, stdout } = portgauge(["explain", "cudaMalocAsync", "--json"]);
    expect(code).toBe(2);
    const answer = JSON.parse(stdout) as Explained;
    expect(answer.targets).toEqual({});
    expect(answer.suggestions).toContain("cudaMallocAsync");
  });

  it("a place in the code", () => {
    const report = JSON.parse(portgauge(["scan", EXAMPLE, "-t", "hip", "-f", "json"]).stdout) as Report;
    const usage = report.usages.find(({ symbol }) => symbol === "__shfl_xor_sync");
    if (!usage) throw new Error("the example has no shuffle");
    const answer = explained(`${usage.path}:${usage.line}`, ["-t", "hip"]);
    expect(answer.kind).toBe("location");
    expect(answer.symbol).toBe("__shfl_xor_sync");
    expect(answer.targets.hip?.verdict).toBe("adapt");
  });

  it("totals and work items to the digit of the JSON", () => {
    const report = JSON.parse(portgauge(["scan", EXAMPLE, "-t", "hip", "-f", "json"]).stdout) as Report;
    const target = report.targets[0];
    const effort = target?.effort;
    if (!effort) throw new Error("the example has a total on hip");
    const total = portgauge(["explain", "total:hip"], { cwd: EXAMPLE }).stdout;
    expect(total).toContain(`P50 ${effort.p50} d, P10 ${effort.p10} d, P90 ${effort.p90} d`);
    const item = [...target.workItems].sort((a, b) => b.p50 - a.p50)[0];
    if (!item) throw new Error("the example has work items");
    const text = portgauge(["explain", item.id, "-t", "hip"], { cwd: EXAMPLE }).stdout;
    expect(text).toContain(`P50 ${item.p50} d, P10 ${item.p10} d, P90 ${item.p90} d`);
    expect(text).toContain(item.basis);
  });

  it("a rule by its id", () => {
    const answer = explained("hip:cudaMalloc");
    expect(answer.targets.hip?.verdict).toBe("rename");
    expect(portgauge(["explain", join("no", "such.cu:3")]).code).toBe(2);
  });
});
