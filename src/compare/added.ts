/** Days that a change adds: what its causes cost with it less what they cost without, never below zero per cause. */
import { apisOf, classDays, isNeeded, kernelDays, NO_WORK, type Price } from "../estimate/price.ts";
import { type Part, rangeOf } from "../estimate/range.ts";
import { fromCents, toCents } from "../estimate/round.ts";
import type { EffortModel, FormulaClass } from "../model/effortModel.ts";
import type { EstimateOptions, WorkPlan } from "../model/plan.ts";
import type { Days } from "../model/report.ts";
import type { PriceClass } from "../model/rule.ts";
import { TRAINING_CAUSE } from "../plan/wording.ts";
import type { CauseTally, Tally } from "./tally.ts";

export interface PricingContext {
  readonly model: EffortModel;
  readonly plan: Pick<WorkPlan, "unit" | "workload">;
  readonly options: Pick<EstimateOptions, "team" | "goal">;
}

const NOTHING: CauseTally = { cause: "", verdict: "native", classes: {}, pieces: {}, waysOut: [] };

function symbolPrice(symbols: Readonly<Record<string, number>>, price: FormulaClass, model: EffortModel): Price {
  const used = Object.entries(symbols).filter(([, times]) => times > 0);
  if (used.length === 0) return NO_WORK;
  const occurrences = used.reduce((sum, [, times]) => sum + times, 0);
  return classDays(model.prices[price], apisOf(new Set(used.map(([symbol]) => symbol))), occurrences, model);
}

function piecesPrice({ pieces }: CauseTally, context: PricingContext): Price {
  const { model, plan } = context;
  const kernels = Object.values(pieces).filter((piece) => piece.uses > 0);
  const items = new Set(kernels.map((piece) => piece.item));
  if (items.size === 0) return NO_WORK;
  const { floorLines, floorRate, floorExponent } = floorsOf(context);
  // `kernelDays` prices one item; n items of a cause share their frames as the estimate shares them: n^exponent frames.
  const one = kernelDays(kernels, { model, plan, kernelItems: items.size });
  const further = (items.size - 1) * items.size ** (floorExponent - 1) * (floorLines / floorRate);
  return { ...one, days: one.days + further };
}

function floorsOf({ model, plan }: PricingContext) {
  const { floorLines, floorRate } = model.kernel.byUnit[plan.unit];
  return { floorLines: floorLines.value, floorRate: floorRate.value, floorExponent: model.kernel.floorExponent.value };
}

function priceAs(entry: CauseTally, price: PriceClass, context: PricingContext): Price {
  if (!isNeeded(price, context.plan)) return NO_WORK;
  if (price === "none") return NO_WORK;
  if (price === "kernel") return piecesPrice(entry, context);
  const merged: Record<string, number> = {};
  for (const symbols of Object.values(entry.classes)) {
    for (const [symbol, times] of Object.entries(symbols)) merged[symbol] = (merged[symbol] ?? 0) + times;
  }
  return symbolPrice(merged, price, context.model);
}

/** A blocker costs its cheapest way out; one without a price adds a blocker and no days. */
function priceOfEntry(entry: CauseTally, context: PricingContext): Price {
  if (entry.verdict === "blocked") {
    // As in the plan: what cannot be trained there can be run there and trained elsewhere, for nothing.
    if (entry.cause === TRAINING_CAUSE && context.plan.workload === "inference") return NO_WORK;
    const ways = entry.waysOut.map((price) => priceAs(entry, price, context));
    return ways.reduce((best, way) => (way.days < best.days ? way : best), ways[0] ?? NO_WORK);
  }
  let days = 0;
  let widest = NO_WORK;
  for (const [price, symbols] of Object.entries(entry.classes) as [PriceClass, Record<string, number>][]) {
    if (price === "none" || !isNeeded(price, context.plan)) continue;
    const part = price === "kernel" ? piecesPrice(entry, context) : symbolPrice(symbols, price, context.model);
    days += part.days;
    if (part.days > widest.days) widest = part;
  }
  return { ...widest, days };
}

/** A cause that costs more after the change than before. */
export interface AddedCause extends Part {
  readonly key: string;
}

/** `touched`: causes that new usages enter; what merely moves elsewhere adds nothing. */
export function addedCauses(
  base: Tally,
  head: Tally,
  touched: ReadonlySet<string>,
  context: PricingContext,
): AddedCause[] {
  const { model, options } = context;
  const { validation, tuning, team } = model;
  // Validation and tuning are shares of the whole, as in the estimate.
  const factor = team[options.team].value / (1 - validation.share.value - tuning[options.goal].value);
  const added: AddedCause[] = [];
  for (const key of [...touched].sort()) {
    const after = priceOfEntry(head[key] ?? NOTHING, context);
    const before = priceOfEntry(base[key] ?? NOTHING, context);
    const days = Math.max(0, after.days - before.days) * factor;
    if (days > 0) added.push({ key, days, logSd: after.logSd });
  }
  return added.sort((a, b) => b.days - a.days || (a.key < b.key ? -1 : 1));
}

export function daysAdded(causes: readonly AddedCause[], { model, plan }: PricingContext): Days {
  const { p10, p50, p90 } = rangeOf(causes, plan.unit, model);
  return { p10: rounded(p10), p50: rounded(p50), p90: rounded(p90) };
}

function rounded(days: number): number {
  return fromCents(toCents(days));
}
