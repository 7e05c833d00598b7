/** One target's part of a gate: what the change adds and whether the policy bears it. Pure. */
import type { Finding } from "../model/finding.ts";
import type { GateTarget, TargetPolicy } from "../model/gate.ts";
import type { TestsMode } from "../model/plan.ts";
import type { Days } from "../model/report.ts";
import type { ResolvedTarget } from "../model/target.ts";
import type { Verdict } from "../model/vocabulary.ts";
import { type AddedCause, addedCauses, daysAdded, type PricingContext } from "./added.ts";
import type { TargetChanges } from "./changes.ts";
import { limitsText } from "./limits.ts";
import { type Complaint, reasonsOf, whyBlocked, whyCostly, whySilent, whyUnknown } from "./reasons.ts";
import { causeKey, count, entriesOf, type KernelAt, type Tally } from "./tally.ts";
import { unaccepted } from "./unaccepted.ts";

export interface JudgeInput {
  readonly target: ResolvedTarget;
  readonly policy: TargetPolicy;
  readonly changes: TargetChanges;
  /** Findings in changed files, on either side. */
  readonly base: readonly Finding[];
  readonly head: readonly Finding[];
  readonly kernels: { readonly base: KernelAt; readonly head: KernelAt };
  /** The whole base revision. */
  readonly tally: Tally;
  readonly accepts: (finding: Finding) => boolean;
  /** Asked for only when something has a price: it loads rules and prices. */
  readonly pricing: () => PricingContext;
  readonly tests: TestsMode;
}

function counts(findings: readonly Finding[]): Partial<Record<Verdict, number>> {
  const byVerdict: Partial<Record<Verdict, number>> = {};
  for (const { verdict } of findings) byVerdict[verdict] = (byVerdict[verdict] ?? 0) + 1;
  return byVerdict;
}

/** Causes that got dearer: changed files are counted out as they were and in as they are, without what was accepted. */
function dearerCauses(input: JudgeInput, fresh: readonly Finding[]): AddedCause[] {
  const { base, head, kernels, tally, tests, pricing, changes } = input;
  const keyOf = (finding: Finding) => causeKey(finding, tests);
  const touched = new Set([...fresh, ...changes.grown].map(keyOf).filter((key) => key !== undefined));
  if (touched.size === 0) return [];
  const counted = new Set(fresh);
  const dropped = new Set(changes.fresh.filter((finding) => !counted.has(finding)));
  const matters = (finding: Finding) => touched.has(keyOf(finding) ?? "") && !dropped.has(finding);
  const after = entriesOf(tally, touched);
  count(after, base.filter(matters), kernels.base, tests, -1);
  count(after, head.filter(matters), kernels.head, tests, 1);
  return addedCauses(tally, after, touched, pricing());
}

const NO_DAYS: Days = { p10: 0, p50: 0, p90: 0 };

interface Breach {
  readonly complaints: readonly Complaint[];
}

function over(limit: number, value: number, findings: readonly Finding[], why: (f: Finding) => string): Breach[] {
  return value > limit ? [{ complaints: findings.map((finding) => ({ finding, why: why(finding) })) }] : [];
}

/** Every place in the causes that the days come from, dearest cause first. */
function overBudget(
  causes: readonly AddedCause[],
  places: readonly Finding[],
  total: string,
  tests: TestsMode,
): Breach {
  const complaints = causes.flatMap(({ key, days }) =>
    places
      .filter((finding) => causeKey(finding, tests) === key)
      .map((finding) => ({ finding, why: whyCostly(finding, `${Math.max(0.01, days).toFixed(2)} d ${total}`) })),
  );
  return { complaints };
}

export function judge(input: JudgeInput): GateTarget {
  const { target, policy, changes, tests, pricing } = input;
  const fresh = unaccepted(changes.fresh, input.accepts, input.kernels.head);
  const causes = dearerCauses(input, fresh);
  const days = causes.length > 0 ? daysAdded(causes, pricing()) : NO_DAYS;
  const blocked = fresh.filter(({ verdict }) => verdict === "blocked");
  const newBlockers = new Set(blocked.map((finding) => causeKey(finding, tests))).size;
  const silent = fresh.filter(({ silentRisk }) => silentRisk);
  const unknown = fresh.filter(({ verdict }) => verdict === "unknown");
  const { maxDays = Number.MAX_SAFE_INTEGER } = policy;
  const budget = maxDays < Number.MAX_SAFE_INTEGER ? maxDays : null;
  const breaches = [
    ...over(policy.maxBlockers ?? 0, newBlockers, blocked, whyBlocked),
    ...over(policy.maxSilent ?? 0, silent.length, silent, whySilent),
    ...over(policy.failOnUnknown ? 0 : Number.POSITIVE_INFINITY, unknown.length, unknown, whyUnknown),
  ];
  if (budget !== null && days.p50 > budget) {
    const total = `of ${days.p50} d, budget ${budget} d`;
    breaches.push(overBudget(causes, [...fresh, ...changes.grown], total, tests));
  }
  return {
    id: target.id,
    version: target.version,
    variant: target.variant,
    mode: policy.mode,
    newUsages: fresh.length,
    goneUsages: changes.gone,
    newBlockers,
    newSilentRisks: silent.length,
    days,
    budget,
    limits: limitsText(policy),
    pass: policy.mode === "watch" || breaches.length === 0,
    reasons: reasonsOf(breaches.flatMap(({ complaints }) => complaints)),
    verdicts: counts(fresh),
    accepted: changes.fresh.length - fresh.length,
  };
}
