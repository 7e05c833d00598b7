import { complexityOf } from "../model/complexity.ts";
import type { FileKernel } from "../model/inventory.ts";
import type { KernelFeature } from "../model/vocabulary.ts";

/** Told of a body without loops in which threads exchange nothing; see `extract/cuda/archetype.ts`. */
const NO_EXCHANGE = "idiom:no-loop-no-exchange";
const EXCHANGES: readonly KernelFeature[] = [
  "shared-memory",
  "dynamic-shared-memory",
  "block-sync",
  "warp-shuffle",
  "atomics",
  "cooperative-groups",
  "mma-ptx",
  "wmma",
  "wgmma",
];

/**
 * What a kernel is once the device functions it calls are known: a body of one line that hands over to a tensor-core
 * routine is no element-wise kernel.
 */
export function kernelClass(
  kernel: Pick<FileKernel, "archetype" | "complexity" | "dialect" | "signals">,
  features: readonly KernelFeature[],
): Pick<FileKernel, "archetype" | "complexity"> {
  if (kernel.dialect !== "cuda") return { archetype: kernel.archetype, complexity: kernel.complexity };
  const isRefuted = kernel.signals.includes(NO_EXCHANGE) && EXCHANGES.some((feature) => features.includes(feature));
  const archetype = isRefuted ? null : kernel.archetype;
  return { archetype, complexity: complexityOf(new Set(features), archetype) };
}
