import type { Evidence, PriceClass, Rule, RuleSet, RuleSetData, SymbolTable } from "../model/rule.ts";
import type { EvidenceLevel, Verdict } from "../model/vocabulary.ts";

/** Turns one row of an imported table into a rule. */
function ruleOfRow(target: string, table: SymbolTable, row: string): Rule {
  const [symbol, verdict, replacement, price, note, level, source, versions] = row.split("\t") as [
    string,
    Verdict,
    string,
    PriceClass | "",
    string,
    EvidenceLevel,
    string,
    string,
  ];
  const evidence: Evidence[] = source
    .split(",")
    .map((key) => ({ level, ...(table.sources[key] ?? { source: key, asOf: "unknown" }) }));
  return {
    id: `${target}:${symbol}`,
    target,
    match: [symbol],
    ...(table.when ? { when: table.when } : {}),
    verdict,
    category: table.family,
    file: `rules/${target}/symbols/${table.family}.tsv`,
    ...(replacement ? { replacement } : {}),
    ...(versions ? { versions } : {}),
    ...(price ? { price } : {}),
    ...(note ? table.notes[note] : {}),
    evidence,
  };
}

/** Makes compiled rules answerable. Rows become rules only when asked for. */
export function buildRuleSet(data: RuleSetData): RuleSet {
  const rows = new Map<string, { table: SymbolTable; row: string }>();
  for (const table of data.tables) {
    for (const row of table.rows.split("\n")) {
      rows.set(row.slice(0, row.indexOf("\t")), { table, row });
    }
  }
  const made = new Map<string, Rule>();
  const symbolRule = (symbol: string): Rule | undefined => {
    const known = made.get(symbol);
    if (known) return known;
    const found = rows.get(symbol);
    if (!found) return undefined;
    const rule = ruleOfRow(data.manifest.id, found.table, found.row);
    made.set(symbol, rule);
    return rule;
  };
  return { manifest: data.manifest, rules: data.rules, symbolRule };
}
