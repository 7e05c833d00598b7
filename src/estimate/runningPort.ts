/** What a port that already runs takes off an estimate, so that nobody mistakes the rest for a port. */
import type { EffortModel } from "../model/effortModel.ts";
import type { Finding } from "../model/finding.ts";
import type { Inventory } from "../model/inventory.ts";
import type { EstimateOptions, WorkPlan } from "../model/plan.ts";
import type { TargetReport } from "../model/report.ts";
import { isOpen } from "../plan/cause.ts";
import { planWork } from "../plan/plan.ts";
import { estimateEffort } from "./estimate.ts";

/** Signs, the usages that are only looked at, and the days of the same as a port; null without a running port. */
export function runningPortOf(
  { running, strategy }: WorkPlan,
  findings: readonly Finding[],
  inventory: Inventory,
  model: EffortModel,
  options: EstimateOptions,
): TargetReport["runningPort"] {
  if (!running) return null;
  const lookedAt = findings.filter((one) => isOpen(one) && !one.usage.vendored && running.covers(one.usage.path));
  const asPort = { ...options, strategy };
  const { effort } = estimateEffort(planWork(findings, inventory, asPort), inventory, model, asPort);
  const days = effort && { p10: effort.p10, p50: effort.p50, p90: effort.p90 };
  return { signs: [...running.signs], usages: lookedAt.length, asPort: days };
}
