/** Two readings of the same file compared as sets of `what name:line`, both ways. */

/** One thing that a reading found: its kind, and what tells it from others of its kind. */
export interface Sighting {
  readonly kind: string;
  readonly name: string;
  readonly line: number;
  readonly endLine?: number;
}

export interface Difference {
  readonly kind: string;
  readonly name: string;
  readonly line: number;
  readonly only: "lexer" | "tree";
  readonly cause: string;
}

export interface Comparison {
  /** Found by both, by kind. */
  readonly agreed: ReadonlyMap<string, number>;
  readonly differences: readonly Difference[];
}

/** Why only one reading has it. */
export type CauseOf = (sighting: Sighting, only: Difference["only"]) => string;

const keyOf = ({ kind, name, line, endLine }: Sighting) => `${kind}\0${name}\0${line}\0${endLine ?? ""}`;

function counted(sightings: readonly Sighting[]): Map<string, { sighting: Sighting; count: number }> {
  const counts = new Map<string, { sighting: Sighting; count: number }>();
  for (const sighting of sightings) {
    const known = counts.get(keyOf(sighting));
    if (known) known.count += 1;
    else counts.set(keyOf(sighting), { sighting, count: 1 });
  }
  return counts;
}

export function compareSightings(lexer: readonly Sighting[], tree: readonly Sighting[], causeOf: CauseOf): Comparison {
  const left = counted(lexer);
  const right = counted(tree);
  const agreed = new Map<string, number>();
  const differences: Difference[] = [];
  const differ = ({ sighting, count }: { sighting: Sighting; count: number }, only: Difference["only"]) => {
    const { kind, name, line } = sighting;
    for (let n = 0; n < count; n++) differences.push({ kind, name, line, only, cause: causeOf(sighting, only) });
  };
  for (const [key, mine] of left) {
    const both = Math.min(mine.count, right.get(key)?.count ?? 0);
    agreed.set(mine.sighting.kind, (agreed.get(mine.sighting.kind) ?? 0) + both);
    differ({ ...mine, count: mine.count - both }, "lexer");
  }
  for (const [key, theirs] of right) differ({ ...theirs, count: theirs.count - (left.get(key)?.count ?? 0) }, "tree");
  return { agreed, differences };
}

/** Adds up comparisons of many files, and prints them: per kind what agrees, and the differences by their cause. */
export class Proof {
  readonly #agreed = new Map<string, number>();
  readonly #differences = new Map<string, { count: number; readonly examples: string[] }>();
  readonly #examples: number;
  files = 0;
  failed = 0;

  constructor(examples: number) {
    this.#examples = examples;
  }

  add(path: string, { agreed, differences }: Comparison): void {
    this.files += 1;
    for (const [kind, count] of agreed) this.#agreed.set(kind, (this.#agreed.get(kind) ?? 0) + count);
    for (const { kind, name, line, only, cause } of differences) {
      const key = `${kind}\0${only}\0${cause}`;
      let group = this.#differences.get(key);
      if (!group) this.#differences.set(key, (group = { count: 0, examples: [] }));
      group.count += 1;
      if (group.examples.length < this.#examples) group.examples.push(`${path}:${line} ${name}`);
    }
  }

  print(title: string): void {
    console.log(
      `\n### ${title}: ${this.files} files${this.failed > 0 ? `, ${this.failed} that a reader threw on` : ""}\n`,
    );
    for (const [kind, count] of [...this.#agreed].sort()) {
      const own = [...this.#differences].filter(([key]) => key.startsWith(`${kind}\0`));
      const differing = own.reduce((sum, [, group]) => sum + group.count, 0);
      const share = count + differing === 0 ? 100 : (100 * count) / (count + differing);
      console.log(`${kind}: ${count} agree, ${differing} differ (${share.toFixed(2)} %)`);
    }
    for (const [key, { count, examples }] of [...this.#differences].sort(([, a], [, b]) => b.count - a.count)) {
      const [kind, only, cause] = key.split("\0");
      console.log(`  ${count} ${kind}, only the ${only}: ${cause}`);
      for (const example of examples) console.log(`      ${example}`);
    }
  }
}
