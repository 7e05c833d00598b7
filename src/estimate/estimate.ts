/** Engineer-days of a work plan: items, rows, totals, what the range hangs on. Pure and deterministic. */
import type { EffortModel } from "../model/effortModel.ts";
import type { Inventory } from "../model/inventory.ts";
import type { EstimateOptions, PlannedItem, WorkPlan } from "../model/plan.ts";
import type { Blocker, Days, Effort, TargetReport, WorkItem } from "../model/report.ts";
import { EVIDENCE_LEVELS } from "../model/vocabulary.ts";
import { nearestPorts } from "./analogues.ts";
import { driversOf } from "./drivers.ts";
import { itemPrice, NO_WORK, type Price, type PriceContext, shown, wayOutPrice } from "./price.ts";
import { type Part, rangeOf } from "./range.ts";
import { apportion, fromCents, toCents } from "./round.ts";
import { type FileShare, sharesOf } from "./shares.ts";

/** Everything of a target's report that speaks of effort. */
export type Estimate = Pick<
  TargetReport,
  | "strategy"
  | "workload"
  | "goal"
  | "evidence"
  | "effort"
  | "effortWithoutBlocked"
  | "tail12Months"
  | "blockers"
  | "workItems"
  | "hotspots"
  | "drivers"
  | "analogues"
>;

/** An item with its days. */
export interface PricedItem extends Part {
  readonly item: PlannedItem;
  readonly basis: string;
  readonly shares: readonly FileShare[];
}

const PROJECT = "project";

/** Days of every item; validation and tuning are shares of the total of `included`. */
function priceAll(
  plan: WorkPlan,
  prices: ReadonlyMap<string, Price>,
  included: (item: PlannedItem) => boolean,
  options: EstimateOptions,
  model: EffortModel,
): PricedItem[] {
  const team = model.team[options.team].value;
  const core = plan.items.reduce(
    (sum, item) => sum + (included(item) ? (prices.get(item.id)?.days ?? 0) * team : 0),
    0,
  );
  const shares = { validation: model.validation.share.value, tuning: model.tuning[options.goal].value };
  const total = core / (1 - shares.validation - shares.tuning);
  return plan.items.map((item): PricedItem => {
    const files = sharesOf(item, model);
    if (item.kind === "validation" || item.kind === "tuning") {
      const share = shares[item.kind];
      const { logSdWithTests, logSdWithout } = model.validation;
      const logSd = item.kind === "tuning" ? model.tuning.logSd : plan.hasTests ? logSdWithTests : logSdWithout;
      const basis = `${shown(share * 100)} % of ${shown(total)} d = ${shown(core)} d / (1 − ${shown(shares.validation + shares.tuning)})`;
      return { item, days: share * total, logSd: logSd.value, basis, shares: files };
    }
    const price = prices.get(item.id) ?? NO_WORK;
    const basis = team === 1 || price.days === 0 ? price.basis : `(${price.basis}) × ${team} (team: ${options.team})`;
    return { item, days: included(item) ? price.days * team : 0, logSd: price.logSd, basis, shares: files };
  });
}

function roundedDays({ p10, p50, p90 }: Days): Days {
  return { p10: fromCents(toCents(p10)), p50: fromCents(toCents(p50)), p90: fromCents(toCents(p90)) };
}

interface Row {
  cents: number;
  readonly parts: Part[];
}

function rowIn(rows: Map<string, Row>, name: string): Row {
  let row = rows.get(name);
  if (!row) rows.set(name, (row = { cents: 0, parts: [] }));
  return row;
}

function isProjects(item: PlannedItem): boolean {
  return item.kind === "build" || item.kind === "validation" || item.kind === "tuning";
}

