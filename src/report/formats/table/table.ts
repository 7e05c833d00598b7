/** The effort table for a terminal: at most 60 lines for any repository of the usual five targets. */
import type { Report } from "../../../model/report.ts";
import type { Format, FormatOptions } from "../format.ts";
import { coverageLine, headLine, incompleteLines, nothingFound, notInNumbers, rangeLines } from "../limits.ts";
import { wrapped } from "../visible.ts";
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
/** More rows where the rows were asked for by name. */
const ASKED_ROWS = 12;

/** How much may stand below the table, generous first; the table gets the rest. */
const LIMITS: readonly Limit[] = [
  { blockers: 6, drivers: 6, silent: 10, toolchain: 8, wrap: 3, prose: 3, dense: false, leastRows: 12 },
  { blockers: 6, drivers: 5, silent: 10, toolchain: 5, wrap: 2, prose: 3, dense: false, leastRows: 10 },
  { blockers: 5, drivers: 5, silent: 5, toolchain: 4, wrap: 1, prose: 2, dense: false, leastRows: 8 },
  { blockers: 4, drivers: 4, silent: 5, toolchain: 3, wrap: 1, prose: 5, dense: true, leastRows: 6 },
  { blockers: 3, drivers: 3, silent: 3, toolchain: 2, wrap: 1, prose: 4, dense: true, leastRows: 4 },
  { blockers: 2, drivers: 2, silent: 2, toolchain: 0, wrap: 1, prose: 3, dense: true, leastRows: 1 },
];

interface Limit {
  readonly blockers: number;
  readonly drivers: number;
  readonly silent: number;
  readonly toolchain: number;
  /** Lines that one entry may take. */
  readonly wrap: number;
  /** Lines that a sentence, or in dense reports a paragraph, may take. */
  readonly prose: number;
  /** Without blank lines, prose in paragraphs. */
  readonly dense: boolean;
  /** The table must get so many rows, or the next limit is tried. */
  readonly leastRows: number;
}

/** How the sections are set. */
interface Page {
  readonly width: number;
  readonly limit: Limit;
  readonly paint: Paint;
}

/** A title, and its lines below it. */
function section([title, ...lines]: readonly string[], { width, limit, paint }: Page, wrap = limit.wrap): string[] {
  if (title === undefined) return [];
  const below = lines.flatMap((line) => wrapped(INDENT + line, width, wrap));
  return [...wrapped(title, width, wrap).map(paint.strong), ...below];
}

/** A title with sentences: a list, or one paragraph where room is short. */
function prose([title, ...lines]: readonly string[], page: Page): string[] {
  if (title === undefined) return [];
  const { width, limit } = page;
  return limit.dense
    ? wrapped(`${title}: ${lines.join("; ")}`, width, limit.prose)
    : section([title, ...lines], page, limit.prose);
}

function sections(digest: Digest, risks: boolean, page: Page): string[][] {
  const { limit } = page;
  const left = notInNumbers(digest);
  return [
    section(basisSection(digest, !risks), page),
    section(blockerSection(digest, limit.blockers, limit.dense ? 1 : 2), page),
    section(driverSection(digest, limit.drivers), page),
    section(silentSection(digest, limit.silent), page),
    limit.toolchain > 0 ? section(toolchainSection(digest, limit.toolchain), page) : [],
    prose(left.length > 0 ? ["Guessed, or not in the numbers", ...left] : [], page),
    prose(["Ranges", ...rangeLines(digest)], page),
    section(nextSteps(digest), page),
  ].filter((lines) => lines.length > 0);
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
  const extraRows = options.by === undefined || options.by === "component" ? 0 : ASKED_ROWS;
  for (const limit of LIMITS) {
    const below = sections(digest, table.risks, { width, limit, paint });
    const lines = below.flat().length + (limit.dense ? 1 : below.length);
    const rows = largestFit(table, room - lines);
    if (rows >= Math.min(limit.leastRows + extraRows, table.parts) || limit === LIMITS.at(-1)) {
      return spaced(table.lines(Math.max(1, rows)), below, room);
    }
  }
  return [];
}

/** Blank lines between the sections where there is room for them. */
function spaced(table: readonly string[], below: readonly string[][], room: number): string[] {
  const airy = table.length + below.flat().length + below.length <= room;
  return [...table, ...below.flatMap((lines, at) => (airy || at === 0 ? ["", ...lines] : lines))];
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
