import type { Catalog } from "../../model/catalog.ts";
import type { FileInventory } from "../../model/inventory.ts";
import { emptyInventory } from "../emptyInventory.ts";
import type { SourceFile } from "../source.ts";

export function inspectCuda(file: SourceFile, _catalog: Catalog): FileInventory {
  return emptyInventory(file, "parsed");
}
