import type { Catalog, CatalogData, CatalogEntry } from "../model/catalog.ts";
import type { UsageKind } from "../model/vocabulary.ts";

/** Builds the look-up tables of the catalog from its compiled data. */
export function buildCatalog(data: CatalogData & { readonly digest: string }): Catalog {
  const entries = new Map<string, CatalogEntry>();
  for (const [family, byKind] of Object.entries(data.symbols)) {
    for (const [kind, names] of Object.entries(byKind)) {
      const entry: CatalogEntry = { family, kind: kind as UsageKind };
      for (const name of names.split(" ")) entries.set(name, entry);
    }
  }
  const shapes = data.families
    .filter((family) => family.shape !== undefined)
    .map((family) => ({ id: family.id, pattern: new RegExp(`^(?:${family.shape})$`) }));
  return {
    families: data.families,
    entries,
    operators: new Map(Object.entries(data.operators)),
    operatorForms: new Map(Object.entries(data.operatorForms)),
    models: new Map(Object.entries(data.models)),
    familyByShape: (name) => shapes.find((shape) => shape.pattern.test(name))?.id,
    digest: data.digest,
  };
}
