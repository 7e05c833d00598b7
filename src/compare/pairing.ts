/** Which usages of two revisions are the same code. Pure. */
import type { Usage } from "../model/inventory.ts";
import type { TextAt } from "./statement.ts";

/** What pairing needs of a usage; an entry of a baseline file has the same. */
export interface Sighting {
  readonly kind: string;
  readonly symbol: string;
  readonly path: string;
  readonly scope?: string | undefined;
  /** Normalised text of the statement, or its hash. Asked for only when the rest leaves a choice. */
  readonly text: () => string;
}

export interface Pairing<A, B> {
  readonly pairs: readonly (readonly [A, B])[];
  readonly gone: readonly A[];
  readonly fresh: readonly B[];
}

type KeyOf = (sighting: Sighting) => string;

const inPlace: KeyOf = ({ path, kind, symbol, scope = "" }) => `${path}\0${kind}\0${symbol}\0${scope}`;
const definition: KeyOf = ({ kind, symbol }) => `${kind}\0${symbol}`;

/**
 * From certain to likely: the same statement in place, moved with its function, moved out of it (a renamed function),
 * edited where it stands.
 */
const PASSES: readonly KeyOf[] = [
  (sighting) => `${inPlace(sighting)}\0${sighting.text()}`,
  (sighting) => `${definition(sighting)}\0${sighting.scope ?? ""}\0${sighting.text()}`,
  (sighting) => `${definition(sighting)}\0${sighting.text()}`,
  inPlace,
  withoutItsName,
];

/** A renamed kernel and its launches: the same text but for the name. Only names the project gives can change so. */
function withoutItsName({ kind, symbol, text }: Sighting): string {
  if (kind !== "kernel" && kind !== "launch") return `${kind}\0${symbol}\0${text()}`;
  return `${kind}\0${text().replaceAll(symbol, "*")}`;
}

function groupBy<T extends Sighting>(sightings: readonly T[], keyOf: KeyOf): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const sighting of sightings) {
    const key = keyOf(sighting);
    const group = groups.get(key);
    if (group) group.push(sighting);
    else groups.set(key, [sighting]);
  }
  return groups;
}

interface Pass<A, B> {
  readonly base: readonly A[];
  readonly head: readonly B[];
}

/** Pairs what has one key, in order; `onlyEqual` leaves groups that differ in size for a closer look. */
function pairBy<A extends Sighting, B extends Sighting>(
  { base, head }: Pass<A, B>,
  keyOf: KeyOf,
  onlyEqual: boolean,
  pairs: (readonly [A, B])[],
): Pass<A, B> {
  if (base.length === 0 || head.length === 0) return { base, head };
  const before = groupBy(base, keyOf);
  const paired = new Set<Sighting>();
  for (const [key, group] of groupBy(head, keyOf)) {
    const known = before.get(key);
    if (!known || (onlyEqual && known.length !== group.length)) continue;
    group.forEach((sighting, index) => {
      const partner = known[index];
      if (!partner) return;
      pairs.push([partner, sighting]);
      paired.add(partner).add(sighting);
    });
  }
  return {
    base: base.filter((sighting) => !paired.has(sighting)),
    head: head.filter((sighting) => !paired.has(sighting)),
  };
}

/**
 * Usages with one path, symbol, kind and scope have one id up to their ordinal: where both revisions have as many,
 * they are the same by id, and no text is read. What is left is told by the text of its statement.
 */
export function pairUp<A extends Sighting, B extends Sighting>(base: readonly A[], head: readonly B[]): Pairing<A, B> {
  const pairs: (readonly [A, B])[] = [];
  let left: Pass<A, B> = pairBy({ base, head }, inPlace, true, pairs);
  for (const keyOf of PASSES) left = pairBy(left, keyOf, false, pairs);
  return { pairs, gone: left.base, fresh: left.head };
}

/** A usage as pairing sees it. */
export interface SightedUsage extends Sighting {
  readonly usage: Usage;
}

export function sighted(usages: readonly Usage[], textAt: TextAt): SightedUsage[] {
  return usages.map((usage) => {
    let text: string | undefined;
    return {
      usage,
      kind: usage.kind,
      symbol: usage.symbol,
      path: usage.path,
      scope: usage.scope,
      text: () => (text ??= textAt(usage.path, usage.line)),
    };
  });
}
