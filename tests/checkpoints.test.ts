/** Weights in a format of the vendor's own: a piece of work per architecture. */
import { expect, test } from "vitest";
import type { Finding } from "../src/model/finding.ts";
import type { Rule } from "../src/model/rule.ts";
import { planWork } from "../src/plan/plan.ts";
import { generated, OPTIONS } from "./estimateGenerated.ts";

const RULE: Rule = {
  id: "hip:checkpoints",
  target: "hip",
  match: ["family:torch-checkpoint"],
  verdict: "adapt",
  cause: "checkpoints",
  title: "Convert checkpoints",
  evidence: [{ level: "documented", source: "https://example.org/manual", asOf: "2026-11-25" }],
};

/** The first usages of a generated project become loads of these architectures; null: of some file. */
function loads(architectures: readonly (string | null)[]) {
  const { findings, inventory } = generated(3);
  const plain = findings.filter(({ usage }) => !usage.vendored && !usage.test);
  const loading = architectures.map((architecture, index): Finding => {
    const { usage } = plain[index] as Finding;
    const facts = architecture === null ? {} : { facts: { architecture } };
    const { id, path, line, component } = usage;
    const load = { id, path, line, column: 1, component, kind: "call", family: "torch-checkpoint", ...facts } as const;
    return {
      usage: { ...load, symbol: "torch.load" },
      verdict: "adapt",
      rule: RULE,
      evidence: "documented",
      silentRisk: false,
    };
  });
  const plan = planWork(loading, { ...inventory, usages: loading.map(({ usage }) => usage) }, OPTIONS);
  return plan.items.filter(({ title }) => title.startsWith("Convert")).map(({ title }) => title);
}

test("one work item per architecture, and one for what names none", () => {
  expect(loads(["llama", "gpt2", "llama", null]).sort()).toEqual([
    "Convert checkpoints",
    "Convert checkpoints: gpt2",
    "Convert checkpoints: llama",
  ]);
});
