/** What moved between two reports because of code and what because of rules. Pure. */
import type { DiffResult, DiffSide, DiffTarget, Rejudged } from "../model/diff.ts";
import type { Days, Effort, Report, TargetReport, UsageSchema } from "../model/report.ts";
import type { Verdict } from "../model/vocabulary.ts";
import { pairUp, type Sighting } from "./pairing.ts";

type ReportUsage = ReturnType<(typeof UsageSchema)["parse"]>;

interface Seen extends Sighting {
  readonly usage: ReportUsage;
}

/** Reports hold no text: code that moved is told by symbol and scope alone. */
function seen(usages: readonly ReportUsage[]): Seen[] {
  return usages.map((usage) => {
    const { kind, symbol, path, scope } = usage;
    return { usage, kind, symbol, path, scope, text: () => "" };
  });
}

interface Judgement {
  readonly verdict: Verdict;
  readonly rule: string | null;
}

function judgements(target: TargetReport | undefined): ReadonlyMap<string, Judgement> {
  const all = target?.findings ?? [];
  return new Map(all.flatMap(({ verdict, rule, usages }) => usages.map((id) => [id, { verdict, rule }] as const)));
}

/** The code is the same as far as rules can see. */
function sameToRules(a: ReportUsage, b: ReportUsage): boolean {
  return a.guard === b.guard && JSON.stringify(a.facts ?? {}) === JSON.stringify(b.facts ?? {});
}

function addTo(changed: Map<string, Rejudged>, symbol: string, from: Judgement, to: Judgement): void {
  const key = JSON.stringify([symbol, from, to]);
  const usages = (changed.get(key)?.usages ?? 0) + 1;
  changed.set(key, { symbol, from, to, usages });
}

function mostFirst(changed: ReadonlyMap<string, Rejudged>): Rejudged[] {
  return [...changed.values()].sort((a, b) => b.usages - a.usages || (a.symbol < b.symbol ? -1 : 1));
}

function daysOf(effort: Effort | null | undefined): Days | null {
  return effort ? { p10: effort.p10, p50: effort.p50, p90: effort.p90 } : null;
}

/** Hundredths of a day, as reports round. */
function difference(a: Days | null, b: Days | null): number | null {
  return a && b ? Math.round((b.p50 - a.p50) * 100) / 100 : null;
}

function causesOf(target: TargetReport | undefined): string[] {
  return (target?.blockers ?? []).map((blocker) => blocker.cause);
}

type UsagePairing = ReturnType<typeof pairUp<Seen, Seen>>;

function targetDiff(
  a: TargetReport | undefined,
  b: TargetReport | undefined,
  named: Pick<TargetReport, "id" | "version" | "variant">,
  { pairs, gone, fresh }: UsagePairing,
): DiffTarget {
  const before = judgements(a);
  const after = judgements(b);
  const byCode = new Map<string, Rejudged>();
  const byRules = new Map<string, Rejudged>();
  for (const [{ usage: old }, { usage }] of pairs) {
    const from = before.get(old.id);
    const to = after.get(usage.id);
    if (!from || !to || (from.verdict === to.verdict && from.rule === to.rule)) continue;
    addTo(sameToRules(old, usage) ? byRules : byCode, usage.symbol, from, to);
  }
  const verdicts: Partial<Record<Verdict, number>> = {};
  const countIn = (verdict: Verdict | undefined, step: number) => {
    if (verdict) verdicts[verdict] = (verdicts[verdict] ?? 0) + step;
  };
  for (const { usage } of fresh) countIn(after.get(usage.id)?.verdict, 1);
  for (const { usage } of gone) countIn(before.get(usage.id)?.verdict, -1);
  const effort = { a: daysOf(a?.effort), b: daysOf(b?.effort) };
  const [causesBefore, causesAfter] = [causesOf(a), causesOf(b)];
  const { id, version, variant } = named;
  return {
    id,
    version,
    variant,
    effort: { ...effort, p50: difference(effort.a, effort.b) },
    byCode: { newUsages: fresh.length, goneUsages: gone.length, changed: mostFirst(byCode), verdicts },
    byRules: { changed: mostFirst(byRules), usages: [...byRules.values()].reduce((sum, one) => sum + one.usages, 0) },
    newBlockers: causesAfter.filter((cause) => !causesBefore.includes(cause)),
    goneBlockers: causesBefore.filter((cause) => !causesAfter.includes(cause)),
  };
}

function sideOf(name: string, { revision, tool }: Report): DiffSide {
  return { name, revision, ruleset: tool.ruleset };
}

const sameTarget = (a: TargetReport) => (b: TargetReport) => a.id === b.id && a.variant === b.variant;

export interface NamedReport {
  readonly name: string;
  readonly report: Report;
}

export function diffReports(a: NamedReport, b: NamedReport): DiffResult {
  const pairing = pairUp(seen(a.report.usages), seen(b.report.usages));
  const onlyInA = a.report.targets.filter((target) => !b.report.targets.some(sameTarget(target)));
  return {
    a: sideOf(a.name, a.report),
    b: sideOf(b.name, b.report),
    sameRules: a.report.tool.ruleset === b.report.tool.ruleset,
    targets: [
      ...b.report.targets.map((target) =>
        targetDiff(a.report.targets.find(sameTarget(target)), target, target, pairing),
      ),
      ...onlyInA.map((target) => targetDiff(target, undefined, target, pairing)),
    ],
  };
}
