import type { FileInventory } from "./inventory.ts";

/** What a file says when nothing of NVIDIA's stack is in it; readers fill in the rest. */
export function emptyInventory(
  file: Pick<FileInventory, "path" | "language" | "bytes">,
  reader: FileInventory["reader"],
): FileInventory {
  return {
    path: file.path,
    language: file.language,
    reader,
    bytes: file.bytes,
    sloc: 0,
    gpu: false,
    usages: [],
    kernels: [],
    deviceFunctions: [],
    defines: [],
    includes: [],
    suppressions: [],
    signals: [],
    diagnostics: [],
  };
}
