import type { FileInventory, FileUsage } from "../model/inventory.ts";

/** Whether a usage names something in a C++ library that the scanned project is the home of (a scan of CUTLASS itself). */
export type IsOwnLibrary = (usage: FileUsage) => boolean;

/**
 * A home says so by its `defines`: `cutlass::` from a file of the library's own folder that opens the namespace.
 * A vendored copy is no home: the project around it depends on the library all the same.
 */
export function ownLibraryTest(files: readonly FileInventory[], isVendored: (path: string) => boolean): IsOwnLibrary {
  const homes = new Set(
    files.flatMap(({ path, defines }) => {
      const namespaces = defines.filter((name) => name.endsWith("::"));
      return namespaces.length === 0 || isVendored(path) ? [] : namespaces;
    }),
  );
  if (homes.size === 0) return () => false;
  return ({ kind, symbol, family }) => {
    if (kind === "qualifier") return homes.has(`${family}::`); // `CUTLASS_DEVICE`
    const end = symbol.indexOf(kind === "include" ? "/" : "::");
    return end > 0 && homes.has(`${symbol.slice(0, end)}::`);
  };
}
