/** A package that the scanned project itself is, is no dependency of it. */
import type { FileInventory, FileUsage } from "../model/inventory.ts";

const SOURCE_ROOT = /^(?:src|python|lib)\//;
/** Families of packages by import name; a project's own `triton/` folder without `__init__.py` shadows nothing. */
const PACKAGE_FAMILIES = new Set(["python-packages", "triton", "numba-cuda", "cupy", "pycuda"]);

/** `flash_attn_2_cuda`, `apex_C`: the compiled half of a package. */
const EXTENSION_MODULE = /(?:_\d+)?_(?:cuda|C|ext)$/;

/** Import names that the project defines at its root: packages, and folders of packages. */
function ownPackages(files: readonly FileInventory[]): ReadonlySet<string> {
  const own = new Set<string>();
  for (const { path, language } of files) {
    if (language !== "python" || !path.endsWith("/__init__.py")) continue;
    const [top, ...rest] = path.replace(SOURCE_ROOT, "").split("/");
    if (top !== undefined && rest.length <= 2) own.add(top);
  }
  return own;
}

/** True for usages of a package that the project itself is. */
export function ownPackageTest(files: readonly FileInventory[]): (usage: FileUsage) => boolean {
  const own = ownPackages(files);
  if (own.size === 0) return () => false;
  return ({ symbol, family }) => {
    if (!PACKAGE_FAMILIES.has(family)) return false;
    const top = symbol.split(".", 1)[0] as string;
    return own.has(top) || own.has(top.replace(EXTENSION_MODULE, ""));
  };
}
