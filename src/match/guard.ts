/** Guards in normal form: `USE_ROCM`, `!USE_ROCM`, `A && !B`, `A || B`. */

const NAME = /!?[A-Za-z_][\w.]*/g;

/** True when the guard's condition speaks of this target: the code was written with the target in mind. */
export function speaksOf(guard: string, targetGuards: ReadonlySet<string>): boolean {
  for (const [name] of guard.matchAll(NAME)) {
    if (targetGuards.has(name.replace(/^!/, ""))) return true;
  }
  return false;
}
