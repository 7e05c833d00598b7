import { describe, expect, test } from "vitest";
import { explainOn } from "../../src/explain/explainSymbol.ts";
import { match } from "../../src/match/match.ts";
import type { Facts, Usage } from "../../src/model/inventory.ts";
import { readCatalogSource } from "../../src/rules/catalogSource.ts";
import { buildRuleSet } from "../../src/rules/ruleSet.ts";
import { readTargetSource } from "../../src/rules/ruleSource.ts";

const rulesDir = new URL("../../rules/", import.meta.url).pathname;
const { operators, operatorForms } = readCatalogSource(`${rulesDir}catalog`);
const canonicalOf = (symbol: string) => operators[symbol];

/** Targets and variants on which operators are told apart. */
const PLACES = [
  ["tt-metalium", "blackhole"],
  ["groq", "on-prem"],
  ["cerebras", "pytorch"],
  ["rebellions", "ca22"],
] as const;

const places = PLACES.map(([id, variant]) => {
  const data = readTargetSource(`${rulesDir}${id}`);
  return { ruleSet: buildRuleSet(data), target: { id, variant, version: data.manifest.version, key: id } };
});

const PAD = "torch.nn.functional.pad";

function usage(symbol: string, facts?: Facts): Usage {
  const place = { id: symbol, path: "m.py", component: "m", line: 1, column: 1 };
  return { kind: "op", symbol, family: "torch-op", ...place, ...(facts ? { facts } : {}) };
}

const answers = (usages: readonly Usage[]) =>
  places.map(({ ruleSet, target }) =>
    match({ usages }, ruleSet, { target, canonicalOf }).map(({ verdict, rule }) => ({
      verdict,
      rule: rule?.id,
      risk: rule?.silentRisk,
    })),
  );

const forms = Object.entries(operatorForms).flatMap(([symbol, of]) => of.map(({ operator }) => [symbol, operator]));
const distinct = [...new Map(forms.map((form) => [form.join(" "), form])).values()] as [string, string][];

describe("every form", () => {
  test.each(distinct)("%s as %s: no other name for the same, and some target tells them apart", (symbol, operator) => {
    expect(operators[symbol]).toBeDefined();
    expect(Object.values(operators)).toContain(operator);
    expect(operator).not.toBe(operators[symbol]);
    const told = answers([usage(symbol), usage(symbol, { operator })]);
    expect(told.filter(([plain, formed]) => plain?.rule !== formed?.rule)).not.toEqual([]);
  });

  test("gets the answer of its operator, whichever was asked first", () => {
    const plain = usage("torch.where");
    const formed = usage("torch.where", { operator: "aten::nonzero" });
    for (const [first, second, again, own, ownForm] of answers([
      plain,
      formed,
      plain,
      usage("aten::where"),
      usage("aten::nonzero"),
    ])) {
      expect([first, second]).toEqual([own, ownForm]);
      expect(again).toEqual(first);
    }
  });
});

test("verdicts differ by form", () => {
  const told = (symbol: string, operator: string) =>
    answers([usage(symbol), usage(symbol, { operator })]).map((pair) => pair.map(({ verdict }) => verdict).join(" > "));
  const rows = [
    ["torch.where", "aten::nonzero", "native > rewrite", "native > rewrite", "native > blocked", "adapt > rewrite"],
    ["torch.div", "aten::floor_divide", "native > adapt", "native > unknown", "native > unknown", "native > adapt"],
    ["torch.min", "aten::minimum", "adapt > native", "unknown > unknown", "native > native", "adapt > native"],
  ] as const;
  for (const [symbol, operator, ...verdicts] of rows) expect(told(symbol, operator)).toEqual(verdicts);
});

test("the silent risk is the form's", () => {
  const [tenstorrent] = answers([usage(PAD), usage(PAD, { operator: "aten::reflection_pad2d" })]);
  const [plain, formed] = tenstorrent ?? [];
  expect(formed?.risk).toBeDefined();
  expect(formed?.risk).not.toBe(plain?.risk);
});

test("explain answers of the form", () => {
  const [tenstorrent] = places;
  if (!tenstorrent) throw new Error("no target");
  const name = { symbol: "torch.where", family: "torch-op", kind: "op" } as const;
  const ask = (facts?: Facts) => explainOn(name, facts, tenstorrent.ruleSet, tenstorrent.target, canonicalOf);
  expect(ask({ operator: "aten::nonzero" }).rule).toBe("tt-metalium:aten::nonzero");
  expect(ask().rule).toBe("tt-metalium:aten::where");
});
