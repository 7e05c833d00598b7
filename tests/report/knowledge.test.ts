import { describe, expect, it } from "vitest";
import type { Rule, RuleSet, TargetManifest } from "../../src/model/rule.ts";
import { FORMATS } from "../../src/report/formats/index.ts";
import { knownBeside } from "../../src/report/formats/knowledge.ts";
import { loadEffortModel } from "../../src/rules/effortModel.ts";
import { twoTargets } from "./sampleReport.ts";

function manifestOf(id: string): TargetManifest {
  return {
    id,
    name: id,
    vendor: `${id} vendor`,
    version: "1.0",
    variant: "one",
    variants: [{ id: "one", title: "One" }],
    unit: "source",
    guards: [],
    trains: true,
    availability: [],
    toolchain: [],
  };
}

function ruleOf(id: string, asOf: string): Rule {
  return { id, target: "hip", match: [], verdict: "adapt", evidence: [{ level: "tested", source: "s", asOf }] };
}

const UNUSED = ruleOf("hip:never-used", "1999-01-01");
const HIP: RuleSet = {
  manifest: manifestOf("hip"),
  rules: [ruleOf("hip:__shfl_down_sync", "2026-01-02"), UNUSED],
  symbolRule: (symbol) => (symbol === "cudaMalloc" ? ruleOf("hip:cudaMalloc", "2024-10-16") : undefined),
};
const GROQ: RuleSet = {
  manifest: manifestOf("groq"),
  rules: [ruleOf("groq:cudaFree", "unknown")],
  symbolRule: () => undefined,
};

describe("knownBeside", () => {
  const known = knownBeside(twoTargets(), (id) => (id === "hip" ? HIP : GROQ), loadEffortModel());

  it("dates the evidence of the rules that took part, and of no other", () => {
    expect(known.evidenceDates).toEqual({ oldest: "2024-10-16", newest: "2026-01-02" });
  });

  it("finds rules by id, hand-written ones and rows of symbol tables", () => {
    expect(known.ruleOf?.("hip:__shfl_down_sync")?.evidence[0]?.asOf).toBe("2026-01-02");
    expect(known.ruleOf?.("hip:cudaMalloc")?.evidence[0]?.asOf).toBe("2024-10-16");
    expect(known.ruleOf?.("tt-metalium:cudaMalloc")).toBeUndefined();
  });

  it("counts the assumed constants", () => {
    const { assumed = 0, all = 0 } = known.constants ?? {};
    expect(assumed).toBeGreaterThan(all / 2);
    expect(assumed).toBeLessThan(all);
  });

  it("tells the table what it needs", () => {
    const text = FORMATS.table(twoTargets(), known);
    expect(text).toContain("hip vendor hip@1.0:one");
    expect(text).toContain("evidence dates from 2024-10-16 to 2026-01-02");
    expect(text).toMatch(/because \d+ of \d+ constants of the effort model are assumptions \[A\]/);
  });
});
