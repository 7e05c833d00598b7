/** How an item's days fall on files. */
import type { EffortModel } from "../model/effortModel.ts";
import type { FilePart, PlannedItem } from "../model/plan.ts";
import { linesByFile } from "./price.ts";

export interface FileShare {
  readonly path: string;
  readonly component: string;
  /** Of the item's days; the shares of an item add up to 1. */
  readonly share: number;
}

function weightOf(part: FilePart, item: PlannedItem, model: EffortModel): number {
  const { perApi, perRoot, repairExponent } = model.fileShare;
  if (item.kind === "repair") {
    return Math.max(1, part.sloc) ** repairExponent.value * (part.apis > 0 ? 1 : model.fixed.nativeWeight.value);
  }
  if (item.kind === "kernel") {
    return Math.max(1, linesByFile(item.kernels, model, () => part.sloc).get(part.path) ?? 0);
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
