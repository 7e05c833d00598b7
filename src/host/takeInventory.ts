import type { FileRef } from "../discover/discover.ts";
import { emptyInventory } from "../extract/emptyInventory.ts";
import { inspect } from "../extract/inspect.ts";
import type { SourceFile } from "../extract/source.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Diagnostic, FileInventory, Inventory } from "../model/inventory.ts";
import { readSource } from "./readSource.ts";

/** What reading and inspecting a list of files gave. Order is that of the list. */
export interface Taken {
  readonly files: readonly FileInventory[];
  readonly skipped: Inventory["skipped"];
  readonly diagnostics: readonly Diagnostic[];
}

/** Called now and then with the number of files done. */
export type Progress = (done: number, total: number) => void;

/** A reader that throws on content is our bug: the scan goes on, and the report says which file it did not see. */
export function inspectSafely(file: SourceFile, catalog: Catalog): FileInventory {
  try {
    return inspect(file, catalog);
  } catch (error) {
    const message = `portgauge failed on this file, please report it: ${(error as Error).message}`;
    return { ...emptyInventory(file, "lexed"), diagnostics: [{ path: file.path, code: "crashed", message }] };
  }
}

/** Reads and inspects files one after the other. */
export async function takeInventory(
  refs: readonly FileRef[],
  catalog: Catalog,
  progress: Progress = () => {},
): Promise<Taken> {
  const files: FileInventory[] = [];
  const skipped: { path: string; reason: string }[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [index, ref] of refs.entries()) {
    const result = readSource(ref);
    if (result.kind === "read") {
      files.push(inspectSafely(result.file, catalog));
      diagnostics.push(...result.diagnostics);
    } else {
      skipped.push({ path: result.unread.path, reason: result.unread.reason });
      if (result.unread.diagnostic) diagnostics.push(result.unread.diagnostic);
    }
    progress(index + 1, refs.length);
  }
  return { files, skipped, diagnostics };
}
