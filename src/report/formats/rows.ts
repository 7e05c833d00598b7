/** Rows of the effort table: what is counted and priced per component, file or category. */
import type { Report, TargetReport } from "../../model/report.ts";
import {
  DIVISIONS,
  type Division,
  PROJECT,
  ROLES,
  type Role,
  type RowDays,
  type RowGrouping,
  rowKey,
} from "./divisions.ts";
import type { FormatOptions } from "./format.ts";

/** What a row says of one target. */
export interface Cell {
  usages: number;
  automatic: number;
  silent: number;
  /** Work items of verdict `blocked` with a usage in the row; one may stand in several rows. */
  readonly blockers: Set<string>;
  /** Absent where the row has no days of its own or the target no number. */
  days?: RowDays;
}

export interface Row {
  readonly name: string;
  readonly role: Role;
  usages: number;
  readonly cells: readonly Cell[];
}

const emptyCell = (): Cell => ({ usages: 0, automatic: 0, silent: 0, blockers: new Set() });

class Rows {
  readonly #rows = new Map<string, Row>();
  readonly #targets: number;

  constructor(targets: number) {
    this.#targets = targets;
  }

  at(role: Role, name: string): Row {
    const known = this.#rows.get(rowKey(role, name));
    if (known) return known;
    const row: Row = { name, role, usages: 0, cells: Array.from({ length: this.#targets }, emptyCell) };
    this.#rows.set(rowKey(role, name), row);
    return row;
  }

  all(): Row[] {
    return [...this.#rows.values()];
  }
}

/** Row of every usage, in the order of the usages. */
function placed(rows: Rows, report: Report, { rowOf }: Division): Row[] {
  return report.usages.map((usage) => rows.at(...rowOf(usage)));
}

function countTarget(rows: Rows, target: TargetReport, at: number, rowOfUsage: (id: string) => Row | undefined): void {
  for (const { verdict, silentRisk, usages } of target.findings) {
    const automatic = verdict === "native" || verdict === "rename";
    for (const id of usages) {
      const cell = rowOfUsage(id)?.cells[at];
      if (!cell) continue;
      cell.usages += 1;
      if (automatic) cell.automatic += 1;
      if (silentRisk) cell.silent += 1;
    }
  }
  for (const { id, usages } of target.blockers) {
    const places = usages.length === 0 ? [rows.at("project", PROJECT)] : usages.map(rowOfUsage);
    for (const row of places) row?.cells[at]?.blockers.add(id);
  }
}

function addDays(rows: Rows, at: number, daysOf: Division["daysOf"]): void {
  for (const [place, days] of daysOf) {
    const [role, name = ""] = place.split("\0");
    const cell = rows.at(role as Role, name).cells[at];
    if (cell) cell.days = days;
  }
}

const weight = (row: Row): number => row.cells.reduce((sum, cell) => sum + (cell.days?.p50 ?? 0), 0);

/** A row that is priced and has no days has no work: that is a number too. */
function fillZeros(rows: readonly Row[], report: Report, tests: FormatOptions["tests"]): void {
  const priced = rows.filter(({ role }) => role === "part" || (role === "tests" && tests !== "exclude"));
  for (const { cells } of priced) {
    cells.forEach((cell, at) => {
      if (report.targets[at]?.effort) cell.days ??= { p50: 0 };
    });
  }
}

/** Parts with most days first, over all targets; then tests, vendored code, the project. */
function inOrder(a: Row, b: Row): number {
  return (
    ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
    weight(b) - weight(a) ||
    b.usages - a.usages ||
    (a.name < b.name ? -1 : 1)
  );
}

export function rowsOf(report: Report, grouping: RowGrouping, options: FormatOptions): Row[] {
  const rows = new Rows(report.targets.length);
  const positions = new Map(report.usages.map(({ id }, position) => [id, position]));
  let places: Row[] | undefined;
  report.targets.forEach((target, at) => {
    const division = DIVISIONS[grouping](target, options);
    const first = places === undefined;
    if (places === undefined || grouping === "category") places = placed(rows, report, division);
    if (first) for (const row of places) row.usages += 1;
    const current = places;
    countTarget(rows, target, at, (id) => current[positions.get(id) ?? -1]);
    addDays(rows, at, division.daysOf);
  });
  const all = rows.all();
  fillZeros(all, report, options.tests);
  return all.sort(inOrder);
}

function sumOf(name: string, role: Role, rows: readonly Row[], days: (index: number) => Cell["days"]): Row {
  const [first] = rows;
  const cells = (first?.cells ?? []).map((_, index): Cell => {
    const own = rows.map((row) => row.cells[index] ?? emptyCell());
    const total = days(index);
    return {
      usages: own.reduce((sum, cell) => sum + cell.usages, 0),
      automatic: own.reduce((sum, cell) => sum + cell.automatic, 0),
      silent: own.reduce((sum, cell) => sum + cell.silent, 0),
      blockers: new Set(own.flatMap((cell) => [...cell.blockers])),
      ...(total ? { days: total } : {}),
    };
  });
  return { name, role, usages: rows.reduce((sum, row) => sum + row.usages, 0), cells };
}

/** All rows, vendored ones too: the counts agree with the target's verdicts. */
export function totalOf(report: Report, rows: readonly Row[]): Row {
  return sumOf("total", "total", rows, (index) => report.targets[index]?.effort ?? undefined);
}

/** At most `most` parts, the others in one row: its P50 is their sum; ranges do not add, so it has none. */
export function rolledUp(rows: readonly Row[], most: number, noun: string): Row[] {
  const parts = rows.filter((row) => row.role === "part");
  if (parts.length <= most) return [...rows];
  const rest = parts.slice(most - 1);
  const sum = sumOf(`${rest.length} more ${noun}`, "rest", rest, (index) => {
    const priced = rest.flatMap((row) => row.cells[index]?.days ?? []);
    return priced.length > 0 ? { p50: priced.reduce((days, { p50 }) => days + p50, 0) } : undefined;
  });
  return [...parts.slice(0, most - 1), sum, ...rows.filter((row) => row.role !== "part")];
}
