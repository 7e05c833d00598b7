/** Source files that a build file names, with the branch for or against a target in which it does. */
import type { BuildSource } from "../../model/inventory.ts";
import { type GuardedRange, guardAt } from "./branches.ts";

/** A path or glob of a source file; variables in it are unknown. */
const SOURCE = /(?<![\w./*}-])(?<name>(?:\$\{\w+\}|[\w./*-])+\.(?:cu|cuh|cpp|cc|cxx|c))(?![\w.])/g;
const LEADING_VARIABLE = /^\$\{\w+\}\//;
const VARIABLE = /\$\{\w+\}/g;

/** One entry per name and guard; `*` stands for what a variable holds. */
export function buildSources(text: string, ranges: readonly GuardedRange[]): BuildSource[] {
  const found = new Map<string, BuildSource>();
  for (const match of text.matchAll(SOURCE)) {
    const name = match.groups?.name?.replace(LEADING_VARIABLE, "").replace(VARIABLE, "*");
    if (name === undefined) continue;
    const guard = guardAt(ranges, match.index);
    found.set(`${name}\0${guard}`, guard === undefined ? { name } : { name, guard });
  }
  return [...found.values()];
}
