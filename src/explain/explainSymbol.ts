/** Verdict on every target for one name, with why, ways out and evidence: `explain SYMBOL`. */

import { candidateIndex, decide } from "../match/select.ts";
import type { Facts } from "../model/inventory.ts";
import type { TargetReport, WorkItem } from "../model/report.ts";
import type { Evidence, Rule, RuleSet, Where } from "../model/rule.ts";
import type { ResolvedTarget } from "../model/target.ts";
import type { EvidenceLevel, Verdict } from "../model/vocabulary.ts";
import type { KnownName } from "./lookUp.ts";

export interface ExplainedEvidence {
  readonly level: EvidenceLevel;
  readonly source: string;
  readonly asOf: string;
  readonly version?: string;
  /** What the source shows, in our words. */
  readonly shows?: string;
}

export interface TargetAnswer {
  readonly verdict: Verdict;
  /** It compiles or runs, and may be wrong or fall back unseen. */
  readonly silentRisk: boolean;
  /** What to look for when it does. */
  readonly risk: string | null;
  readonly replacement: string | null;
  readonly why: string | null;
  readonly waysOut: readonly string[];
  /** Since when, on both sides, as the source tells. */
  readonly versions: string | null;
  readonly evidence: readonly ExplainedEvidence[];
  readonly rule: string | null;
}

/** What the answer becomes when the code around the name shows certain facts. */
export interface ConditionalAnswer extends TargetAnswer {
  readonly where: Where;
}

export interface ExplainedTarget extends TargetAnswer {
  /** Of parts of the usage, where the code around it shows them. */
  readonly beside?: readonly TargetAnswer[];
  readonly otherwise: readonly ConditionalAnswer[];
}

export interface Explanation {
  readonly query: string;
  readonly kind: "symbol" | "rule" | "work-item" | "location";
  readonly symbol: string | null;
  readonly family: string | null;
  /** What the arguments at a location make of the symbol (`aten::reflection_pad2d`). */
  readonly operator?: string;
  readonly targets: Readonly<Record<string, ExplainedTarget>>;
  readonly suggestions?: readonly string[];
  /** The item as the report has it. */
  readonly workItem?: WorkItem;
  /** For `total`: each target's sums as the report has them. */
  readonly totals?: readonly Pick<TargetReport, "id" | "version" | "variant" | "effort" | "effortWithoutBlocked">[];
  /** The other usages on the line, for a location. */
  readonly others?: readonly Explanation[];
}

/** For a name that no rule speaks of. */
export const NO_RULE: TargetAnswer = {
  verdict: "unknown",
  silentRisk: false,
  risk: null,
  replacement: null,
  why: "no rule speaks of this symbol on this target",
  waysOut: [],
  versions: null,
  evidence: [],
  rule: null,
};

/** One rule may rest on several statements of one source. */
function distinct(evidence: readonly Evidence[]): Evidence[] {
  return [...new Map(evidence.map((each) => [`${each.level} ${each.source}`, each])).values()];
}

/** What rules rest on, each statement once. */
export function answerEvidence(rules: readonly Pick<Rule, "evidence">[]): ExplainedEvidence[] {
  return distinct(rules.flatMap(({ evidence }) => evidence)).map(({ level, source, asOf, version, shows }) => ({
    level,
    source,
    asOf,
    ...(version === undefined ? {} : { version }),
    ...(shows === undefined ? {} : { shows }),
  }));
}

export function answerOf(rule: Rule): TargetAnswer {
  return {
    verdict: rule.verdict,
    silentRisk: rule.silentRisk !== undefined,
    risk: rule.silentRisk ?? null,
    replacement: rule.replacement ?? null,
    why: rule.why ?? null,
    waysOut: (rule.waysOut ?? []).map(({ title, price }) => (price === undefined ? `${title} (no price)` : title)),
    versions: rule.versions ?? null,
    evidence: answerEvidence([rule]),
    rule: rule.id,
  };
}

/** One target's answer for a usage with these facts, and what other facts would make of it. */
export function explainOn(
  name: KnownName,
  facts: Facts | undefined,
  ruleSet: RuleSet,
  target: ResolvedTarget,
  canonicalOf: (symbol: string) => string | undefined,
): ExplainedTarget {
  const candidates = candidateIndex(ruleSet, target, canonicalOf)({ ...name, ...(facts ? { facts } : {}) });
  const { rule: decided, beside } = decide(candidates, facts);
  const rules = candidates.map(({ rule }) => rule);
  const before = decided === undefined ? rules : rules.slice(0, rules.indexOf(decided));
  const otherwise = before
    .filter((rule) => !rule.guarded && !rule.beside)
    .map((rule) => ({ ...answerOf(rule), where: rule.where ?? {} }));
  return {
    ...(decided ? answerOf(decided) : NO_RULE),
    ...(beside.length > 0 ? { beside: beside.map(answerOf) } : {}),
    otherwise,
  };
}
