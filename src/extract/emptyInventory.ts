import type { FileInventory } from "../model/inventory.ts";
import type { SourceFile } from "./source.ts";

/** What a file says when nothing of NVIDIA's stack is in it; readers fill in the rest. */
export function emptyInventory(file: SourceFile, reader: FileInventory["reader"]): FileInventory {
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
