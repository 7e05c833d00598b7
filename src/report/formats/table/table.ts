/** The effort table for a terminal: at most 60 lines for any repository of the usual five targets. */
import type { Report } from "../../../model/report.ts";
import type { Format, FormatOptions } from "../format.ts";
import { coverageLine, headLine, incompleteLines, nothingFound, notInNumbers, rangeLines } from "../limits.ts";
import { displayWidth, fitted } from "../visible.ts";
import { effortTables, type MainTable } from "./effort.ts";
import { ruleList, symbolList } from "./lists.ts";
import { type Paint, paintFor } from "./paint.ts";
import {
  basisSection,
  blockerSection,
  type Digest,
  digestOf,
  driverSection,
  silentSection,
  toolchainSection,
} from "./sections.ts";

const MOST_LINES = 60;
const DEFAULT_WIDTH = 140;
const LEAST_WIDTH = 60;
const INDENT = "  ";

/** How much may stand below the table, generous first; the table gets the rest. */
const LIMITS: readonly Limit[] = [
  { blockers: 6, drivers: 6, silent: 10, toolchain: 8, wrap: 3, dense: false, leastRows: 10 },
  { blockers: 5, drivers: 5, silent: 5, toolchain: 4, wrap: 2, dense: false, leastRows: 8 },
  { blockers: 4, drivers: 4, silent: 5, toolchain: 3, wrap: 1, dense: true, leastRows: 6 },
  { blockers: 3, drivers: 3, silent: 3, toolchain: 2, wrap: 1, dense: true, leastRows: 4 },
  { blockers: 2, drivers: 2, silent: 2, toolchain: 0, wrap: 1, dense: true, leastRows: 1 },
];

interface Limit {
  readonly blockers: number;
  readonly drivers: number;
  readonly silent: number;
  readonly toolchain: number;
  /** Lines that one entry may take. */
  readonly wrap: number;
  /** Without blank lines, prose in paragraphs. */
  readonly dense: boolean;
  /** The table must get so many rows, or the next limit is tried. */
  readonly leastRows: number;
}

/** A line broken at blanks, continued deeper; what does not fit in `most` lines ends in an ellipsis. */
function wrapped(line: string, width: number, most: number): string[] {
  const indent = `${/^ */.exec(line)?.[0] ?? ""}${INDENT}${INDENT}`;
  const lines: string[] = [];
  let rest = line;
  while (displayWidth(rest) > width && lines.length < most - 1) {
    const head = fitted(rest, width + 1).replace(/…$/, "");
    const at = head.lastIndexOf(" ");
    const end = at > indent.length ? at : head.length;
    lines.push(rest.slice(0, end).trimEnd());
    rest = indent + rest.slice(end).trimStart();
  }
  return [...lines, fitted(rest, width)];
}

/** A title, and its lines below it. */
function section([title, ...lines]: readonly string[], width: number, limit: Limit, paint: Paint): string[] {
  if (title === undefined) return [];
  const below = lines.flatMap((line) => wrapped(INDENT + line, width, limit.wrap));
  return [...(limit.dense ? [] : [""]), ...wrapped(title, width, limit.wrap).map(paint.strong), ...below];
}

/** A title with sentences: a list, or one paragraph where room is short. */
function prose([title, ...lines]: readonly string[], width: number, limit: Limit, paint: Paint): string[] {
  if (title === undefined) return [];
  if (!limit.dense) return section([title, ...lines], width, { ...limit, wrap: 3 }, paint);
  return wrapped(`${title}: ${lines.join("; ")}`, width, 3);
}

function sections(digest: Digest, risks: boolean, limit: Limit, width: number, paint: Paint): string[] {
  const left = notInNumbers(digest);
  const lists = [
    basisSection(digest, !risks),
    blockerSection(digest, limit.blockers, limit.dense ? 1 : 2),
    driverSection(digest, limit.drivers),
    silentSection(digest, limit.silent),
    limit.toolchain > 0 ? toolchainSection(digest, limit.toolchain) : [],
  ];
  return [
    ...(limit.dense ? [""] : []),
    ...lists.flatMap((lines) => section(lines, width, limit, paint)),
    ...prose(left.length > 0 ? ["Guessed, or not in the numbers", ...left] : [], width, limit, paint),
    ...prose(["Ranges", ...rangeLines(digest)], width, limit, paint),
    ...section(nextSteps(digest), width, limit, paint),
  ];
}

function nextSteps({ report, options }: Digest): string[] {
  const target = report.targets.find(({ blockers, drivers }) => blockers.length > 0 || drivers.length > 0);
  const first = target?.blockers[0]?.id ?? target?.drivers[0]?.workItem;
  const commands = [
    ...(first === undefined ? [] : [`portgauge explain ${first}`]),
    `portgauge scan --by ${options.by === "file" ? "category" : "file"}`,
    "portgauge scan --format markdown",
  ];
  return [`Next: ${commands.join(" | ")}`];
}

function mainTable(report: Report, width: number, options: FormatOptions): MainTable {
  const by = options.by ?? "component";
  if (by === "rule") return ruleList(report);
  if (by === "symbol") return symbolList(report, width, options);
  return effortTables(report, by, width, options);
}

/** Tries the limits from generous to tight until the table has rows enough; then gives it all rows that fit. */
function body(report: Report, width: number, room: number, options: FormatOptions): string[] {
  const paint = paintFor(options.color);
  const digest = digestOf(report, options);
  const table = mainTable(report, width, options);
  for (const limit of LIMITS) {
    const below = sections(digest, table.risks, limit, width, paint);
    const rowsFitting = largestFit(table, room - below.length);
    const last = limit === LIMITS.at(-1);
    if (rowsFitting >= Math.min(limit.leastRows, table.parts) || last) {
      return [...table.lines(Math.max(1, rowsFitting)), ...below];
    }
  }
  return [];
}

function largestFit(table: MainTable, room: number): number {
  let rows = Math.min(table.parts, room);
  while (rows > 0 && table.lines(rows).length > room) rows -= 1;
  return rows;
}

export const table: Format = (report, options) => {
  const width = Math.max(LEAST_WIDTH, options.width ?? DEFAULT_WIDTH);
  const paint = paintFor(options.color);
  const head = [
    ...wrapped(headLine(report), width, 2).map(paint.strong),
    ...wrapped(coverageLine(report), width, 3),
    ...incompleteLines(report).flatMap((line) => wrapped(line, width, 3).map(paint.bad)),
    "",
  ];
  const rest =
    report.usages.length === 0
      ? nothingFound(report).flatMap((line) => wrapped(line, width, 3))
      : body(report, width, MOST_LINES - head.length, options);
  return `${[...head, ...rest].join("\n")}\n`;
};
