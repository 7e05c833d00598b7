/** How hard a kernel is to write again, told from its features. */
import type { Archetype, Complexity, KernelFeature } from "./vocabulary.ts";

/** First that fits wins: hardest first. */
const BY_FEATURE: readonly (readonly [Complexity, readonly KernelFeature[]])[] = [
  ["tensor-core", ["wmma", "mma-ptx", "wgmma", "tcgen05", "ldmatrix", "cutlass", "cute"]],
  ["async-pipeline", ["cp-async", "tma", "mbarrier", "cluster", "grid-sync"]],
  [
    "warp",
    ["warp-shuffle", "warp-vote", "warp-match", "warp-reduce", "warp-sync", "active-mask", "cooperative-groups", "cub"],
  ],
  [
    "tile",
    ["shared-memory", "dynamic-shared-memory", "block-sync", "atomics", "texture", "surface", "dynamic-parallelism"],
  ],
];

export function complexityOf(features: ReadonlySet<KernelFeature>, archetype: Archetype | null): Complexity {
  const found = BY_FEATURE.find(([, marks]) => marks.some((mark) => features.has(mark)))?.[0] ?? "elementwise";
  if (archetype === "attention" && found !== "elementwise") return "fused-attention";
  return found;
}
