import type { EffortModel } from "../model/effortModel.ts";
import type { PlannedItem, WorkPlan } from "../model/plan.ts";
import type { TargetReport } from "../model/report.ts";
import type { PricedItem } from "./estimate.ts";
import { rangeOf } from "./range.ts";

const MOST = 5;
const LEAST_SHARE = 0.02;

/** Every port has these, and nothing about this code settles them: the widest stands for all. */
function isGeneral({ kind }: PlannedItem): boolean {
  return kind === "build" || kind === "repair" || kind === "validation" || kind === "tuning";
}

/** The few items that most of the way from P50 to P90 comes from, each with how to find out. */
export function driversOf(priced: readonly PricedItem[], plan: WorkPlan, model: EffortModel): TargetReport["drivers"] {
  const excess = priced.map((part) => {
    const { p50, p90 } = rangeOf([part], plan.unit, model);
    return p90 - p50;
  });
  const whole = excess.reduce((sum, value) => sum + value, 0);
  if (whole === 0) return [];
  const known = priced
    .map(({ item }, index) => ({ item, share: (excess[index] ?? 0) / whole }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - a.share || (a.item.id < b.item.id ? -1 : 1));
  const [general] = known.filter(({ item }) => isGeneral(item));
  const telling = known.filter(({ item }) => !isGeneral(item)).slice(0, general ? MOST - 1 : MOST);
  return known
    .filter((driver) => driver === general || telling.includes(driver))
    .map(({ item, share }) => ({
      workItem: item.id,
      shareOfP90: Math.round(share * 1000) / 1000,
      settle: item.settle,
    }));
}
