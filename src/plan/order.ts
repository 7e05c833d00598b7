import type { PlannedItem, PlannedKind } from "../model/plan.ts";

/** Build first, then the mechanical pass, its repair, the causes, the kernels, several nodes, validation, tuning. */
const PHASE: Readonly<Record<PlannedKind, number>> = {
  build: 0,
  free: 0,
  mechanical: 1,
  repair: 2,
  usages: 3,
  kernel: 3,
  validation: 5,
  tuning: 6,
};
const MULTI_NODE = 4;
const MULTI_NODE_CATEGORIES = new Set(["nccl", "nvshmem", "distributed", "multi-node"]);

function phaseOf(item: PlannedItem): number {
  return item.kind === "usages" && MULTI_NODE_CATEGORIES.has(item.category) ? MULTI_NODE : PHASE[item.kind];
}

/**
 * Sorts items by phase and sets `after`. Work on causes and kernels waits for the converted code to compile
 * (or the build); several nodes for one; validation for everything; blocked and free items wait for nothing.
 */
export function withOrder(items: readonly PlannedItem[]): PlannedItem[] {
  const sorted = [...items].sort((a, b) => phaseOf(a) - phaseOf(b) || (a.id < b.id ? -1 : 1));
  const idsOf = (phases: readonly number[]) =>
    sorted
      .filter((item) => item.kind !== "free" && item.verdict !== "blocked" && phases.includes(phaseOf(item)))
      .map((item) => item.id);
  const build = idsOf([0]);
  const mechanical = idsOf([1]);
  const repair = idsOf([2]);
  const compiled = [repair, mechanical, build].find((ids) => ids.length > 0) ?? [];
  const before: readonly (readonly string[])[] = [
    [],
    build,
    mechanical.length > 0 ? mechanical : build,
    compiled,
    compiled,
    idsOf([1, 2, 3, MULTI_NODE]),
    idsOf([5]),
  ];
  return sorted.map((item) => ({
    ...item,
    after: item.kind === "free" || item.verdict === "blocked" ? [] : (before[phaseOf(item)] ?? []),
  }));
}
