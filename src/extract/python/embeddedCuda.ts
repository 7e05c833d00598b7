import type { Catalog } from "../../model/catalog.ts";
import type { FileInventory } from "../../model/inventory.ts";
import { inspectCuda } from "../cuda/inspectCuda.ts";
import { both } from "./guards.ts";
import { lineOf } from "./lines.ts";
import type { EmbeddedSource } from "./report.ts";

type Found = Pick<FileInventory, "usages" | "kernels" | "deviceFunctions" | "defines" | "includes">;

/**
 * Reads CUDA source that stands in a string of the text. Blank lines before it keep its line numbers, so what is
 * found stands where it is written.
 */
function readSource(text: string, starts: Int32Array, source: EmbeddedSource, path: string, catalog: Catalog): Found {
  const line = lineOf(starts, source.from);
  const indent = source.from - (starts[line] ?? 0);
  const cuda = "\n".repeat(line) + " ".repeat(indent) + text.slice(source.from, source.to);
  const found = inspectCuda({ path, language: "cuda", text: cuda, bytes: cuda.length }, catalog);
  return {
    usages: found.usages.map((usage) => withGuard(usage, source.guard)),
    kernels: found.kernels.map((kernel) => withGuard(kernel, source.guard)),
    deviceFunctions: found.deviceFunctions,
    defines: found.defines,
    includes: found.includes,
  };
}

function withGuard<T extends { readonly guard?: string }>(item: T, guard: string | undefined): T {
  const joined = both(guard, item.guard);
  return joined === undefined ? item : { ...item, guard: joined };
}

/** What all CUDA sources in a file's strings hold. */
export function readEmbedded(
  text: string,
  starts: Int32Array,
  sources: readonly EmbeddedSource[],
  path: string,
  catalog: Catalog,
): Found {
  const found = sources.map((source) => readSource(text, starts, source, path, catalog));
  return {
    usages: found.flatMap((one) => one.usages),
    kernels: found.flatMap((one) => one.kernels),
    deviceFunctions: found.flatMap((one) => one.deviceFunctions),
    defines: found.flatMap((one) => one.defines),
    includes: found.flatMap((one) => one.includes),
  };
}
