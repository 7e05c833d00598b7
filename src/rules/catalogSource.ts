/** Reads `rules/catalog` as people write it. Only the build and the rule commands come here. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import type { CatalogData, Family } from "../model/catalog.ts";
import type { UsageKind } from "../model/vocabulary.ts";
import { readOperatorForms } from "./operatorForms.ts";

/** `name<TAB>value` lines; `#` begins a comment line. */
export function readPairs(file: string): [string, string][] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split("\t", 2) as [string, string]);
}

/** `symbols/<family>.tsv` holds `name<TAB>kind`; `operators.tsv` and `models.tsv` hold `as written<TAB>canonical`. */
export function readCatalogSource(dir: string): CatalogData {
  const families = parse(readFileSync(join(dir, "families.yaml"), "utf8")) as Family[];
  const symbols: Record<string, Partial<Record<UsageKind, string>>> = {};
  for (const file of readdirSync(join(dir, "symbols")).sort()) {
    const byKind: Partial<Record<UsageKind, string[]>> = {};
    for (const [name, kind] of readPairs(join(dir, "symbols", file))) {
      const names = (byKind[kind as UsageKind] ??= []);
      names.push(name);
    }
    symbols[basename(file, ".tsv")] = Object.fromEntries(
      Object.entries(byKind).map(([kind, names]) => [kind, names.join(" ")]),
    );
  }
  return {
    families,
    symbols,
    operators: Object.fromEntries(readPairs(join(dir, "operators.tsv"))),
    operatorForms: readOperatorForms(join(dir, "operatorForms.tsv")),
    models: Object.fromEntries(readPairs(join(dir, "models.tsv"))),
  };
}
