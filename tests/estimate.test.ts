import { describe, expect, it } from "vitest";
import { type Estimate, estimateEffort } from "../src/estimate/estimate.ts";
import { apportion, fromCents, toCents } from "../src/estimate/round.ts";
import type { Finding } from "../src/model/finding.ts";
import type { Usage } from "../src/model/inventory.ts";
import type { EstimateOptions } from "../src/model/plan.ts";
import { GOALS, type TEAMS } from "../src/model/vocabulary.ts";
import { planWork } from "../src/plan/plan.ts";
import { loadEffortModel } from "../src/rules/effortModel.ts";
import { type Case, generated, inventoryOf, MANIFEST, OPTIONS, ruleOf } from "./estimateGenerated.ts";

const model = loadEffortModel();
const SEEDS = Array.from({ length: 120 }, (_, i) => i + 1);

function estimateOf({ findings, inventory }: Case, options: EstimateOptions = OPTIONS): Estimate {
  return estimateEffort(planWork(findings, inventory, options), inventory, model, options);
}

function cents(values: Record<string, { p50: number }> | readonly { p50: number }[]): number {
  return Object.values(values).reduce((sum, { p50 }) => sum + toCents(p50), 0);
}

/** The case without one path, as a scan without the file would give it. */
function without({ findings, inventory }: Case, path: string): Case {
  const rest = findings.filter((finding) => finding.usage.path !== path);
  return {
    findings: rest,
    inventory: {
      ...inventory,
      files: inventory.files.filter((file) => file.path !== path),
      usages: rest.map((finding) => finding.usage),
      kernels: inventory.kernels.filter((kernel) => kernel.path !== path),
    },
  };
}

function p50Of(estimate: Estimate): number {
  return (estimate.effort ?? estimate.effortWithoutBlocked)?.p50 ?? Number.NaN;
}

describe("apportion", () => {
  it.each([
    [10, [1, 1, 1], [4, 3, 3]],
    [0, [1, 2], [0, 0]],
    [7, [0, 0], [7, 0]],
    [5, [0.5, 99.5], [0, 5]],
  ])("gives %i by %j as %j", (whole, weights, expected) => {
    expect(apportion(whole, weights)).toEqual(expected);
  });
});

describe("adding up", () => {
  it.each(SEEDS)("holds to the digit, seed %i", (seed) => {
    const estimate = estimateOf(generated(seed));
    const total = estimate.effort ?? estimate.effortWithoutBlocked;
    if (!total) throw new Error("neither total nor total without blocked items");
    for (const effort of [estimate.effort, estimate.effortWithoutBlocked]) {
      if (!effort) continue;
      expect(cents(effort.byComponent)).toBe(toCents(effort.p50));
      expect(cents(effort.byCategory)).toBe(toCents(effort.p50));
      expect(toCents(effort.mechanicalP50) + toCents(effort.manualP50)).toBe(toCents(effort.p50));
      expect(effort.p10).toBeLessThanOrEqual(effort.p50);
      expect(effort.p90).toBeGreaterThanOrEqual(effort.p50);
    }
    expect(cents(estimate.workItems)).toBe(toCents(total.p50));
    const evidence = Object.values(estimate.evidence).reduce((sum, share) => sum + share, 0);
    expect(evidence).toBeCloseTo(total.p50 > 0 ? 1 : 0, 6);
  });

  it.each(SEEDS)("every open usage is in exactly one item, no other in any, seed %i", (seed) => {
    const { findings, inventory } = generated(seed);
    const plan = planWork(findings, inventory, OPTIONS);
    const planned = plan.items.flatMap((item) => item.findings.map((finding) => finding.usage.id));
    const open = findings
      .filter(({ verdict }) => verdict !== "native" && verdict !== "drop")
      .map((finding) => finding.usage.id);
    expect(planned.sort()).toEqual(open.sort());
    expect(new Set(plan.items.map((item) => item.id)).size).toBe(plan.items.length);
  });

  it("never charges vendored code", () => {
    const usage: Usage = { ...callOf("third_party/a.cu", "x1", 1), vendored: true };
    const findings = [adapt(usage, "local")];
    const estimate = estimateOf({ findings, inventory: inventoryOf([usage]) });
    expect(estimate.effort?.p50).toBe(0);
    expect(estimate.workItems.map((item) => [item.usages, item.p50])).toEqual([[[usage.id], 0]]);
  });
});

