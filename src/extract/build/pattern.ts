import type { Catalog } from "../../model/catalog.ts";
import type { Facts, FileUsage } from "../../model/inventory.ts";
import { type GuardedRange, guardAt } from "./branches.ts";
import type { Positions } from "./positions.ts";

/**
 * One shape to look for in a logical line. Tables of these are all a file kind needs.
 * Named groups of `find` other than `name` become facts of the usage.
 */
export interface Pattern {
  /** Global. The usage stands at group `name`, or at the whole match. */
  readonly find: RegExp;
  readonly kind: "build" | "package" | "tool" | "env" | "string" | "call";
  /** Default: the kind's own family. */
  readonly family?: "cluster" | "torch-distributed" | "torch-cuda";
  /** `$name` stands for that group's text, and so for every other group. */
  readonly symbol: string;
  /** Canonical spelling of the name, where the file kind allows several. */
  readonly spell?: (name: string, catalog: Catalog) => string;
  /** For names of an open form: only those that the catalog lists are NVIDIA's. */
  readonly listed?: true;
}

/** Patterns that hold only inside the group `args` of what `find` matches (the words of `apt-get install …`). */
export interface Region {
  readonly find: RegExp;
  readonly inside: readonly Pattern[];
}

const FAMILY: Partial<Record<Pattern["kind"], string>> = {
  build: "build",
  package: "packages",
  tool: "tools",
  env: "env",
};

/** Applies patterns to a logical text: one usage per symbol and logical line, the earlier pattern wins a place. */
export class UsageFinder {
  readonly #taken = new Set<string>();
  readonly #found: FileUsage[] = [];
  readonly #positions: Positions;
  readonly #logical: Positions;
  readonly #guards: () => readonly GuardedRange[];
  readonly #catalog: Catalog;

  /** `logical` is the text that is searched; `guards` is asked when the first pattern fits. */
  constructor(positions: Positions, logical: Positions, guards: () => readonly GuardedRange[], catalog: Catalog) {
    this.#guards = guards;
    this.#positions = positions;
    this.#logical = logical;
    this.#catalog = catalog;
  }

  get usages(): readonly FileUsage[] {
    return this.#found.toSorted((a, b) => a.line - b.line || a.column - b.column);
  }

  search(text: string, patterns: readonly Pattern[], offset = 0): void {
    for (const pattern of patterns) eachMatch(pattern.find, text, (match) => this.#take(pattern, match, offset));
  }

  searchRegions(text: string, regions: readonly Region[]): void {
    for (const { find, inside } of regions) {
      eachMatch(find, text, (match) => {
        const [start, end] = groupAt(find, match, "args") ?? [0, 0];
        this.search(text.slice(start, end), inside, start);
      });
    }
  }

  #take(pattern: Pattern, match: RegExpExecArray, base: number): void {
    const symbol = this.#symbolOf(pattern, match);
    if (symbol === undefined) return;
    const offset = base + (groupAt(pattern.find, match, "name")?.[0] ?? match.index);
    const family = pattern.family ?? FAMILY[pattern.kind] ?? "build";
    const guard = guardAt(this.#guards(), offset);
    const { line, column } = this.#positions.at(offset);
    const place = `${offset}`;
    const repeat = `${this.#logical.at(offset).line}:${symbol}`;
    if (this.#taken.has(place) || this.#taken.has(repeat)) return;
    this.#taken.add(place).add(repeat);
    const facts = factsOf(match);
    this.#found.push({
      kind: pattern.kind,
      symbol,
      family,
      line,
      column,
      ...(guard ? { guard } : {}),
      ...(facts ? { facts } : {}),
    });
  }

  #symbolOf({ symbol, spell, listed, kind }: Pattern, match: RegExpExecArray): string | undefined {
    const written = match.groups?.name ?? match[0];
    const name = spell ? spell(written, this.#catalog) : written;
    const full = symbol === "$name" ? name : filledIn(symbol, name, match);
    return listed && this.#catalog.entries.get(full)?.kind !== kind ? undefined : full;
  }
}

function filledIn(symbol: string, name: string, { groups }: RegExpExecArray): string {
  return symbol.replace(/\$(\w+)/g, (_, group: string) => (group === "name" ? name : (groups?.[group] ?? "")));
}

/** As `matchAll`, which makes a new expression for each call: seventy a file, most of which find nothing. */
function eachMatch(find: RegExp, text: string, take: (match: RegExpExecArray) => void): void {
  for (let from = 0, match = execAt(find, text, from); match; match = execAt(find, text, from)) {
    // A match of nothing must not be met again.
    from = match.index + Math.max(1, match[0].length);
    take(match);
  }
}

function execAt(find: RegExp, text: string, from: number): RegExpExecArray | null {
  find.lastIndex = from;
  return find.exec(text);
}

/** Where a group stands. Indices cost more than the search itself: only what was found is matched again with them. */
function groupAt(find: RegExp, { index, input }: RegExpExecArray, group: string): [number, number] | undefined {
  const again = new RegExp(find.source, `${find.flags.replace("g", "")}dy`);
  again.lastIndex = index;
  return again.exec(input)?.indices?.groups?.[group];
}

function factsOf({ groups = {} }: RegExpExecArray): Facts | undefined {
  const told = Object.entries(groups).filter(
    (group): group is [string, string] => group[0] !== "name" && group[1] !== undefined,
  );
  return told.length === 0 ? undefined : Object.fromEntries(told);
}
