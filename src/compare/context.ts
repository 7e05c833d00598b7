/**
 * What a gate must know of the whole base revision, beside its changed files: enough to link changed files as the whole
 * project would, and to price what they add. Plain JSON, a fraction of the inventory, kept per tree.
 */
import { emptyInventory } from "../model/emptyInventory.ts";
import type { Finding } from "../model/finding.ts";
import type { FileInventory, Inventory } from "../model/inventory.ts";
import type { TestsMode } from "../model/plan.ts";
import { count, kernelAt, type Tally } from "./tally.ts";

/** What a file lends to others: names it defines, device functions, where to find more. */
type Lender = Pick<FileInventory, "path" | "language" | "defines" | "includes" | "deviceFunctions">;

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
    lenders: files
      .filter((file) => file.defines.length + file.includes.length + file.deviceFunctions.length > 0)
      .map(({ path, language, defines, includes, deviceFunctions }) => ({
        path,
        language,
        defines,
        includes,
        deviceFunctions,
      })),
    tallies: Object.fromEntries(tallies),
    signals: [...new Set(inventory.signals.map((signal) => signal.name))].sort(),
  };
}

/** Unchanged files as far as linking needs them: they lend, and have no usages of their own here. */
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
  return files.some(
    (file) =>
      file.kernels.some((kernel) => kernel.calls.length > 0) || file.usages.some((usage) => usage.unlisted === true),
  );
}
