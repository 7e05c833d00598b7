/** The chapters of the Markdown report. */
import type { Blocker, Report, TargetReport } from "../../../model/report.ts";
import { EVIDENCE_LEVELS } from "../../../model/vocabulary.ts";
import { ROW_NOUNS, rowGrouping } from "../divisions.ts";
import type { FormatOptions } from "../format.ts";
import { code, escaped, tableOf } from "../markdownText.ts";
import { type Cell, rolledUp, rowsOf, totalOf } from "../rows.ts";
import { counted, inDays, inRange, isPathless, keyOf, noPath, percentage, plural, shareOf } from "../words.ts";

/** Symbols at silent risk that are named per target. */
const MOST_SYMBOLS = 8;
/** Drivers per target where there are many targets. */
const FEW_DRIVERS = 3;

/** What all chapters look up. */
export interface Context {
  readonly report: Report;
  readonly options: FormatOptions;
  readonly names: readonly string[];
  /** Usage → `path:line`. */
  readonly places: ReadonlyMap<string, string>;
  /** Entries that a list may have. */
  readonly most: number;
}

/** One line per target. */
export function headline({ report, options }: Context): string[] {
  const rows = report.targets.map((target) => {
    const { effort, verdicts, evidence, findings, blockers } = target;
    const silent = findings.filter((one) => one.silentRisk).reduce((sum, { usages }) => sum + usages.length, 0);
    const levels = EVIDENCE_LEVELS.filter((level) => evidence[level] > 0);
    const vendor = options.vendors?.[target.id];
    return [
      `${vendor ? `${escaped(vendor)} ` : ""}${code(keyOf(target))}`,
      percentage(verdicts.native + verdicts.rename, report.usages.length),
      effort ? `**${inDays(effort.p50)}**` : `**${noPath(target)}**`,
      effort ? inRange(effort) : "",
      effort ? inDays(effort.mechanicalP50) : "",
      effort ? inDays(effort.manualP50) : "",
      counted(silent),
      counted(blockers.length),
      levels.map((level) => `${level} ${shareOf(evidence[level])}`).join(", "),
      `${target.runningPort ? "already runs, " : ""}${target.strategy}, ${target.workload}, ${target.goal}`,
    ];
  });
  return tableOf(
    [
      ["target", "left"],
      ["auto", "right"],
      ["P50", "right"],
      ["P10–P90", "right"],
      ["by tool", "right"],
      ["by hand", "right"],
      ["silent", "right"],
      ["blockers", "right"],
      ["evidence of the P50", "left"],
      ["assumes", "left"],
    ],
    rows,
  );
}

function cellText(cell: Cell | undefined, target: TargetReport, isTotal: boolean): string {
  if (!cell) return "";
  const automatic = cell.usages === 0 ? "" : `${percentage(cell.automatic, cell.usages)} auto`;
  const { days } = cell;
  const known = days === undefined ? "" : `**${inDays(days.p50)}**`;
  const range =
    days?.p10 === undefined || days.p90 === undefined ? "" : ` (${inRange({ p10: days.p10, p90: days.p90 })})`;
  const missing = isTotal && !target.effort ? `**${noPath(target)}**` : "";
  return [known + range, missing, automatic].filter((part) => part !== "").join(", ");
}

/** Rows by component, file or category; a column per target. */
export function effortTable({ report, options, names, most }: Context): string[] {
  const grouping = rowGrouping(options);
  const rows = rolledUp(rowsOf(report, grouping, options), most, ROW_NOUNS[grouping]);
  const shown = [...rows, totalOf(report, rows)];
  return tableOf(
    [[grouping, "left"], ["usages", "right"], ...names.map((name) => [escaped(name), "right"] as const)],
    shown.map((row) => [
      row.role === "part" ? code(row.name) : row.name,
      row.usages === 0 || grouping === "category" ? "" : counted(row.usages),
      ...report.targets.map((target, index) => cellText(row.cells[index], target, row.role === "total")),
    ]),
  );
}

