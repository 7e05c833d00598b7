/** How an item's days fall on files. */
import type { EffortModel } from "../model/effortModel.ts";
import type { FilePart, PlannedItem } from "../model/plan.ts";

export interface FileShare {
  readonly path: string;
  readonly component: string;
  /** Of the item's days; the shares of an item add up to 1. */
  readonly share: number;
}

function weightOf(part: FilePart, item: PlannedItem, model: EffortModel): number {
  const { perApi, perRoot, repairExponent } = model.fileShare;
  if (item.kind === "repair") return Math.max(1, part.sloc) ** repairExponent.value;
  if (item.kind === "kernel") {
    const { complexity, strayLines } = model.kernel;
    const lines = item.kernels
      .filter((kernel) => kernel.path === part.path)
      .reduce((sum, kernel) => sum + (kernel.sloc || strayLines.value) * complexity[kernel.complexity].value, 0);
    return Math.max(1, lines);
  }
  return (
    1 + perApi.value * (part.apis - 1) ** model.apiExponent.value + perRoot.value * (Math.sqrt(part.occurrences) - 1)
  );
}

export function sharesOf(item: PlannedItem, model: EffortModel): FileShare[] {
  const weights = item.files.map((part) => weightOf(part, item, model));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return item.files.map(({ path, component }, index) => ({ path, component, share: (weights[index] ?? 0) / whole }));
}
