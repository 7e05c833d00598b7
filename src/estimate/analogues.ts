import type { Analogue, EffortModel } from "../model/effortModel.ts";
import type { Inventory } from "../model/inventory.ts";
import type { WorkPlan } from "../model/plan.ts";
import type { TargetReport } from "../model/report.ts";

const MOST = 3;
/** What another strategy, no common feature, or an unstated effort is worth in distance: a factor of e in size. */
const APART = 1;
const UNKNOWN_SIZE = 2;

/** API families and kernel classes of the project's own code. */
function featuresOf({ usages, kernels }: Inventory): ReadonlySet<string> {
  const features = new Set<string>();
  for (const { family, vendored } of usages) if (!vendored) features.add(family);
  for (const { complexity, vendored } of kernels) if (!vendored) features.add(complexity);
  return features;
}

/** Share of the features that only one side has; what no analogue lists does not count. */
function unlike(port: Analogue, features: ReadonlySet<string>, listed: ReadonlySet<string>): number {
  const own = [...features].filter((feature) => listed.has(feature));
  const common = port.features.filter((feature) => features.has(feature)).length;
  const all = own.length + port.features.length - common;
  return all === 0 ? 0 : 1 - common / all;
}

/** The nearest real ports on the same target: by size, strategy and features, those that state their whole effort first. */
export function nearestPorts(
  plan: WorkPlan,
  inventory: Inventory,
  target: string,
  model: EffortModel,
): TargetReport["analogues"] {
  if (plan.items.length === 0) return [];
  const features = featuresOf(inventory);
  const ports = model.analogues.filter((port) => port.target === target);
  const listed = new Set(ports.flatMap((port) => port.features));
  const size = plan.openKsloc + plan.readyKsloc;
  const far = (port: Analogue) =>
    (port.ksloc === null ? UNKNOWN_SIZE : Math.abs(Math.log((port.ksloc + 0.1) / (size + 0.1)))) +
    (port.strategy === plan.strategy ? 0 : APART) +
    APART * unlike(port, features, listed) +
    (port.effort === null || port.lowerBound ? APART : 0);
  return ports
    .map((port) => ({ port, far: far(port) }))
    .sort((a, b) => a.far - b.far || (a.port.project < b.port.project ? -1 : 1))
    .slice(0, MOST)
    .map(({ port: { project, ksloc, effort, unit, source } }) => ({ project, ksloc, effort, unit, source }));
}
