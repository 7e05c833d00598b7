/** Seeded draws: the same sample from the same seed, everywhere. */

export type Random = (below: number) => number;

/** mulberry32. */
export function generator(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const all = [...items];
  for (let at = all.length - 1; at > 0; at--) {
    const other = random(at + 1);
    [all[at], all[other]] = [all[other] as T, all[at] as T];
  }
  return all;
}

/** Equal shares of `count` over strata of these sizes; what a small stratum cannot give goes to the others. */
export function sharesOf(sizes: readonly number[], count: number): number[] {
  const shares = sizes.map(() => 0);
  for (let left = count; left > 0; ) {
    const open = sizes.flatMap((size, at) => ((shares[at] as number) < size ? [at] : []));
    if (open.length === 0) break;
    for (const at of open.slice(0, left)) shares[at] = (shares[at] as number) + 1;
    left -= Math.min(left, open.length);
  }
  return shares;
}

/** Groups in order of their keys, so that a draw does not hang on the order of its input's keys. */
export function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.keys()].sort().map((key) => groups.get(key) as T[]);
}

/** `count` items, in equal shares of the groups; which groups get one more than others is drawn too. */
export function drawEvenly<T>(groups: readonly (readonly T[])[], count: number, random: Random): T[] {
  const order = shuffled(groups, random);
  const shares = sharesOf(
    order.map(({ length }) => length),
    count,
  );
  return order.flatMap((group, at) => shuffled(group, random).slice(0, shares[at]));
}
