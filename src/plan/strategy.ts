import type { Inventory } from "../model/inventory.ts";
import type { PortUnit } from "../model/rule.ts";
import type { Strategy, Workload } from "../model/vocabulary.ts";

/**
 * How the port would be carried, from what the repository already has: an alias header is extended, a PyTorch
 * extension is hipified at build time, everything else is converted in place. A target that is not programmed
 * like a GPU is a new backend.
 */
export function inferStrategy(inventory: Inventory, unit: PortUnit): Strategy {
  if (unit !== "source") return "new-backend";
  const signals = new Set(inventory.signals.map((signal) => signal.name));
  if (signals.has("alias-header")) return "alias-header";
  if (signals.has("hipify") || signals.has("cuda-extension")) return "hipify-build";
  return "in-place";
}

/** `auto` is what the code contains; on a target that cannot train it is inference. */
export function resolveWorkload(asked: Workload, inventory: Inventory, trains: boolean): Exclude<Workload, "auto"> {
  if (asked !== "auto") return asked;
  const trainingCode = inventory.signals.some((signal) => signal.name === "training-loop");
  return trainingCode && trains ? "training" : "inference";
}