describe("null rule", () => {
  it.each(SEEDS)("effort is null exactly when a blocker has no priced way out, seed %i", (seed) => {
    const estimate = estimateOf(generated(seed));
    const pathless = estimate.blockers.some((blocker) => blocker.waysOut.every((way) => way.p50 === null));
    expect(estimate.effort === null).toBe(pathless);
    expect(estimate.effortWithoutBlocked === null).toBe(estimate.blockers.length === 0);
    const blocked = estimate.workItems.filter((item) => item.verdict === "blocked").map((item) => item.id);
    expect(estimate.blockers.map((blocker) => blocker.id).sort()).toEqual(blocked.sort());
  });

  const inference = { ...OPTIONS, manifest: { ...MANIFEST, trains: false } };
  it.each([
    ["auto", false],
    ["inference", false],
    ["training", true],
  ] as const)("training on a target that cannot train, asked %s: no total is %s", (workload, pathless) => {
    const usage = callOf("a.py", "x1", 1);
    const finding: Finding = {
      usage,
      verdict: "blocked",
      rule: ruleOf("train", "blocked", { cause: "training" }),
      evidence: "documented",
      silentRisk: false,
    };
    const estimate = estimateOf({ findings: [finding], inventory: inventoryOf([usage]) }, { ...inference, workload });
    expect(estimate.effort === null).toBe(pathless);
    expect(estimate.blockers.map((blocker) => blocker.cause)).toEqual(["training"]);
    if (!pathless) expect(estimate.effort?.p50).toBe(estimate.effortWithoutBlocked?.p50);
  });
});

describe("what users will try", () => {
  it.each(SEEDS)("removing a file never raises the total, seed %i", (seed) => {
    const whole = generated(seed);
    // A blocker without a price may go with the file: compare like with like.
    const priced: Case = { ...whole, findings: whole.findings.filter((finding) => finding.verdict !== "blocked") };
    const before = p50Of(estimateOf(priced));
    for (const { path } of whole.inventory.files) {
      expect(p50Of(estimateOf(without(priced, path)))).toBeLessThanOrEqual(before);
    }
  });

  it.each(SEEDS.slice(0, 40))("the same twice costs more than once, less than twice, seed %i", (seed) => {
    const once = generated(seed);
    const before = p50Of(estimateOf(once));
    if (before === 0) return;
    const copy = (finding: Finding): Finding => ({
      ...finding,
      usage: { ...finding.usage, id: `${finding.usage.id}b`, path: `copy/${finding.usage.path}` },
    });
    const twice: Case = {
      findings: [...once.findings, ...once.findings.map(copy)],
      inventory: {
        ...once.inventory,
        files: [...once.inventory.files, ...once.inventory.files.map((f) => ({ ...f, path: `copy/${f.path}` }))],
        kernels: [
          ...once.inventory.kernels,
          ...once.inventory.kernels.map((k) => ({ ...k, id: `${k.id}b`, path: `copy/${k.path}` })),
        ],
      },
    };
    const after = p50Of(estimateOf(twice));
    expect(after).toBeGreaterThan(before);
    expect(after).toBeLessThan(2 * before);
  });

  it.each(SEEDS.slice(0, 40))("more demanding goals and greener teams cost more, seed %i", (seed) => {
    const one = generated(seed);
    const goals = GOALS.map((goal) => p50Of(estimateOf(one, { ...OPTIONS, goal })));
    const teams = (["expert", "cuda", "new"] satisfies (typeof TEAMS)[number][]).map((team) =>
      p50Of(estimateOf(one, { ...OPTIONS, team })),
    );
    if (p50Of(estimateOf(one)) === 0) return;
    for (const ladder of [goals, teams]) {
      expect(ladder).toEqual([...ladder].sort((a, b) => a - b));
      expect(new Set(ladder).size).toBe(3);
    }
  });

  it.each(SEEDS.slice(0, 20))("gives the same digits twice, seed %i", (seed) => {
    expect(JSON.stringify(estimateOf(generated(seed)))).toBe(JSON.stringify(estimateOf(generated(seed))));
  });
});

function callOf(path: string, symbol: string, line: number): Usage {
  return { id: `u${path}${line}`, kind: "call", symbol, family: "runtime", path, line, column: 1, component: "c" };
}

function adapt(usage: Usage, price: "local" | "gap"): Finding {
  return { usage, verdict: "adapt", rule: ruleOf("a", "adapt", { price }), evidence: "documented", silentRisk: false };
}

it("rounds to hundredths", () => {
  expect(fromCents(toCents(1.239))).toBe(1.24);
});
