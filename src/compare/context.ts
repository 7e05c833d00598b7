/**
 * What a gate must know of the whole base revision, beside its changed files: enough to link changed files as the whole
 * project would, and to price what they add. Plain JSON, a fraction of the inventory, kept per tree.
 */

import { JIT_DIALECTS } from "../link/jitHelpers.ts";
import { emptyInventory } from "../model/emptyInventory.ts";
import type { Finding } from "../model/finding.ts";
import type { FileInventory, FileUsage, Inventory } from "../model/inventory.ts";
import type { TestsMode } from "../model/plan.ts";
import { count, kernelAt, type Tally } from "./tally.ts";

/** What a file lends to others: names it defines and hands on, device functions, where to find more, what it starts. */
type Lender = Pick<
  FileInventory,
  "path" | "language" | "defines" | "includes" | "deviceFunctions" | "exports" | "kernels" | "usages"
>;

function launchesIn({ usages }: FileInventory): FileUsage[] {
  const bySymbol = new Map(
    usages
      .filter(({ kind }) => kind === "launch")
      .map(({ kind, symbol, family }) => [symbol, { kind, symbol, family }]),
  );
  return [...bySymbol.values()].map((usage) => ({ ...usage, line: 1, column: 1 }));
}

function isPackage({ path, language }: FileInventory): boolean {
  return language === "python" && path.endsWith("/__init__.py");
}

/** Undefined: nothing that another file could need. */
function lenderOf(file: FileInventory): Lender | undefined {
  const { path, language, defines, includes, deviceFunctions, exports } = file;
  // Kernels of these dialects may be helpers of others, which takes all kernels and launches to tell.
  const kernels = file.kernels.filter(({ dialect }) => JIT_DIALECTS.has(dialect));
  const usages = launchesIn(file);
  const lent = defines.length + includes.length + deviceFunctions.length + kernels.length + usages.length;
  if (lent === 0 && !exports && !isPackage(file)) return undefined;
  return { path, language, defines, includes, deviceFunctions, kernels, usages, ...(exports ? { exports } : {}) };
}

export interface BaseContext {
  readonly lenders: readonly Lender[];
  /** By target key. */
  readonly tallies: Readonly<Record<string, Tally>>;
  /** Names of the project's signals. */
  readonly signals: readonly string[];
}

export const EMPTY_CONTEXT: BaseContext = { lenders: [], tallies: {}, signals: [] };

export function baseContext(
  files: readonly FileInventory[],
  inventory: Inventory,
  findings: Readonly<Record<string, readonly Finding[]>>,
  tests: TestsMode,
): BaseContext {
  const kernels = kernelAt(inventory.kernels);
  const tallies = Object.entries(findings).map(([key, own]): [string, Tally] => {
    const tally: Tally = {};
    count(tally, own, kernels, tests, 1);
    return [key, tally];
  });
  return {
    lenders: files.map(lenderOf).filter((lender) => lender !== undefined),
    tallies: Object.fromEntries(tallies),
    signals: [...new Set(inventory.signals.map((signal) => signal.name))].sort(),
  };
}

/** Unchanged files as far as linking needs them. What they use themselves is not of the change: drop it after linking. */
export function lendersBeside(context: BaseContext, changed: ReadonlySet<string>): FileInventory[] {
  return context.lenders
    .filter(({ path }) => !changed.has(path))
    .map((lender) => ({
      ...emptyInventory({ path: lender.path, language: lender.language, bytes: 0 }, "parsed"),
      ...lender,
    }));
}

/** True when linking these files alone could tell something else than linking the whole project. */
export function needsLenders(files: readonly FileInventory[]): boolean {
  return files.some(({ usages, kernels, references = [] }) => usages.length + kernels.length + references.length > 0);
}
