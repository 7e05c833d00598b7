/** The effort table: rows by component (or file, category), a group of columns per target. */
import type { Report, TargetReport } from "../../../model/report.ts";
import { ROW_NOUNS, type RowGrouping } from "../divisions.ts";
import type { FormatOptions } from "../format.ts";
import { type Cell, type Row, rolledUp, rowsOf, totalOf } from "../rows.ts";
import { fitted, fittedEnd, visible } from "../visible.ts";
import { counted, headingOf, inDays, inRange, isPathless, keyOf, noPath, percentage, shortNames } from "../words.ts";
import { type Column, type Gaps, type Group, gridLines, packed, ROOMY, TIGHT } from "./grid.ts";
import { type Paint, paintFor } from "./paint.ts";

/** A table that can be laid out with fewer rows. */
export interface MainTable {
  /** All lines with at most `most` parts per table, the others rolled up. */
  readonly lines: (most: number) => string[];
  readonly parts: number;
  /** Whether silent risks and blockers have columns. */
  readonly risks: boolean;
}

/** How much a target's columns say: the first shape in which all targets stand side by side, else the last. */
interface Shape {
  readonly risks: boolean;
  /** Vendor, version and variant in the head; the unit behind a range. */
  readonly full: boolean;
  readonly longestName: number;
  readonly gaps: Gaps;
}

const SHAPES: readonly [Shape, ...Shape[]] = [
  { risks: true, full: true, longestName: 32, gaps: ROOMY },
  { risks: true, full: true, longestName: 24, gaps: TIGHT },
  { risks: false, full: false, longestName: 20, gaps: TIGHT },
];
/** At most so many stacked tables keep the columns of a fuller shape. */
const MOST_STACKED = 2;
/** The shape is chosen for so many rows; the names of rows that will be rolled up do not count. */
const TYPICAL_ROWS = 12;

/** Paths are cut at their beginning, and later than names. */
const LONGER_PATHS = 16;

interface Context {
  readonly report: Report;
  readonly grouping: RowGrouping;
  readonly options: FormatOptions;
  readonly paint: Paint;
  readonly shape: Shape;
}

const countOrBlank = (value: number): string => (value === 0 ? "" : counted(value));

const right = (head: string, cells: readonly string[], paint?: (text: string) => string): Column => ({
  head,
  cells,
  align: "right",
  ...(paint ? { paint } : {}),
});

function leadGroup(rows: readonly Row[], { grouping, paint, shape }: Context): Group {
  const cut = grouping === "file" ? fittedEnd : fitted;
  const longest = shape.longestName + (grouping === "file" ? LONGER_PATHS : 0);
  const cells = rows.map((row) => cut(visible(row.name), longest));
  const names: Column = { head: grouping, align: "left", cells, paint: paint.strong };
  const usages = right(
    "usages",
    rows.map((row) => countOrBlank(row.usages)),
  );
  return { heads: [], columns: grouping === "category" ? [names] : [names, usages] };
}

function daysColumns(target: TargetReport, rows: readonly Row[], cells: readonly Cell[], context: Context): Column[] {
  const { paint, shape } = context;
  if (!target.effort) {
    const missing = target.blockers.some(isPathless) ? noPath(target) : "no number";
    const shown = rows.map((row) => (row.role === "total" ? missing : "–"));
    return [right("P50  P10–P90", shown, paint.bad)];
  }
  const range = ({ days }: Cell): string => {
    if (days?.p10 === undefined || days.p90 === undefined) return "";
    const text = inRange({ p10: days.p10, p90: days.p90 });
    return shape.full ? text : text.replace(/ d$/, "");
  };
  return [
    right(
      "P50",
      cells.map(({ days }) => (days ? inDays(days.p50) : "")),
      paint.strong,
    ),
    right("P10–P90", cells.map(range)),
  ];
}

function riskColumns(target: TargetReport, cells: readonly Cell[], paint: Paint): Column[] {
  const columns: Column[] = [];
  const silent = cells.map((cell) => countOrBlank(cell.silent));
  if (silent.some((text) => text !== "")) columns.push(right("silent", silent, paint.risky));
  if (target.blockers.length === 0) return columns;
  const blockers = cells.map((cell) => countOrBlank(cell.blockers.size));
  return [...columns, right("blockers", blockers, paint.bad)];
}

/** Name above version and variant, unless the name holds them. */
function shortHeads(target: TargetReport, name: string): string[] {
  return name === keyOf(target) ? [visible(name)] : [visible(name), visible(`${target.version} ${target.variant}`)];
}

function targetGroup(target: TargetReport, index: number, rows: readonly Row[], context: Context): Group {
  const { report, grouping, options, paint, shape } = context;
  const cells = rows.flatMap((row) => row.cells[index] ?? []);
  const counts = cells.map((cell) => countOrBlank(cell.usages));
  const automatic = cells.map((cell) => (cell.usages === 0 ? "" : percentage(cell.automatic, cell.usages)));
  return {
    heads: shape.full
      ? [visible(headingOf(target, options))]
      : shortHeads(target, shortNames(report)[index] ?? target.id),
    columns: [
      ...(grouping === "category" ? [right("usages", counts)] : []),
      right("auto", automatic),
      ...daysColumns(target, rows, cells, context),
      ...(shape.risks ? riskColumns(target, cells, paint) : []),
    ],
  };
}

/** Full where all targets stand side by side or nearly so, else the one that says least. */
function fittingShape(stacked: (shape: Shape) => number): Shape {
  const [first] = SHAPES;
  const side = SHAPES.find((shape) => stacked(shape) === 1);
  return side ?? SHAPES.find((shape) => stacked(shape) <= MOST_STACKED) ?? SHAPES.at(-1) ?? first;
}

/** The rows are made once and laid out again for every limit that is tried. */
export function effortTables(report: Report, grouping: RowGrouping, width: number, options: FormatOptions): MainTable {
  const all = rowsOf(report, grouping, options);
  const paint = paintFor(options.color);
  const layout = (most: number, shape: Shape): Group[][] => {
    const rows = rolledUp(all, most, ROW_NOUNS[grouping]);
    const shown = [...rows, totalOf(report, rows)];
    const context = { report, grouping, options, paint, shape };
    const groups = report.targets.map((target, index) => targetGroup(target, index, shown, context));
    return packed(leadGroup(shown, context), groups, width, shape.gaps);
  };
  const parts = all.filter((row) => row.role === "part").length;
  const shape = fittingShape((one) => layout(TYPICAL_ROWS, one).length);
  return {
    lines: (most) =>
      layout(most, shape).flatMap((table, index) => [...(index > 0 ? [""] : []), ...gridLines(table, shape.gaps)]),
    parts,
    risks: shape.risks,
  };
}
