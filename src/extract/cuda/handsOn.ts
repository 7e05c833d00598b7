/** What a file says for those that include it, and what it says of headers it includes: for `link` to join. */
import type { FileInventory, FileUsage, GivenKernel, HandsOn, LauncherFunction } from "../../model/inventory.ts";
import { type NameResolver, presumedNamespace } from "./chains.ts";

/** `cub::BlockLoad` for `my_cub::BlockLoad`; undefined for every other name. */
export function presumedName(symbol: string): string | undefined {
  const end = symbol.indexOf("::");
  const namespace = end < 0 ? undefined : presumedNamespace(symbol.slice(0, end));
  return namespace === undefined ? undefined : namespace + symbol.slice(end);
}

/** Usages that hold by themselves, and those that hold if a header names the namespace so. */
export function withoutPresumed(
  usages: readonly FileUsage[],
  resolver: NameResolver,
): Pick<FileInventory, "usages" | "references"> {
  if (!resolver.hasPresumed) return { usages };
  return {
    usages: usages.filter(({ symbol }) => presumedName(symbol) === undefined),
    references: usages.filter(({ symbol }) => presumedName(symbol) !== undefined),
  };
}

export function handsOn(
  resolver: NameResolver,
  guardAt: (token: number) => string | undefined,
  launchers: readonly LauncherFunction[],
  given: readonly GivenKernel[],
  chosen: Pick<HandsOn, "switches" | "branches">,
): Pick<FileInventory, "handsOn"> {
  const namespaces = resolver.handedOn.map(({ name, target, token }) => {
    const guard = guardAt(token);
    return { name, target, ...(guard === undefined ? {} : { guard }) };
  });
  const found: HandsOn = {
    ...(namespaces.length > 0 ? { namespaces } : {}),
    ...(launchers.length > 0 ? { launchers } : {}),
    ...(given.length > 0 ? { given } : {}),
    ...chosen,
  };
  return Object.keys(found).length > 0 ? { handsOn: found } : {};
}
