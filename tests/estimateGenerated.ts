/** Generated findings for property tests: deterministic, from a seed. */
import type { Finding } from "../src/model/finding.ts";
import type { Inventory, Kernel, Usage } from "../src/model/inventory.ts";
import type { EstimateOptions } from "../src/model/plan.ts";
import { PRICE_CLASSES, type Rule, type TargetManifest } from "../src/model/rule.ts";
import { COMPLEXITIES, EVIDENCE_LEVELS, VERDICTS, type Verdict } from "../src/model/vocabulary.ts";

/** Park-Miller: small, seeded, the same everywhere. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

function pick<T>(list: readonly T[], random: (below: number) => number): T {
  const value = list[random(list.length)];
  if (value === undefined) throw new Error("empty list");
  return value;
}

export const MANIFEST: TargetManifest = {
  id: "hip",
  name: "HIP",
  vendor: "AMD",
  version: "7.0",
  variant: "gfx942",
  variants: [{ id: "gfx942", title: "" }],
  unit: "source",
  guards: [],
  trains: true,
  availability: [],
  toolchain: [],
};

export const OPTIONS: EstimateOptions = {
  target: { id: "hip", version: "7.0", variant: "gfx942", key: "hip@7.0:gfx942" },
  manifest: MANIFEST,
  workload: "auto",
  goal: "functional",
  team: "cuda",
};

export function ruleOf(id: string, verdict: Verdict, more: Partial<Rule> = {}): Rule {
  return {
    id: `hip:${id}`,
    target: "hip",
    match: ["x*"],
    verdict,
    evidence: [{ level: "documented", source: "s", asOf: "2026-01-01" }],
    ...more,
  };
}

function generatedRules(random: (below: number) => number): Rule[] {
  return Array.from({ length: 14 }, (_, i) => {
    const verdict = pick(
      VERDICTS.filter((v) => v !== "unknown"),
      random,
    );
    const priced = random(2) === 0 && verdict !== "rename";
    return ruleOf(`r${i}`, verdict, {
      ...(priced ? { price: pick(PRICE_CLASSES, random) } : {}),
      ...(random(3) === 0 ? { cause: `cause${random(4)}` } : {}),
      category: pick(["runtime", "cublas", "device"], random),
      evidence: [{ level: pick(EVIDENCE_LEVELS, random), source: "s", asOf: "2026-01-01" }],
      ...(verdict === "blocked" && random(4) > 0
        ? { waysOut: [{ title: "drop it", price: pick(PRICE_CLASSES, random) }, { title: "ask" }] }
        : {}),
    });
  });
}

export interface Case {
  readonly findings: Finding[];
  readonly inventory: Inventory;
}

/** The inventory of these usages: files of 400 lines, kernels as given. */
export function inventoryOf(usages: readonly Usage[], kernels: readonly Kernel[] = []): Inventory {
  const paths = [...new Set(usages.map((usage) => usage.path))].sort();
  return {
    files: paths.map((path, i) => {
      const usage = usages.find((candidate) => candidate.path === path);
      return {
        path,
        language: "cuda" as const,
        reader: "parsed" as const,
        bytes: 1000,
        sloc: 100 + 50 * (i % 7),
        gpu: true,
        component: usage?.component ?? "c",
        vendored: usage?.vendored === true,
        test: usage?.test === true,
      };
    }),
    skipped: [],
    diagnostics: [],
    usages,
    kernels,
    unknownSymbols: [],
    suppressions: [],
    signals: [],
    complete: true,
  };
}

/** Findings of up to 12 files on up to 14 rules, some vendored, some test code, some blocked, some unknown. */
export function generated(seed: number): Case {
  const random = randomFrom(seed * 7919 + 17);
  const rules = generatedRules(random);
  const kernels: Kernel[] = [];
  const findings: Finding[] = [];
  for (let f = 0; f < 1 + random(12); f++) {
    const path = `dir${f % 3}/file${f}.cu`;
    const place = {
      path,
      component: `dir${f % 3}`,
      ...(random(8) === 0 ? { vendored: true as const } : {}),
      ...(random(6) === 0 ? { test: true as const } : {}),
    };
    for (let u = 0; u < 1 + random(15); u++) {
      const line = 10 * u + 1;
      const isKernel = random(6) === 0;
      const rule = random(9) === 0 ? null : pick(rules, random);
      const usage: Usage = {
        id: `u${f}x${u}`,
        kind: isKernel ? "kernel" : "call",
        symbol: `x${random(20)}`,
        family: pick(["runtime", "cublas", "device"], random),
        line,
        column: 1,
        ...place,
      };
      if (isKernel) {
        kernels.push({
          id: `k${f}x${u}`,
          name: usage.symbol,
          line,
          endLine: line + 9,
          sloc: 8 + random(200),
          features: [],
          archetype: null,
          signals: [],
          complexity: pick(COMPLEXITIES, random),
          dialect: "cuda",
          launches: 1,
          ...place,
        });
      }
      findings.push({
        usage,
        verdict: rule?.verdict ?? "unknown",
        rule,
        evidence: rule?.evidence[0]?.level ?? null,
        silentRisk: random(5) === 0,
      });
    }
  }
  return {
    findings,
    inventory: inventoryOf(
      findings.map((finding) => finding.usage),
      kernels,
    ),
  };
}
