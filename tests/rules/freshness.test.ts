import { describe, expect, it } from "vitest";
import { lintRules } from "../../src/lint/lintRules.ts";
import { staleSources } from "../../src/lint/stale.ts";
import type { Rule, RuleSetData, SymbolTable } from "../../src/model/rule.ts";
import { loadCatalog, loadRuleSetData, rulesIndex } from "../../src/rules/load.ts";
import { buildRuleSet } from "../../src/rules/ruleSet.ts";

const rule = (id: string, ...evidence: Rule["evidence"]): Rule => ({
  id,
  target: "hip",
  match: ["cudaMalloc"],
  verdict: "rename",
  evidence,
  hit: ["x"],
  miss: ["y"],
});

const table = (level: string, source: string): SymbolTable => ({
  family: "runtime",
  sources: { s1: { source, asOf: "2024-01-01" } },
  notes: {},
  rows: `cudaMalloc\trename\thipMalloc\trename\t\t${level}\ts1\t`,
});

const manifest = { id: "hip", variants: [] } as unknown as RuleSetData["manifest"];

describe("stale sources", () => {
  it("stand once for each upstream, oldest first, with what rests on them", () => {
    const found = staleSources(
      {
        rules: [
          rule(
            "hip:a",
            { level: "documented", source: "acme/docs@1234567:a.md", asOf: "2025-02-01" },
            { level: "documented", source: "acme/docs@1234567:b.md", asOf: "2025-01-01" },
          ),
          rule("hip:b", { level: "documented", source: "https://example.org/x", asOf: "2026-06-01" }),
        ],
        tables: [table("implemented", "acme/api@7654321:include/api.h")],
      },
      "2026-01-01",
    );
    expect(found).toEqual([
      { asOf: "2024-01-01", upstream: "acme/api@7654321", rules: 0, rows: 1 },
      { asOf: "2025-01-01", upstream: "acme/docs@1234567", rules: 1, rows: 0 },
    ]);
  });
});

describe("sources of tables", () => {
  const problemsOf = (one: SymbolTable) =>
    lintRules({ manifest, rules: [], tables: [one] }, loadCatalog()).map(({ problem }) => problem);

  it("need the form that the level of their rows asks for", () => {
    expect(problemsOf(table("inferred", "our own reading"))).toEqual([]);
    expect(problemsOf(table("implemented", "our own reading"))).toHaveLength(1);
    expect(problemsOf(table("implemented", "acme/api@7654321:include/api.h"))).toEqual([]);
  });

  it("name a file", () => {
    expect(problemsOf(table("inferred", "acme/api@7654321:undefined"))).toEqual([
      'evidence source "acme/api@7654321:undefined" names no file',
    ]);
  });
});

describe("the file of a rule", () => {
  it.each(rulesIndex().targets)("is recorded for every rule and row of %s", (target) => {
    const data = loadRuleSetData(target);
    for (const { id, file } of data.rules) expect(file, id).toMatch(new RegExp(`^rules/${target}/[\\w-]+\\.yaml$`));
    const [first = ""] = data.tables[0]?.rows.split("\n") ?? [];
    const row = buildRuleSet(data).symbolRule(first.slice(0, first.indexOf("\t")));
    expect(row?.file).toBe(`rules/${target}/symbols/${data.tables[0]?.family}.tsv`);
  });
});
