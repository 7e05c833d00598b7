/** What a worker thread does with a batch of files: read, inspect, answer with JSON (cheaper to pass than objects). */
import type { FileRef } from "../discover/discover.ts";
import type { Catalog } from "../model/catalog.ts";
import { loadCatalog } from "../rules/load.ts";
import { type Inspected, inspectRef } from "./inspectRef.ts";

let catalog: Catalog | undefined;

export interface Batch {
  readonly refs: readonly FileRef[];
  readonly wantsBlob: boolean;
}

export default function inspectBatch({ refs, wantsBlob }: Batch): Inspected[] {
  catalog ??= loadCatalog();
  const known = catalog;
  return refs.map((ref) => inspectRef(ref, known, wantsBlob));
}
