/** How well predictions agree with observations. Pure; undefined where too few rows say anything. */

/** Probability that a positive is ranked above a negative; ties count half (Mann-Whitney). */
export function auc(rows: readonly { readonly score: number; readonly positive: boolean }[]): number | undefined {
  const positives = rows.filter((row) => row.positive).length;
  const negatives = rows.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  const ranks = ranksOf(rows.map(({ score }) => score));
  const sum = rows.reduce((total, row, index) => total + (row.positive ? (ranks[index] ?? 0) : 0), 0);
  return (sum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** 1-based ranks, the mean rank for ties. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && order[end]?.value === order[start]?.value) end += 1;
    for (const { index } of order.slice(start, end)) ranks[index] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Spearman's rank correlation: Pearson's on mean ranks. */
export function spearman(pairs: readonly Pair[]): number | undefined {
  if (pairs.length < 3) return undefined;
  const x = ranksOf(pairs.map(({ predicted }) => predicted));
  const y = ranksOf(pairs.map(({ observed }) => observed));
  const mean = (pairs.length + 1) / 2;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    const a = (x[i] ?? 0) - mean;
    const b = (y[i] ?? 0) - mean;
    xy += a * b;
    xx += a * a;
    yy += b * b;
  }
  return xx === 0 || yy === 0 ? undefined : xy / Math.sqrt(xx * yy);
}

export interface Pair {
  readonly predicted: number;
  readonly observed: number;
}

export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}

/** How far off by a factor, whichever way: 2 for half as for twice. */
export function errorFactor({ predicted, observed }: Pair): number {
  return Math.exp(Math.abs(Math.log(Math.max(predicted, 1e-9) / observed)));
}

export interface Ranged extends Pair {
  readonly p10: number;
  readonly p90: number;
}

/** Share of observations inside P10-P90; 0.8 when ranges are honest. */
export function coverage(rows: readonly Ranged[]): number | undefined {
  if (rows.length === 0) return undefined;
  return rows.filter(({ observed, p10, p90 }) => p10 <= observed && observed <= p90).length / rows.length;
}

/** Mean pinball loss of P10, P50 and P90 on logarithms: charges width as well as misses. */
export function pinball(rows: readonly Ranged[]): number | undefined {
  if (rows.length === 0) return undefined;
  const loss = (quantile: number, at: number, observed: number) => {
    const miss = Math.log(observed) - Math.log(Math.max(at, 1e-9));
    return miss >= 0 ? quantile * miss : (quantile - 1) * miss;
  };
  const sum = rows.reduce(
    (total, { observed, p10, predicted, p90 }) =>
      total + (loss(0.1, p10, observed) + loss(0.5, predicted, observed) + loss(0.9, p90, observed)) / 3,
    0,
  );
  return sum / rows.length;
}

/** `a·x^b` by least squares on logarithms. */
export function fitPower(rows: readonly { readonly x: number; readonly y: number }[]): (x: number) => number {
  const points = rows.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
  const mx = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const my = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const xx = points.reduce((sum, { x }) => sum + (x - mx) ** 2, 0);
  const slope = xx === 0 ? 0 : points.reduce((sum, { x, y }) => sum + (x - mx) * (y - my), 0) / xx;
  return (x) => Math.exp(my + slope * (Math.log(x) - mx));
}

/** Deterministic generator for the bootstrap (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const DRAWS = 2000;

/** 80 % bootstrap interval of a figure over rows: how far luck could carry it. Fixed seed. */
export function luck<T>(
  rows: readonly T[],
  figure: (rows: readonly T[]) => number | undefined,
): [number, number] | undefined {
  const random = randomFrom(20261122);
  const values: number[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    const sample = rows.map(() => rows[Math.floor(random() * rows.length)] as T);
    const value = figure(sample);
    if (value !== undefined) values.push(value);
  }
  values.sort((a, b) => a - b);
  const low = values[Math.floor(values.length * 0.1)];
  const high = values[Math.floor(values.length * 0.9)];
  return low === undefined || high === undefined ? undefined : [low, high];
}
