/** Loads what `npm run build` compiled from `rules/`. Everything is read on first use only. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Catalog, CatalogData } from "../model/catalog.ts";
import type { RuleSetData, TargetManifest } from "../model/rule.ts";
import { buildCatalog } from "./catalog.ts";

/** Sources and compiled code stand one folder below the package root alike, so this holds under test and installed. */
const COMPILED = fileURLToPath(new URL("../../dist/rules/", import.meta.url));

function readCompiled<T>(name: string): T {
  return JSON.parse(readFileSync(`${COMPILED}${name}.json`, "utf8")) as T;
}

interface Index {
  /** Digest of catalog, rules and effort model. */
  readonly ruleset: string;
  /** Digest of the readers' code and the catalog: what decides a file's inventory, and so names a cache. */
  readonly reader: string;
  /** Digest of all code: with `ruleset`, what decides a report. */
  readonly tool: string;
  /** Ids of the shipped targets. */
  readonly targets: readonly string[];
}

let index: Index | undefined;

export function rulesIndex(): Index {
  index ??= readCompiled<Index>("index");
  return index;
}

export function loadCatalog(): Catalog {
  return buildCatalog(readCompiled<CatalogData & { digest: string }>("catalog"));
}

/** Manifests of all shipped targets, without their rules. */
export function loadManifests(): TargetManifest[] {
  return readCompiled<TargetManifest[]>("manifests");
}

/** The compiled data of one shipped target, before a user's rules are laid over it. */
export function loadRuleSetData(target: string): RuleSetData {
  return readCompiled<RuleSetData>(target);
}
