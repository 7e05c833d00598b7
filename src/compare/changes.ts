/** What changed on one target: findings that are new, gone, or now mean something worse. Pure. */
import type { Finding } from "../model/finding.ts";
import type { Usage } from "../model/inventory.ts";
import type { Verdict } from "../model/vocabulary.ts";
import { isOpen } from "../plan/cause.ts";
import type { Pairing, SightedUsage } from "./pairing.ts";

/** The pairing of two revisions by usage id. */
export interface UsagePairs {
  /** Id at head to id at base. */
  readonly baseOf: ReadonlyMap<string, string>;
  readonly gone: ReadonlySet<string>;
}

export function pairsById({ pairs, gone }: Pairing<SightedUsage, SightedUsage>): UsagePairs {
  return {
    baseOf: new Map(pairs.map(([base, head]) => [head.usage.id, base.usage.id])),
    gone: new Set(gone.map(({ usage }) => usage.id)),
  };
}

/** Rules cannot tell the two apart, on any target. */
function sameToRules(a: Usage, b: Usage): boolean {
  return (
    a.symbol === b.symbol &&
    a.guard === b.guard &&
    a.vendored === b.vendored &&
    a.test === b.test &&
    JSON.stringify(a.facts) === JSON.stringify(b.facts)
  );
}

/**
 * Usages that judging can say anything of: what is the same on both sides is worth the same on both. What stands beside
 * a suppression is asked about too, so that the suppression is known to be of use. Large files with small changes are
 * the usual case, and this is most of their cost.
 */
export function inQuestion(
  { pairs, gone, fresh }: Pairing<SightedUsage, SightedUsage>,
  suppressions: readonly { readonly path: string; readonly line: number }[],
): { readonly base: ReadonlySet<Usage>; readonly head: ReadonlySet<Usage> } {
  const lines = new Set(suppressions.flatMap(({ path, line }) => [`${path}:${line}`, `${path}:${line + 1}`]));
  const open = pairs.filter(
    ([base, head]) => lines.has(`${head.usage.path}:${head.usage.line}`) || !sameToRules(base.usage, head.usage),
  );
  return {
    base: new Set([...gone.map(({ usage }) => usage), ...open.map(([{ usage }]) => usage)]),
    head: new Set([...fresh.map(({ usage }) => usage), ...open.map(([, { usage }]) => usage)]),
  };
}

/** How bad a verdict is for a gate: not knowing is worse than an edit and better than knowing that nothing works. */
const BADNESS: Readonly<Record<Verdict, number>> = {
  native: 0,
  drop: 0,
  rename: 1,
  adapt: 2,
  unknown: 3,
  rewrite: 4,
  blocked: 5,
};

/** The same code that now means more work or a risk: a guard went, a mask became a literal. */
function worsened(before: Finding, after: Finding): boolean {
  if (after.silentRisk && !before.silentRisk) return true;
  if (!isOpen(after)) return false;
  const step = BADNESS[after.verdict] - BADNESS[before.verdict];
  return step > 0 || (step === 0 && after.rule?.id !== before.rule?.id);
}

/** A kernel that stayed and has more code lines to write again. */
function grew(before: Finding, after: Finding): boolean {
  if (after.usage.kind !== "kernel" || !isOpen(after)) return false;
  return slocOf(after.usage) > slocOf(before.usage);
}

function slocOf({ facts }: Usage): number {
  return typeof facts?.sloc === "number" ? facts.sloc : 0;
}

export interface TargetChanges {
  /** New code, and old code that now means something worse. */
  readonly fresh: readonly Finding[];
  readonly grown: readonly Finding[];
  /** Usages that are gone or need nothing any more. */
  readonly gone: number;
}

export function changesOn(
  base: readonly Finding[],
  head: readonly Finding[],
  pairs: UsagePairs,
  goneBesides: number,
): TargetChanges {
  const before = new Map(base.map((finding) => [finding.usage.id, finding]));
  const fresh: Finding[] = [];
  const grown: Finding[] = [];
  let gone = goneBesides + base.filter(({ usage }) => pairs.gone.has(usage.id) && !usage.vendored).length;
  for (const finding of head) {
    if (finding.usage.vendored) continue;
    const partner = before.get(pairs.baseOf.get(finding.usage.id) ?? "");
    // Code that moves out of a third-party folder becomes the project's own work.
    if (!partner || partner.usage.vendored || worsened(partner, finding)) fresh.push(finding);
    else if (grew(partner, finding)) grown.push(finding);
    else if (isOpen(partner) && !isOpen(finding)) gone += 1;
  }
  return { fresh, grown, gone };
}