function placesOf(usages: readonly string[], { places }: Context): string {
  const shown = [...new Set(usages.flatMap((id) => places.get(id) ?? []))];
  const more = shown.length > 3 ? ` and ${counted(shown.length - 3)} more` : "";
  return shown.slice(0, 3).map(code).join(", ") + more;
}

function more(all: number, most: number, where: string): string[] {
  return all > most ? [`- … ${counted(all - most)} more: ${where}`] : [];
}

function blockerLines(blocker: Blocker, name: string, context: Context): string[] {
  const { title, usages, waysOut, evidence, id } = blocker;
  const sites = usages.length === 0 ? "" : `, ${plural(usages.length, "usage")}: ${placesOf(usages, context)}`;
  const ways = waysOut.map(
    (way) => `  - way out: ${escaped(way.title)}, ${way.p50 === null ? "no price" : inDays(way.p50)}`,
  );
  return [
    `- **${escaped(name)}**${isPathless(blocker) ? " no path:" : ""} ${escaped(title)} (${code(id)}, ${evidence})${sites}`,
    ...(ways.length > 0 ? ways : ["  - no way out known"]),
  ];
}

/** Those that leave a target without a path first, each with its ways out. */
export function blockerList(context: Context): string[] {
  const all = context.report.targets.flatMap(({ blockers }, index) =>
    blockers.map((blocker) => ({ blocker, name: context.names[index] ?? "" })),
  );
  all.sort((a, b) => Number(isPathless(b.blocker)) - Number(isPathless(a.blocker)));
  if (all.length === 0) return ["None."];
  const shown = all.slice(0, context.most);
  return [
    ...shown.flatMap(({ blocker, name }) => blockerLines(blocker, name, context)),
    ...more(all.length, context.most, "see the JSON report"),
  ];
}

/** What the range hangs on, and how to find out. */
export function driverTable({ report, names }: Context): string[] {
  const rows = report.targets.flatMap(({ drivers, workItems }, index) => {
    const items = new Map(workItems.map((item) => [item.id, item]));
    const most = report.targets.length > 2 ? FEW_DRIVERS : drivers.length;
    return drivers.slice(0, most).flatMap(({ workItem, shareOfP90, settle }) => {
      const item = items.get(workItem);
      if (!item) return [];
      const days = `${inDays(item.p50)} (${inRange(item)})`;
      return [[escaped(names[index] ?? ""), shareOf(shareOfP90), escaped(item.title), days, escaped(settle)]];
    });
  });
  if (rows.length === 0) return ["Nothing: there is no work to be unsure of."];
  return tableOf(
    [
      ["target", "left"],
      ["of the P90", "right"],
      ["work item", "left"],
      ["days", "right"],
      ["how to settle it", "left"],
    ],
    rows,
  );
}

/** The symbols with most usages at risk, a line per target. */
export function silentList({ report, names, places, most }: Context): string[] {
  const lines = report.targets.flatMap(({ findings }, index) => {
    const risky = findings
      .filter(({ silentRisk }) => silentRisk)
      .sort((a, b) => b.usages.length - a.usages.length || (a.symbol < b.symbol ? -1 : 1));
    if (risky.length === 0) return [];
    const all = risky.reduce((sum, { usages }) => sum + usages.length, 0);
    const shown = risky.slice(0, Math.min(most, MOST_SYMBOLS)).map(({ symbol, usages, verdict }) => {
      const first = places.get(usages[0] ?? "");
      const at = first === undefined ? "" : `, first ${code(first)}`;
      return `${code(symbol)} ${counted(usages.length)} (${verdict}${at})`;
    });
    const left = risky.length - shown.length;
    const more = left > 0 ? `, ${plural(left, "more symbol")}` : "";
    return [`- **${escaped(names[index] ?? "")}** ${plural(all, "usage")}: ${shown.join(", ")}${more}`];
  });
  return lines.length === 0 ? ["No rule names one."] : lines;
}

/** How one gets at the hardware or an account. */
export function availabilityList({ report, names }: Context): string[] {
  return report.targets.flatMap(({ availability }, index) =>
    availability.map(
      ({ what, evidence }) => `- **${escaped(names[index] ?? "")}** ${escaped(what)} (${escaped(evidence)})`,
    ),
  );
}
