import type { Catalog } from "../model/catalog.ts";
import type { FileInventory } from "../model/inventory.ts";
import { inspectBuild } from "./build/inspectBuild.ts";
import { inspectForeign } from "./build/inspectForeign.ts";
import { inspectCuda } from "./cuda/inspectCuda.ts";
import { inspectPython } from "./python/inspectPython.ts";
import type { SourceFile } from "./source.ts";

/** Everything one file says on its own. Pure: no file system, no target, no other file. */
export function inspect(file: SourceFile, catalog: Catalog): FileInventory {
  switch (file.language) {
    case "cuda":
    case "cpp":
    case "hip":
      return inspectCuda(file, catalog);
    case "python":
    case "notebook":
      return inspectPython(file, catalog);
    case "foreign":
      return inspectForeign(file);
    default:
      return inspectBuild(file, catalog);
  }
}
