/** Share of each API family's catalog names by verdict and evidence, per target. */
import { bestEvidence } from "../match/match.ts";
import { candidateIndex } from "../match/select.ts";
import type { Catalog } from "../model/catalog.ts";
import type { RuleSet } from "../model/rule.ts";
import type { ResolvedTarget } from "../model/target.ts";
import { EVIDENCE_LEVELS, type EvidenceLevel, VERDICTS, type Verdict } from "../model/vocabulary.ts";

export interface FamilyCoverage {
  readonly family: string;
  readonly names: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Evidence of the names that a rule speaks of. */
  readonly evidence: Readonly<Record<EvidenceLevel, number>>;
}

/** Verdict of every catalog name and operator without any facts: what a plain use of it means. */
export function coverageOf(catalog: Catalog, ruleSet: RuleSet, target: ResolvedTarget): FamilyCoverage[] {
  const candidatesOf = candidateIndex(ruleSet, target, (symbol) => catalog.operators.get(symbol));
  const names = [
    ...[...catalog.entries].map(([symbol, entry]) => ({ symbol, ...entry })),
    ...[...new Set(catalog.operators.values())].map((symbol) => ({ symbol, family: "torch-op", kind: "op" as const })),
  ];
  const families = new Map<
    string,
    { names: number; verdicts: Record<Verdict, number>; evidence: Record<EvidenceLevel, number> }
  >();
  for (const name of names) {
    let row = families.get(name.family);
    if (!row)
      families.set(name.family, (row = { names: 0, verdicts: zeros(VERDICTS), evidence: zeros(EVIDENCE_LEVELS) }));
    const rule = candidatesOf(name).find((candidate) => !candidate.rule.where)?.rule;
    row.names += 1;
    row.verdicts[rule?.verdict ?? "unknown"] += 1;
    const level = rule && bestEvidence(rule.evidence);
    if (level) row.evidence[level] += 1;
  }
  return [...families].map(([family, row]) => ({ family, ...row })).sort((a, b) => (a.family < b.family ? -1 : 1));
}

function zeros<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
}
