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
    const json = JSON.parse(portgauge(["explain", item.id, "-t", "hip", "--json"], { cwd: EXAMPLE }).stdout);
    expect(json.kind).toBe("work-item");
    expect(json.workItem).toEqual(item);
    expect(json.targets.hip).toMatchObject({ verdict: item.verdict, silentRisk: item.silentRisk });
    const totals = JSON.parse(portgauge(["explain", "total:hip", "--json"], { cwd: EXAMPLE }).stdout).totals;
    expect(totals[0].effort).toEqual(effort);
  });

  it("a work item's ways out and evidence in JSON", () => {
    const report = JSON.parse(portgauge(["scan", EXAMPLE, "-t", "groq", "-f", "json"]).stdout) as Report;
    const blocker = report.targets[0]?.blockers[0];
    if (!blocker) throw new Error("the example has a blocker on groq");
    const { targets } = JSON.parse(portgauge(["explain", blocker.id, "--json"], { cwd: EXAMPLE }).stdout);
    expect(Object.keys(targets)).toEqual(["groq"]);
    expect(targets.groq.verdict).toBe("blocked");
    expect(targets.groq.waysOut).toHaveLength(blocker.waysOut.length);
    expect(targets.groq.evidence.length).toBeGreaterThan(0);
  });

  it("a symbol is not its own replacement", () => {
    const { targets } = JSON.parse(
      portgauge(["explain", "__ballot_sync", "-t", "hip", "--json"], { cwd: EXAMPLE }).stdout,
    );
    const mask = targets.hip.otherwise.find(({ rule }: { rule: string }) => rule === "hip:mask-32");
    expect(mask.verdict).toBe("adapt");
    expect(mask.replacement).toBeNull();
  });

  it("a name that only its shape gives to a family, as a scan finds it; not where a target has no rule for such", () => {
    const { targets } = explained("optixFrobnicateEverything");
    expect(Object.keys(targets)).toHaveLength(5);
    expect(targets.hip?.verdict).toBe("blocked");
    expect(portgauge(["explain", "cudaFrobnicateEverything"]).code).toBe(2);
  });

  it("a rule by its id", () => {
    const answer = explained("hip:cudaMalloc");
    expect(answer.targets.hip?.verdict).toBe("rename");
    expect(portgauge(["explain", join("no", "such.cu:3")]).code).toBe(2);
  });
});
