/** Which headers are NVIDIA's. */
import type { Catalog } from "../../model/catalog.ts";
import type { Include } from "./preprocessor.ts";

/** Family of an included path; undefined for the project's and everybody else's headers. */
export function headerFamily(include: Include, catalog: Catalog): string | undefined {
  const entry = catalog.entries.get(include.path);
  if (entry?.kind === "include") return entry.family;
  const prefixes = prefixTable(catalog);
  const folder = prefixes.folders.find(({ prefix }) => include.path.startsWith(prefix));
  if (folder) return folder.family;
  // Only the very name: `nccl_helpers.h` is the project's own.
  const base = include.path.replace(/\.(?:h|hpp|cuh|hxx)$/, "");
  return prefixes.files.find(({ prefix }) => base === prefix || include.path === prefix)?.family;
}

interface Prefix {
  readonly prefix: string;
  readonly family: string;
}
interface Prefixes {
  readonly folders: readonly Prefix[];
  readonly files: readonly Prefix[];
}

const tables = new WeakMap<Catalog, Prefixes>();

function prefixTable(catalog: Catalog): Prefixes {
  const known = tables.get(catalog);
  if (known) return known;
  const all = catalog.families.flatMap(({ id, headers = [] }) => headers.map((prefix) => ({ prefix, family: id })));
  const table = {
    folders: all.filter(({ prefix }) => prefix.includes("/")),
    files: all.filter(({ prefix }) => !prefix.includes("/")),
  };
  tables.set(catalog, table);
  return table;
}