/** Components of an item with their share of its days; without files it is the project's. */
function byComponent(priced: PricedItem): [string, number][] {
  if (isProjects(priced.item) || priced.shares.length === 0) return [[PROJECT, 1]];
  const shares = new Map<string, number>();
  for (const { component, share } of priced.shares) shares.set(component, (shares.get(component) ?? 0) + share);
  return [...shares].sort(([a], [b]) => (a < b ? -1 : 1));
}

function daysOfRows(rows: Map<string, Row>, plan: WorkPlan, model: EffortModel): Record<string, Days> {
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([name, { cents, parts }]) => {
      const range = roundedDays(rangeOf(parts, plan.unit, model));
      return [name, { ...range, p50: fromCents(cents) }];
    }),
  );
}

/** Cents of every item, adding up to the rounded total. */
function centsOf(priced: readonly PricedItem[]): number[] {
  const weights = priced.map(({ days }) => days);
  return apportion(toCents(weights.reduce((sum, days) => sum + days, 0)), weights);
}

function effortOf(priced: readonly PricedItem[], plan: WorkPlan, model: EffortModel): Effort {
  const cents = centsOf(priced);
  const categories = new Map<string, Row>();
  const components = new Map<string, Row>();
  let mechanical = 0;
  priced.forEach((part, index) => {
    const own = cents[index] ?? 0;
    const { item, days, logSd } = part;
    if (item.kind === "mechanical") mechanical += own;
    if (item.kind === "free" || (days === 0 && own === 0)) return;
    const category = rowIn(categories, isProjects(item) ? PROJECT : item.category);
    category.cents += own;
    category.parts.push({ days, logSd });
    const shares = byComponent(part);
    const split = apportion(
      own,
      shares.map(([, share]) => share),
    );
    shares.forEach(([name, share], i) => {
      const row = rowIn(components, name);
      row.cents += split[i] ?? 0;
      row.parts.push({ days: days * share, logSd });
    });
  });
  const total = cents.reduce((sum, value) => sum + value, 0);
  const range = roundedDays(rangeOf(priced, plan.unit, model));
  return {
    unit: "engineer-days",
    p10: range.p10,
    p50: fromCents(total),
    p90: range.p90,
    mechanicalP50: fromCents(mechanical),
    manualP50: fromCents(total - mechanical),
    byCategory: daysOfRows(categories, plan, model),
    byComponent: daysOfRows(components, plan, model),
  };
}

function workItemsOf(priced: readonly PricedItem[], plan: WorkPlan, model: EffortModel): WorkItem[] {
  const cents = centsOf(priced);
  return priced.map((part, index) => {
    const { item, basis } = part;
    const range = roundedDays(rangeOf([part], plan.unit, model));
    return {
      id: item.id,
      category: item.category,
      title: item.title,
      verdict: item.verdict,
      rules: [...item.rules],
      usages: item.findings.map((finding) => finding.usage.id),
      files: item.files.length,
      ...range,
      p50: fromCents(cents[index] ?? 0),
      basis,
      evidence: item.evidence,
      silentRisk: item.silentRisk,
      after: [...item.after],
      doneWhen: item.doneWhen,
    };
  });
}

/** Every file with manual work, most days first. */
function hotspotsOf(priced: readonly PricedItem[]): TargetReport["hotspots"] {
  const spots = new Map<string, { days: number; workItems: string[] }>();
  for (const { item, days, shares } of priced) {
    if (days === 0 || item.kind === "mechanical" || isProjects(item)) continue;
    for (const { path, share } of shares) {
      let spot = spots.get(path);
      if (!spot) spots.set(path, (spot = { days: 0, workItems: [] }));
      spot.days += days * share;
      spot.workItems.push(item.id);
    }
  }
  return [...spots]
    .map(([path, { days, workItems }]) => ({ path, p50: Math.round(days * 10_000) / 10_000, workItems }))
    .sort((a, b) => b.p50 - a.p50 || (a.path < b.path ? -1 : 1));
}

