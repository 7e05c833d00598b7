/** What unchanged files lend to changed ones, so that linking the few tells what linking all would. Plain JSON. */
import { JIT_DIALECTS } from "../link/jitHelpers.ts";
import { emptyInventory } from "../model/emptyInventory.ts";
import type { Exports, FileInventory, FileUsage } from "../model/inventory.ts";

/** Names that a file defines, device functions, where to find more, what it starts. */
type Lender = Pick<
  FileInventory,
  "path" | "language" | "defines" | "includes" | "deviceFunctions" | "kernels" | "usages" | "handsOn"
>;

export interface Lenders {
  readonly files: readonly Lender[];
  /** A Python module by its dotted path, with what it hands on as JSON: most are never looked at. */
  readonly modules: Readonly<Record<string, { readonly path: string; readonly exports: string }>>;
}

export const NO_LENDERS: Lenders = { files: [], modules: {} };

function launchesIn({ usages }: FileInventory): FileUsage[] {
  const bySymbol = new Map(
    usages
      .filter(({ kind }) => kind === "launch")
      .map(({ kind, symbol, family }) => [symbol, { kind, symbol, family }]),
  );
  return [...bySymbol.values()].map((usage) => ({ ...usage, line: 1, column: 1 }));
}

/** A folder that may make the project a package of that name: deeper ones do not tell. */
function isTopPackage({ path, language }: FileInventory): boolean {
  return language === "python" && path.endsWith("/__init__.py") && path.split("/").length <= 4;
}

function lenderOf(file: FileInventory): Lender[] {
  const { path, language, defines, includes, deviceFunctions, handsOn } = file;
  // Kernels of these dialects may be helpers of others, which takes all kernels and launches to tell.
  const kernels = file.kernels.filter(({ dialect }) => JIT_DIALECTS.has(dialect));
  const usages = launchesIn(file);
  const lent = defines.length + includes.length + deviceFunctions.length + kernels.length + usages.length;
  if (lent === 0 && handsOn === undefined && !isTopPackage(file)) return [];
  return [
    {
      path,
      language,
      defines,
      includes,
      deviceFunctions,
      kernels,
      usages,
      ...(handsOn === undefined ? {} : { handsOn }),
    },
  ];
}

export function lendersOf(files: readonly FileInventory[]): Lenders {
  const modules = files.flatMap(({ path, exports }) =>
    exports ? [[exports.module, { path, exports: JSON.stringify(exports) }] as const] : [],
  );
  return { files: files.flatMap(lenderOf), modules: Object.fromEntries(modules) };
}

/**
 * Modules that a name used in the changed files can lead through. A module is found by a dotted path that it begins, so
 * its last part stands among the parts of some name or folder; what it hands on under such a part leads further.
 */
function modulesNamedBy({ modules }: Lenders, changed: readonly FileInventory[]): Map<string, Exports> {
  const byLastPart = new Map<string, string[]>();
  for (const module of Object.keys(modules)) {
    const part = module.slice(module.lastIndexOf(".") + 1);
    byLastPart.set(part, [...(byLastPart.get(part) ?? []), module]);
  }
  const parts = new Set<string>();
  const pending: string[] = [];
  const open = (dotted: string) => {
    for (const part of dotted.split(/[./]/)) {
      if (parts.has(part)) continue;
      parts.add(part);
      pending.push(part);
    }
  };
  for (const { path, usages, references = [] } of changed) {
    if (usages.length + references.length > 0) open(path);
    for (const { symbol } of [...usages, ...references]) open(symbol);
  }
  const found = new Map<string, Exports>();
  const handedOn = new Map<string, string[]>();
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    for (const name of handedOn.get(part) ?? []) open(name);
    for (const module of byLastPart.get(part) ?? []) {
      const text = modules[module];
      if (!text || found.has(text.path)) continue;
      const exports = JSON.parse(text.exports) as Exports;
      found.set(text.path, exports);
      for (const [local, name] of Object.entries(exports.names)) {
        if (parts.has(local)) open(name);
        else handedOn.set(local, [...(handedOn.get(local) ?? []), name]);
      }
    }
  }
  return found;
}

/** Unchanged files as far as linking needs them. What they use themselves is not of the change: drop it after linking. */
export function lendersBeside(lenders: Lenders, changed: readonly FileInventory[]): FileInventory[] {
  const changedPaths = new Set(changed.map(({ path }) => path));
  const stubs = new Map<string, FileInventory>();
  for (const lender of lenders.files) {
    const { path, language } = lender;
    stubs.set(path, { ...emptyInventory({ path, language, bytes: 0 }, "parsed"), ...lender });
  }
  for (const [path, exports] of modulesNamedBy(lenders, changed)) {
    const stub = stubs.get(path) ?? emptyInventory({ path, language: "python", bytes: 0 }, "parsed");
    stubs.set(path, { ...stub, exports });
  }
  return [...stubs.values()].filter(({ path }) => !changedPaths.has(path));
}

/** True when linking these files alone could tell something else than linking the whole project. */
export function needsLenders(files: readonly FileInventory[]): boolean {
  return files.some(({ usages, kernels, references = [] }) => usages.length + kernels.length + references.length > 0);
}
