/** Which headers are NVIDIA's. */
import type { Catalog } from "../../model/catalog.ts";
import type { Include } from "./preprocessor.ts";

/** Family of an included path; undefined for the project's and everybody else's headers. */
export function headerFamily({ path }: Include, catalog: Catalog): string | undefined {
  const { answers } = prefixTable(catalog);
  if (!answers.has(path)) {
    // A project names the same headers in every file; a tree with more of them than this is generated.
    if (answers.size >= MEMORY) answers.clear();
    answers.set(path, familyOf(path, catalog));
  }
  return answers.get(path);
}

const MEMORY = 50_000;

function familyOf(path: string, catalog: Catalog): string | undefined {
  const entry = catalog.entries.get(path);
  if (entry?.kind === "include") return entry.family;
  const { folders, files } = prefixTable(catalog);
  const folder = folders.find(({ prefix }) => path.startsWith(prefix));
  if (folder) return folder.family;
  // Only the very name: `nccl_helpers.h` is the project's own.
  const base = path.replace(/\.(?:h|hpp|cuh|hxx)$/, "");
  return files.find(({ prefix }) => base === prefix || path === prefix)?.family;
}

interface Prefix {
  readonly prefix: string;
  readonly family: string;
}
interface Prefixes {
  readonly folders: readonly Prefix[];
  readonly files: readonly Prefix[];
  /** Families by path, as far as they were asked for. */
  readonly answers: Map<string, string | undefined>;
}

const tables = new WeakMap<Catalog, Prefixes>();

function prefixTable(catalog: Catalog): Prefixes {
  const known = tables.get(catalog);
  if (known) return known;
  const all = catalog.families.flatMap(({ id, headers = [] }) => headers.map((prefix) => ({ prefix, family: id })));
  const table = {
    folders: all.filter(({ prefix }) => prefix.includes("/")),
    files: all.filter(({ prefix }) => !prefix.includes("/")),
    answers: new Map<string, string | undefined>(),
  };
  tables.set(catalog, table);
  return table;
}
