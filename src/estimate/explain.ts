/** The sum behind a figure, line by line, from the report alone: what is printed is what was counted. */
import type { TargetReport, WorkItem } from "../model/report.ts";
import { fromCents, toCents } from "./round.ts";

function rangeText({ p10, p50, p90 }: { p10: number; p50: number; p90: number }): string {
  return `P50 ${p50} d, P10 ${p10} d, P90 ${p90} d`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** One work item: what it is, how its days came about, what it rests on. */
export function explainWorkItem(item: WorkItem): string[] {
  return [
    `${item.id}  ${item.title}`,
    `  verdict ${item.verdict}, ${item.category}, ${counted(item.usages.length, "usage")} in ${counted(item.files, "file")}, evidence ${item.evidence}`,
    `  days: ${rangeText(item)}`,
    `  sum: ${item.basis}`,
    ...(item.rules.length > 0 ? [`  rules: ${item.rules.join(", ")}`] : []),
    ...(item.silentRisk ? ["  silent risk: compiles or runs and may be wrong"] : []),
    ...(item.after.length > 0 ? [`  after: ${item.after.join(", ")}`] : []),
    `  done when: ${item.doneWhen}`,
  ];
}

/** What a port that already runs takes off the total. */
function portLines({ runningPort: port, strategy }: TargetReport): string[] {
  if (!port) return [];
  const days = port.asPort ? rangeText(port.asPort) : "no path";
  return [
    `already builds or runs there: ${port.signs.join("; ")}`,
    `${counted(port.usages, "usage")} in that code count as a look at each cause; priced as a port (--strategy ${strategy}): ${days}`,
  ];
}

/** The whole sum of a target, item by item, and whether it includes the blockers' ways out. */
export function explainTotal(report: TargetReport): string[] {
  const total = report.effort ?? report.effortWithoutBlocked;
  const counted = report.workItems.filter((item) => item.p50 > 0);
  const sum = fromCents(counted.reduce((cents, item) => cents + toCents(item.p50), 0));
  return [
    `${report.id}@${report.version}:${report.variant}  strategy ${report.strategy}, goal ${report.goal}, workload ${report.workload}`,
    ...(report.effort
      ? []
      : ["no total: a blocker has no way out with a price; the sum below leaves the blockers out"]),
    ...counted.map((item) => `${item.p50.toFixed(2).padStart(9)} d  ${item.id}  ${item.title}: ${item.basis}`),
    `${sum.toFixed(2).padStart(9)} d  sum of the medians`,
    ...(total
      ? [
          `total ${rangeText(total)}; by tool ${total.mechanicalP50} d, by hand ${total.manualP50} d`,
          "P10 and P90: lognormal items with one common factor, Fenton-Wilkinson; never narrower than the model's floor",
        ]
      : []),
    ...portLines(report),
    ...(report.tail12Months ? [`first year's upkeep, not in the total: ${rangeText(report.tail12Months)}`] : []),
  ];
}
