/** Which upstreams were read too long ago, and what rests on them. Pure. */
import type { RuleSetData } from "../model/rule.ts";

export interface StaleSource {
  /** Date of the oldest file of it that something rests on. */
  readonly asOf: string;
  /** `owner/repo@commit`, or an address. */
  readonly upstream: string;
  readonly rules: number;
  readonly rows: number;
}

/** Files of one commit age together. */
function upstreamOf(source: string): string {
  return /^[\w.-]+\/[\w.-]+@[0-9a-f]+/.exec(source)?.[0] ?? source;
}

/** Oldest first. `rules` of user and vendor alike; rows of the imported tables. */
export function staleSources({ rules, tables }: Pick<RuleSetData, "rules" | "tables">, before: string): StaleSource[] {
  const found = new Map<string, { asOf: string; rules: number; rows: number }>();
  const count = (source: string, asOf: string, rests: "rules" | "rows", much: number) => {
    if (asOf >= before || much === 0) return;
    const upstream = upstreamOf(source);
    const entry = found.get(upstream) ?? { asOf, rules: 0, rows: 0 };
    entry[rests] += much;
    if (asOf < entry.asOf) entry.asOf = asOf;
    found.set(upstream, entry);
  };
  for (const { evidence } of rules) {
    const oldest = new Map<string, string>();
    for (const { source, asOf } of evidence) {
      const upstream = upstreamOf(source);
      const known = oldest.get(upstream);
      if (known === undefined || String(asOf) < known) oldest.set(upstream, String(asOf));
    }
    for (const [upstream, asOf] of oldest) count(upstream, asOf, "rules", 1);
  }
  for (const table of tables) {
    const used = new Map<string, number>();
    for (const row of table.rows.split("\n")) {
      for (const key of (row.split("\t")[6] ?? "").split(",")) used.set(key, (used.get(key) ?? 0) + 1);
    }
    for (const [key, { source, asOf }] of Object.entries(table.sources))
      count(source, asOf, "rows", used.get(key) ?? 0);
  }
  return [...found]
    .map(([upstream, entry]) => ({ upstream, ...entry }))
    .sort((a, b) => (a.asOf === b.asOf ? (a.upstream < b.upstream ? -1 : 1) : a.asOf < b.asOf ? -1 : 1));
}
