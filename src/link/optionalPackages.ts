/** Packages that a project can do without: their imports may fail. */
import type { FileInventory, FileUsage } from "../model/inventory.ts";

/** Families of packages by import name; Triton is a language, and where it is missing its kernels are too. */
const PACKAGE_FAMILIES = new Set(["python-packages", "numba-cuda", "cupy", "pycuda"]);

/** True for a usage of a package that is optional where it stands. */
export type IsOptional = (usage: FileUsage) => boolean;

const isImport = ({ kind, family }: FileUsage): boolean => kind === "import" && PACKAGE_FAMILIES.has(family);
const isCaught = ({ facts }: FileUsage): boolean => facts?.optional === true;

/**
 * A package is optional in a file whose own import of it may fail, and everywhere when no module of the project demands
 * it: then what is imported in functions is reached only where the package is there. Tests demand nothing.
 */
export function optionalIn(
  files: readonly FileInventory[],
  isTest: (path: string) => boolean,
): (file: FileInventory) => IsOptional {
  const caught = new Set<string>();
  const demanded = new Set<string>();
  for (const file of files) {
    for (const usage of file.usages) {
      if (!isImport(usage)) continue;
      if (isCaught(usage)) caught.add(usage.symbol);
      else if (usage.scope === undefined && !isTest(file.path)) demanded.add(usage.symbol);
    }
  }
  if (caught.size === 0) return () => () => false;
  const everywhere = [...caught].filter((name) => !demanded.has(name));
  return (file) => {
    const here = file.usages.filter((usage) => isImport(usage) && isCaught(usage)).map(({ symbol }) => symbol);
    const names = [...everywhere, ...here];
    if (names.length === 0) return () => false;
    return ({ symbol, family }) =>
      PACKAGE_FAMILIES.has(family) && names.some((name) => symbol === name || symbol.startsWith(`${name}.`));
  };
}
