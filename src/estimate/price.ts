/** Days of one work item, from its price classes or kernels. P50s, team factor not yet applied. */
import type { ClassPrice, EffortModel, FormulaClass } from "../model/effortModel.ts";
import type { Finding } from "../model/finding.ts";
import type { FilePart, KernelWork, PlannedItem, WorkPlan } from "../model/plan.ts";
import type { PriceClass } from "../model/rule.ts";
import { decisionOf, FOLLOWS, isOptional, priceOf } from "../plan/cause.ts";

/** A median with its spread and how it came about. */
export interface Price {
  readonly days: number;
  readonly logSd: number;
  readonly basis: string;
}

export const NO_WORK: Price = { days: 0, logSd: 0, basis: "0 d" };

/** What the items of one plan share. */
export interface PriceContext {
  readonly model: EffortModel;
  readonly plan: WorkPlan;
  /** Items that write kernels: their floors are shared. */
  readonly kernelItems: number;
}

/** At most three significant decimals, for basis texts. */
export function shown(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** Days of `apis` distinct APIs used `occurrences` times in one class. */
export function classDays(price: ClassPrice, apis: number, occurrences: number, model: EffortModel): Price {
  if (apis === 0) return NO_WORK;
  const { first, perApi, perRoot, capDays, logSd } = price;
  const further = (apis - 1) ** model.apiExponent.value;
  const hours = first.value + perApi.value * further + perRoot.value * Math.sqrt(occurrences);
  const uncapped = hours / model.hoursPerDay.value;
  const days = Math.min(uncapped, capDays?.value ?? Number.POSITIVE_INFINITY);
  const formula = `${first.value} h + ${perApi.value} h × (${apis} APIs − 1)^${model.apiExponent.value} + ${perRoot.value} h × √${occurrences} sites`;
  const cap = days < uncapped ? `, capped at ${shown(days)} d` : "";
  return { days, logSd: logSd.value, basis: `${formula} = ${shown(hours)} h = ${shown(uncapped)} d${cap}` };
}

/** What the price of kernels hangs on beside the kernels. */
export interface KernelContext extends Omit<PriceContext, "plan"> {
  readonly plan: Pick<WorkPlan, "unit">;
}

/**
 * Weighted lines to write, per file: by complexity, instances of a template at their share. Device code outside every
 * kernel counts assumed lines, but no more than its file has.
 */
export function linesByFile(
  kernels: readonly DeviceCode[],
  { kernel: { complexity, instance, strayLines } }: EffortModel,
  slocOf: (path: string) => number,
): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  const stray = new Map<string, number>();
  for (const { path = "", sloc, complexity: class_, instance: again } of kernels) {
    const lines = sloc === 0 ? stray : known;
    const own = (sloc || strayLines.value) * complexity[class_].value * (again ? instance.value : 1);
    lines.set(path, (lines.get(path) ?? 0) + own);
  }
  for (const [path, own] of stray) known.set(path, (known.get(path) ?? 0) + Math.min(own, slocOf(path)));
  return known;
}

/** Device code to write again, wherever it stands. */
export type DeviceCode = Pick<KernelWork, "sloc" | "complexity" | "instance"> & Partial<Pick<KernelWork, "path">>;

/** Days to write kernels again on the plan's unit of porting. */
export function kernelDays(
  kernels: readonly DeviceCode[],
  { model, plan, kernelItems }: KernelContext,
  slocOf: (path: string) => number = () => Number.POSITIVE_INFINITY,
): Price {
  if (kernels.length === 0) return { ...NO_WORK, basis: "0 d: the kernels stand in another work item" };
  const { rate, floorExponent, byUnit, logSd } = model.kernel;
  const { floorLines, floorRate, slope } = byUnit[plan.unit];
  const lines = [...linesByFile(kernels, model, slocOf).values()].reduce((sum, own) => sum + own, 0);
  const shared = Math.max(1, kernelItems) ** (floorExponent.value - 1);
  const floor = (floorLines.value / floorRate.value) * shared;
  const body = (slope.value * lines) / rate.value;
  const frame =
    floor > 0 ? `${floorLines.value} frame lines / ${floorRate.value} a day × ${shown(shared)} shared + ` : "";
  return {
    days: floor + body,
    logSd: logSd.value,
    basis: `${kernels.length} kernels: ${frame}${slope.value} × ${shown(lines)} weighted lines / ${rate.value} a day = ${shown(floor + body)} d`,
  };
}

/** `none` is free, and the shell of a training loop is when nothing trains. */
export function isNeeded(price: PriceClass, plan: Pick<WorkPlan, "workload">): boolean {
  return price !== "none" && !(price === "training-shell" && plan.workload === "inference");
}