/** Share of the P50 by the evidence it rests on; project items rest on what the rest rests on. */
function evidenceShares(priced: readonly PricedItem[]): TargetReport["evidence"] {
  const weights = EVIDENCE_LEVELS.map(() => 0);
  for (const { item, days } of priced) {
    if (item.findings.length === 0) continue;
    const index = EVIDENCE_LEVELS.indexOf(item.evidence);
    weights[index] = (weights[index] ?? 0) + days;
  }
  const known = weights.some((weight) => weight > 0);
  if (!known && priced.some(({ days }) => days > 0)) weights[EVIDENCE_LEVELS.indexOf("inferred")] = 1;
  const empty = weights.every((weight) => weight === 0);
  const parts = empty ? weights : apportion(10_000, weights);
  return Object.fromEntries(
    EVIDENCE_LEVELS.map((level, index) => [level, (parts[index] ?? 0) / 10_000]),
  ) as TargetReport["evidence"];
}

interface PricedBlocker {
  readonly blocker: Blocker;
  /** The cheapest way out; null when none has a price. */
  readonly price: Price | null;
}

function blockerOf(item: PlannedItem, context: PriceContext, team: number): PricedBlocker {
  let cheapest: Price | null = null;
  const waysOut = item.waysOut.map(({ title, price }) => {
    const cost = wayOutPrice(item, price, context);
    if (cost && (!cheapest || cost.days < cheapest.days)) {
      cheapest = { ...cost, basis: `cheapest way out, ${title}: ${cost.basis}` };
    }
    return { title, p50: cost ? fromCents(toCents(cost.days * team)) : null };
  });
  return {
    blocker: {
      id: item.id,
      title: item.title,
      cause: item.cause,
      usages: item.findings.map((finding) => finding.usage.id),
      waysOut,
      evidence: item.evidence,
    },
    price: cheapest,
  };
}

function tailOf(effort: Effort, plan: WorkPlan, model: EffortModel): Days {
  const part = { days: effort.p50 * model.tail.ratio.value, logSd: model.tail.logSd.value };
  return roundedDays(rangeOf([part], plan.unit, model));
}

/**
 * Prices a plan. `effort` is null exactly when some blocker has no way out with a price; otherwise it includes the
 * cheapest way out of each.
 */
export function estimateEffort(
  plan: WorkPlan,
  inventory: Inventory,
  model: EffortModel,
  options: EstimateOptions,
): Estimate {
  const kernelItems = plan.items.filter((item) => item.kernels.length > 0 && item.kind === "kernel").length;
  const context: PriceContext = { model, plan, kernelItems };
  const team = model.team[options.team].value;
  const prices = new Map<string, Price>();
  const blockers: Blocker[] = [];
  let pathless = false;
  for (const item of plan.items) {
    if (item.verdict !== "blocked") {
      prices.set(item.id, itemPrice(item, context));
      continue;
    }
    const { blocker, price } = blockerOf(item, context, team);
    blockers.push(blocker);
    prices.set(item.id, price ?? { ...NO_WORK, basis: "no way out has a price" });
    if (!price) pathless = true;
  }
  const price = (included: (item: PlannedItem) => boolean) => priceAll(plan, prices, included, options, model);
  const open = blockers.length > 0 ? price((item) => item.verdict !== "blocked") : null;
  const whole = price(() => true);
  const effort = pathless ? null : effortOf(whole, plan, model);
  const counted = pathless && open ? open : whole;
  return {
    strategy: plan.strategy,
    workload: plan.workload,
    goal: options.goal,
    evidence: evidenceShares(counted),
    effort,
    effortWithoutBlocked: open ? effortOf(open, plan, model) : null,
    tail12Months: effort ? tailOf(effort, plan, model) : null,
    blockers,
    workItems: workItemsOf(counted, plan, model),
    hotspots: hotspotsOf(counted),
    drivers: driversOf(counted, plan, model),
    analogues: nearestPorts(plan, inventory, options.target.id, model),
  };
}
