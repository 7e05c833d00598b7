/**
 * What a gate must know of the whole base revision, beside its changed files: enough to link changed files as the whole
 * project would, and to price what they add. Plain JSON, a fraction of the inventory, kept per commit.
 */
import type { Finding } from "../model/finding.ts";
import type { FileInventory, Inventory } from "../model/inventory.ts";
import type { TestsMode } from "../model/plan.ts";
import { type Lenders, lendersOf, NO_LENDERS } from "./lenders.ts";
import { count, kernelAt, type Tally } from "./tally.ts";

export interface BaseContext {
  readonly lenders: Lenders;
  /** By target key. */
  readonly tallies: Readonly<Record<string, Tally>>;
  /** Names of the project's signals. */
  readonly signals: readonly string[];
}

export const EMPTY_CONTEXT: BaseContext = { lenders: NO_LENDERS, tallies: {}, signals: [] };

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
    lenders: lendersOf(files),
    tallies: Object.fromEntries(tallies),
    signals: [...new Set(inventory.signals.map((signal) => signal.name))].sort(),
  };
}