/** Days of findings, class by class; the spread is that of the class with most days. */
function findingsDays(
  findings: readonly Finding[],
  classOf: (finding: Finding) => PriceClass,
  { kernels, files }: Pick<PlannedItem, "kernels" | "files">,
  context: PriceContext,
): Price {
  const slocOf = slocIn(files);
  const runs = runsThere(context);
  const byClass = new Map<PriceClass | "running" | "optional", { symbols: Set<string>; occurrences: number }>();
  for (const finding of findings) {
    const asked = classOf(finding);
    const looked = asked !== "none" && runs(finding.usage.path);
    const price = looked ? "running" : asked === "check" && isOptional(finding) ? "optional" : asked;
    let counts = byClass.get(price);
    if (!counts) byClass.set(price, (counts = { symbols: new Set(), occurrences: 0 }));
    counts.symbols.add(decisionOf(finding.usage));
    counts.occurrences += 1;
  }
  const parts: Price[] = [];
  for (const [price, { symbols, occurrences }] of byClass) {
    if (price === "running") parts.push(lookDays(apisOf(symbols), occurrences, context.model));
    else if (price === "optional") parts.push(withoutDays(apisOf(symbols), occurrences, context.model));
    else if (!isNeeded(price, context.plan)) continue;
    else if (price === "kernel")
      parts.push(
        kernelDays(
          kernels.filter(({ path }) => !runs(path)),
          context,
          slocOf,
        ),
      );
    else
      parts.push(classDays(context.model.prices[price as FormulaClass], apisOf(symbols), occurrences, context.model));
  }
  return sumOf(parts);
}

/** Whether a file is part of a port that runs already. */
function runsThere({ plan }: PriceContext): (path: string) => boolean {
  return plan.running?.covers ?? (() => false);
}

/** Days to look at a cause in code that runs on the target already. */
function lookDays(apis: number, occurrences: number, model: EffortModel): Price {
  const price = classDays(model.running, apis, occurrences, model);
  return { ...price, basis: `already runs there, a look: ${price.basis}` };
}

/** Days to see that the code goes on where a package is missing. */
function withoutDays(apis: number, occurrences: number, model: EffortModel): Price {
  const price = classDays(model.prices.check, apis, occurrences, model);
  return { ...price, basis: `optional, goes on without: ${price.basis}` };
}

/** What a converter does where nothing runs yet; code that is built for the target today is converted today. */
function mechanicalDays(item: PlannedItem, context: PriceContext): Price {
  const runs = runsThere(context);
  const left = item.findings.filter(({ usage }) => !runs(usage.path));
  if (left.length > 0) return findingsDays(left, priceOf, item, context);
  return { ...NO_WORK, basis: "0 d: the build that runs there does it" };
}

/** Distinct decisions; what only follows others counts as one where it stands alone. */
export function apisOf(decisions: ReadonlySet<string>): number {
  return Math.max(1, decisions.size - (decisions.has(FOLLOWS) ? 1 : 0));
}

function slocIn(files: readonly FilePart[]): (path: string) => number {
  const slocs = new Map(files.map(({ path, sloc }) => [path, sloc]));
  return (path) => slocs.get(path) ?? Number.POSITIVE_INFINITY;
}

function sumOf(parts: readonly Price[]): Price {
  if (parts.length === 0) return NO_WORK;
  const widest = parts.reduce((best, part) => (part.days > best.days ? part : best));
  return {
    days: parts.reduce((sum, part) => sum + part.days, 0),
    logSd: widest.logSd,
    basis: parts.map((part) => part.basis).join("; "),
  };
}

/** Days of the item's own cause; a blocker has none, see `wayOutPrice`. */
export function itemPrice(item: PlannedItem, context: PriceContext): Price {
  const { model, plan } = context;
  switch (item.kind) {
    case "free":
      return { ...NO_WORK, basis: `0 d: ${item.title.toLowerCase()}` };
    case "mechanical":
      return mechanicalDays(item, context);
    case "usages":
    case "kernel":
      return findingsDays(item.findings, priceOf, item, context);
    case "build":
      return bringUp(plan, model);
    case "repair":
      return repair(plan, model);
    case "validation":
    case "tuning":
      return NO_WORK;
  }
  return item.kind satisfies never;
}

/** Days of one way out on the blocker's own usages; null without a price. */
export function wayOutPrice(item: PlannedItem, price: PriceClass | undefined, context: PriceContext): Price | null {
  if (price === undefined) return null;
  return findingsDays(item.findings, () => price, item, context);
}

function bringUp(plan: WorkPlan, { fixed }: EffortModel): Price {
  const { unit, openKsloc, readyKsloc } = plan;
  const { base, scaleKsloc, perRootBuildFile } = fixed[unit];
  const size = openKsloc + fixed.nativeWeight.value * readyKsloc;
  const files = Math.sqrt(plan.buildFiles) + fixed.nativeWeight.value * Math.sqrt(plan.readyBuildFiles);
  const days = base.value * (1 - Math.exp(-size / scaleKsloc.value)) + perRootBuildFile.value * files;
  const ready = plan.readyBuildFiles > 0 ? ` + ${fixed.nativeWeight.value} × √${plan.readyBuildFiles} that run` : "";
  const counted = ready === "" ? `√${plan.buildFiles} build files` : `(√${plan.buildFiles}${ready}) build files`;
  return {
    days,
    logSd: fixed.logSd.value,
    basis: `${base.value} d × (1 − e^(−${shown(size)} KSLOC / ${scaleKsloc.value})) + ${perRootBuildFile.value} d × ${counted} = ${shown(days)} d`,
  };
}

function repair({ openKsloc, strategy }: WorkPlan, model: EffortModel): Price {
  const { coefficient, exponent, logSd } = model.repair;
  const factor = model.strategy[strategy].value;
  const days = coefficient.value * openKsloc ** exponent.value * factor;
  return {
    days,
    logSd: logSd.value,
    basis: `${coefficient.value} d × ${shown(openKsloc)} KSLOC^${exponent.value} × ${factor} (${strategy}) = ${shown(days)} d`,
  };
}
