/** Names in a namespace that a header of the project gives to a library's: `namespace my_cub = cub;`. */
import type { FileInventory, FileUsage, HandsOn } from "../model/inventory.ts";
import type { HeaderWalk } from "./includes.ts";

type Alias = NonNullable<HandsOn["namespaces"]>[number];

/** Makes usages of a C++ file's references that a header it reaches explains. */
export function aliasResolver(
  files: readonly FileInventory[],
  reached: HeaderWalk,
): (file: FileInventory) => FileUsage[] {
  const isKnown = files.some(({ handsOn }) => handsOn?.namespaces !== undefined);
  return ({ path, references = [], exports }) => {
    // Python's references are dotted and have a resolver of their own.
    if (!isKnown || references.length === 0 || exports !== undefined) return [];
    const aliases = new Map<string, Alias>();
    for (const { handsOn } of reached(path)) {
      for (const alias of handsOn?.namespaces ?? []) if (!aliases.has(alias.name)) aliases.set(alias.name, alias);
    }
    return references.flatMap((reference) => {
      const end = reference.symbol.indexOf("::");
      const alias = aliases.get(reference.symbol.slice(0, Math.max(0, end)));
      return alias ? throughAlias(reference, alias, end) : [];
    });
  };
}

/** Under the alias's condition, too: in other builds the name means another vendor's library. */
function throughAlias(reference: FileUsage, { target, guard }: Alias, end: number): FileUsage {
  const usage = { ...reference, symbol: target + reference.symbol.slice(end) };
  if (guard === undefined || usage.guard?.includes(guard)) return usage;
  return { ...usage, guard: usage.guard === undefined ? guard : `${part(guard)} && ${part(usage.guard)}` };
}

const part = (guard: string): string => (guard.includes(" || ") && !guard.includes(" && ") ? `(${guard})` : guard);
