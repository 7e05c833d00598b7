/** Joins an inventory with one target's rules. Pure; the order of rules never matters. */
import type { Finding } from "../model/finding.ts";
import type { Inventory, Usage } from "../model/inventory.ts";
import type { Evidence, Rule, RuleSet } from "../model/rule.ts";
import type { ResolvedTarget } from "../model/target.ts";
import { EVIDENCE_LEVELS, type EvidenceLevel } from "../model/vocabulary.ts";
import { speaksOf } from "./guard.ts";
import { type CandidatesOf, candidateIndex, decide } from "./select.ts";

export interface MatchOptions {
  readonly target: ResolvedTarget;
  /** Rules whose best evidence is weaker count as `unknown`. */
  readonly minEvidence?: EvidenceLevel;
  /** Canonical name of an operator as written, if it has one. */
  readonly canonicalOf: (symbol: string) => string | undefined;
}

const strength = (level: EvidenceLevel): number => EVIDENCE_LEVELS.indexOf(level);

/** The strongest level among a rule's evidence; null without any. */
export function bestEvidence(evidence: readonly Evidence[]): EvidenceLevel | null {
  let best: EvidenceLevel | null = null;
  for (const { level } of evidence) {
    if (best === null || strength(level) < strength(best)) best = level;
  }
  return best;
}

export function match(inventory: Pick<Inventory, "usages">, ruleSet: RuleSet, options: MatchOptions): Finding[] {
  const candidatesOf = candidateIndex(ruleSet, options.target, options.canonicalOf);
  const guards = new Set(ruleSet.manifest.guards);
  return inventory.usages.map((usage) => judge(usage, candidatesOf, guards, options.minEvidence));
}

function judge(
  usage: Usage,
  candidatesOf: CandidatesOf,
  guards: ReadonlySet<string>,
  minEvidence: EvidenceLevel | undefined,
): Finding {
  const ported = usage.guard !== undefined && speaksOf(usage.guard, guards);
  const { rule, beside } = decide(candidatesOf(usage), usage.facts, ported ? isGuarded : undefined);
  if (rule) return { ...ruled(usage, rule, minEvidence), ...(beside.length > 0 ? { beside } : {}) };
  if (ported) return { ...NOTHING, usage, verdict: "native", reason: `already handled under ${usage.guard}` };
  const reason = usage.unlisted ? "no catalog entry knows this name" : "no rule speaks of this symbol";
  return { ...NOTHING, usage, verdict: "unknown", reason };
}

const isGuarded = ({ guarded }: Rule): boolean => guarded === true;

const NOTHING = { rule: null, evidence: null, silentRisk: false } as const;

function ruled(usage: Usage, rule: Rule, minEvidence: EvidenceLevel | undefined): Finding {
  const evidence = bestEvidence(rule.evidence);
  if (minEvidence && (evidence === null || strength(evidence) > strength(minEvidence))) {
    return { ...NOTHING, usage, verdict: "unknown", reason: `${rule.id} rests on ${evidence} evidence only` };
  }
  return { usage, verdict: rule.verdict, rule, evidence, silentRisk: rule.silentRisk !== undefined };
}
