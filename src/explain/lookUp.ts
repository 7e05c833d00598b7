/** What a name means: which usage a scan would make of it. */
import type { Catalog } from "../model/catalog.ts";
import { editDistance, nearNames } from "../model/nearNames.ts";
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
  const [near] = suggestions(name, catalog, ruleSets, 1);
  if (near === undefined && byPrefix) return byPrefix;
  return near !== undefined && isTypo(name, near) ? undefined : byShape(name, catalog, ruleSets);
}

/** A name within so many edits of a known one is that name. */
const TYPO = 2;

function isTypo(name: string, near: string): boolean {
  return editDistance(name.toLowerCase(), near.toLowerCase(), TYPO) <= TYPO;
}

/** A name that only its shape gives to a family, where every target has a rule for such names. */
function byShape(name: string, catalog: Catalog, ruleSets: readonly RuleSet[]): KnownName | undefined {
  const family = catalog.familyByShape(name);
  if (family === undefined) return undefined;
  const fits = (pattern: string) =>
    pattern === `family:${family}` ||
    (pattern.endsWith("*") && pattern !== "*" && name.startsWith(pattern.slice(0, -1)));
  const isAnswered = ruleSets.every(({ rules }) => rules.some((rule) => !rule.kinds && rule.match.some(fits)));
  return isAnswered ? { symbol: name, family, kind: "call" } : undefined;
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
