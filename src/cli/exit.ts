/** Exit codes of the contract. */
export const EXIT = {
  finished: 0,
  policyBroken: 1,
  usage: 2,
  incomplete: 3,
  crash: 70,
} as const;

/** A line on stderr. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
