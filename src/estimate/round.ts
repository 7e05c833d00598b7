/** Days are printed to a hundredth. Parts are rounded so that they add up to the rounded whole, digit for digit. */

const PER_DAY = 100;

export function toCents(days: number): number {
  return Math.round(days * PER_DAY);
}

export function fromCents(cents: number): number {
  return cents / PER_DAY;
}

/** Largest remainder: integers in proportion to `weights` that add up to `cents`; ties go to the earlier. */
export function apportion(cents: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole === 0) return weights.map((_, index) => (index === 0 ? cents : 0));
  const exact = weights.map((weight) => (cents * weight) / whole);
  const floors = exact.map(Math.floor);
  let left = cents - floors.reduce((sum, value) => sum + value, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left <= 0) break;
    floors[index] = (floors[index] ?? 0) + 1;
    left -= 1;
  }
  return floors;
}
