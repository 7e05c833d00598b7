import type { Analogue, EffortModel } from "../model/effortModel.ts";
import type { WorkPlan } from "../model/plan.ts";
import type { TargetReport } from "../model/report.ts";

const MOST = 3;
/** What another strategy is worth in distance: about as much as a factor of e in size. */
const OTHER_STRATEGY = 1;
const UNKNOWN_SIZE = 2;

function distance(port: Analogue, plan: WorkPlan): number {
  const size = port.ksloc === null ? UNKNOWN_SIZE : Math.abs(Math.log((port.ksloc + 0.1) / (plan.gpuKsloc + 0.1)));
  return size + (port.strategy === plan.strategy ? 0 : OTHER_STRATEGY);
}

/** The nearest real ports on the same target: by size and strategy, those that state an effort first. */
export function nearestPorts(plan: WorkPlan, target: string, model: EffortModel): TargetReport["analogues"] {
  if (plan.items.length === 0) return [];
  return model.analogues
    .filter((port) => port.target === target)
    .map((port) => ({ port, far: distance(port, plan) + (port.effort === null ? OTHER_STRATEGY : 0) }))
    .sort((a, b) => a.far - b.far || (a.port.project < b.port.project ? -1 : 1))
    .slice(0, MOST)
    .map(({ port: { project, ksloc, effort, unit, source } }) => ({ project, ksloc, effort, unit, source }));
}
