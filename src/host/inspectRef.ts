import type { FileRef } from "../discover/discover.ts";
import { inspect } from "../extract/inspect.ts";
import type { SourceFile } from "../extract/source.ts";
import type { Catalog } from "../model/catalog.ts";
import { emptyInventory } from "../model/emptyInventory.ts";
import type { Diagnostic, FileInventory } from "../model/inventory.ts";
import { blobId } from "./blobId.ts";
import { readBytes, sourceOf, type Unread } from "./readSource.ts";

/** One file's result in a form that passes threads and caches. */
export type Inspected =
  | {
      readonly kind: "inspected";
      /** Git's id of the content, where a cache wants it. */
      readonly blob?: string;
      readonly json: string;
      /** Milliseconds that reading and inspecting took; 0 from the cache. */
      readonly ms: number;
    }
  | {
      readonly kind: "unread";
      readonly unread: Unread;
      /** Of content that was read and is no source: binary. */
      readonly blob?: string;
    };

/** A reader that throws on content is our bug: the scan goes on, and the report says which file it did not see. */
function inspectSafely(file: SourceFile, catalog: Catalog): FileInventory {
  try {
    return inspect(file, catalog);
  } catch (error) {
    const message = `portgauge failed on this file, please report it: ${(error as Error).message}`;
    return { ...emptyInventory(file, "lexed"), diagnostics: [{ path: file.path, code: "crashed", message }] };
  }
}

/** Inspects bytes that were read already, from disk or from git. */
export function inspectBytes(
  ref: Pick<FileRef, "path" | "language">,
  bytes: Buffer,
  catalog: Catalog,
  since = performance.now(),
): Inspected {
  const result = sourceOf(ref, bytes);
  if (result.kind === "unread") return result;
  const inventory = withDiagnostics(inspectSafely(result.file, catalog), result.diagnostics);
  const json = JSON.stringify(inventory);
  return { kind: "inspected", json, ms: performance.now() - since };
}

function withDiagnostics(inventory: FileInventory, own: readonly Diagnostic[]): FileInventory {
  return own.length === 0 ? inventory : { ...inventory, diagnostics: [...own, ...inventory.diagnostics] };
}

/** Reads and inspects one file of the disk; `wantsBlob` for those who keep the answer by content. */
export function inspectRef(ref: FileRef, catalog: Catalog, wantsBlob = false): Inspected {
  const since = performance.now();
  const read = readBytes(ref);
  if (read.kind === "unread") return read;
  const result = inspectBytes(ref, read.bytes, catalog, since);
  return wantsBlob ? { ...result, blob: blobId(read.bytes) } : result;
}
