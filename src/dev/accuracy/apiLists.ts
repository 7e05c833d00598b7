/** Is every name of an API list known? Asked the way in which a scan would meet the name. */
import { inspect } from "../../extract/inspect.ts";
import type { Catalog } from "../../model/catalog.ts";

export interface ListedName {
  readonly name: string;
  readonly family: string;
}

export interface ListScore {
  /** In the catalog, itself or as the class whose member it is. */
  readonly listed: readonly ListedName[];
  /** Of an NVIDIA namespace or shape, but in no list of ours. */
  readonly recognised: readonly ListedName[];
  readonly unknown: readonly string[];
}

/** First column of a comma-separated table, without its head and repetitions. */
export function namesOf(csv: string): readonly string[] {
  const [, ...rows] = csv.split(/\r?\n/);
  return [...new Set(rows.map((row) => (row.split(",", 1)[0] ?? "").trim()).filter((name) => name !== ""))];
}

export function scoreList(names: readonly string[], catalog: Catalog): ListScore {
  const score = { listed: [] as ListedName[], recognised: [] as ListedName[], unknown: [] as string[] };
  for (const name of names) {
    const listed = familyInCatalog(name, catalog);
    if (listed !== undefined) {
      score.listed.push({ name, family: listed });
      continue;
    }
    const family = familyByNamespace(name, catalog) ?? catalog.familyByShape(name);
    if (family === undefined) score.unknown.push(name);
    else score.recognised.push({ name, family });
  }
  return score;
}

/** Lists of PTX instructions give bare opcodes: one is known when the scanner reads it out of an `asm` statement. */
export function scoreOpcodes(opcodes: readonly string[], catalog: Catalog): ListScore {
  const statements = opcodes.map((opcode) => `  asm volatile("${opcode}.b32 %0, %1;" : "=r"(x) : "r"(x));`);
  const text = `__global__ void k(int x) {\n${statements.join("\n")}\n}\n`;
  const { usages } = inspect({ path: "opcodes.cu", language: "cuda", text, bytes: text.length }, catalog);
  const read = new Set(usages.filter(({ kind }) => kind === "asm").map(({ symbol }) => symbol));
  const isRead = (opcode: string) => read.has(`ptx:${opcode}.b32`);
  return {
    listed: opcodes.filter(isRead).map((name) => ({ name: `ptx:${name}`, family: "ptx" })),
    recognised: [],
    unknown: opcodes.filter((opcode) => !isRead(opcode)),
  };
}

function familyInCatalog(name: string, { entries }: Catalog): string | undefined {
  const entry = entries.get(name) ?? entries.get(name.slice(0, Math.max(0, name.lastIndexOf("::"))));
  return entry?.family;
}

function familyByNamespace(name: string, { families }: Catalog): string | undefined {
  return families.find(({ namespaces = [] }) => namespaces.some((namespace) => name.startsWith(`${namespace}::`)))?.id;
}
