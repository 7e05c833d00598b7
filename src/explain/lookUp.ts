/** What a name means: which usage a scan would make of it. */
import type { Catalog } from "../model/catalog.ts";
import { nearNames } from "../model/nearNames.ts";
import type { RuleSet } from "../model/rule.ts";
import type { UsageKind } from "../model/vocabulary.ts";

export interface KnownName {
  readonly symbol: string;
  readonly family: string;
  readonly kind: UsageKind;
}

/** Operators are asked for by canonical name too (`aten::scatter_add`). */
const ATEN = "aten::";
const PTX = "ptx:";

/** Longest module, namespace or package prefix that fits. */
function familyByPrefix(catalog: Catalog, symbol: string): KnownName | undefined {
  let best: { family: string; length: number } | undefined;
  for (const { id, modules = [], namespaces = [], packages = [] } of catalog.families) {
    const dotted = [...modules, ...packages].filter((prefix) => symbol === prefix || symbol.startsWith(`${prefix}.`));
    const scoped = namespaces.filter((prefix) => symbol.startsWith(`${prefix}::`));
    const length = Math.max(0, ...[...dotted, ...scoped].map((prefix) => prefix.length));
    if (length > (best?.length ?? 0)) best = { family: id, length };
  }
  return best && { symbol, family: best.family, kind: symbol.includes("::") ? "type" : "call" };
}

/** Patterns that rules write out in full: names that somebody knows even when no catalog entry does. */
function namedByRule(ruleSets: readonly RuleSet[], symbol: string): boolean {
  return ruleSets.some(
    ({ rules, symbolRule }) => symbolRule(symbol) !== undefined || rules.some((rule) => rule.match.includes(symbol)),
  );
}

function kindOfPlain(symbol: string): Pick<KnownName, "kind" | "family"> {
  if (symbol.startsWith("device:")) return { kind: "string", family: "torch-device" };
  if (symbol.startsWith("backend:")) return { kind: "string", family: "torch-distributed" };
  if (/^(?:pip|conda|apt|docker):/.test(symbol)) return { kind: "package", family: "packages" };
  return { kind: "build", family: "build" };
}

/** The usage that a scan would make of this name; undefined for a name that nothing knows. */
export function lookUp(name: string, catalog: Catalog, ruleSets: readonly RuleSet[]): KnownName | undefined {
  const entry = catalog.entries.get(name);
  if (entry) return { symbol: name, ...entry };
  if (catalog.operators.has(name)) return { symbol: name, family: "torch-op", kind: "op" };
  if (name.startsWith(ATEN) && new Set(catalog.operators.values()).has(name)) {
    return { symbol: name, family: "torch-op", kind: "op" };
  }
  if (name.startsWith(PTX)) return { symbol: name, family: "ptx", kind: "asm" };
  const byPrefix = familyByPrefix(catalog, name);
  if (namedByRule(ruleSets, name)) return byPrefix ?? { symbol: name, ...kindOfPlain(name) };
  if (suggestions(name, catalog, ruleSets, 1).length > 0) return undefined;
  return byPrefix;
}

/** Near names for a typo. */
export function suggestions(name: string, catalog: Catalog, ruleSets: readonly RuleSet[], most = 3): string[] {
  const names = new Set([...catalog.entries.keys(), ...catalog.operators.keys(), ...catalog.operators.values()]);
  for (const { rules } of ruleSets) {
    for (const rule of rules) {
      for (const pattern of rule.match) if (!/[*]$|^family:/.test(pattern)) names.add(pattern);
    }
  }
  return nearNames(name, names, most);
}
