/** Comma-separated values by RFC 4180, for spreadsheets: text cannot become a formula. */
import type { Report, TargetReport } from "../../model/report.ts";
import { type RowGrouping, rowGrouping } from "./divisions.ts";
import type { Format } from "./format.ts";
import { judgedUsages } from "./judged.ts";
import { type Row, rowsOf, totalOf } from "./rows.ts";
import { visible } from "./visible.ts";
import { keyOf, noPath } from "./words.ts";

type Value = string | number | boolean | undefined | null;

/** Spreadsheets take a cell that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/** Needs neither quotes nor escapes: most fields. */
const PLAIN = /^(?![=+\-@])[ !#-+\--~]*$/;

function field(value: Value): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string") return String(value);
  if (PLAIN.test(value)) return value;
  const text = visible(FORMULA.test(value) ? `'${value}` : value);
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function lines(head: readonly string[], rows: readonly (readonly Value[])[]): string {
  return [head, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

const ROW_HEAD = ["target", "row", "name", "usages", "automatic", "silent", "blockers", "p10", "p50", "p90", "note"];

function rowOf(row: Row, target: TargetReport, index: number, grouping: RowGrouping): Value[] {
  const cell = row.cells[index];
  const note = row.role === "total" && target.effort === null ? noPath(target) : "";
  return [
    keyOf(target),
    row.role === "part" ? grouping : row.role,
    row.name,
    cell?.usages,
    cell?.automatic,
    cell?.silent,
    cell?.blockers.size,
    cell?.days?.p10,
    cell?.days?.p50,
    cell?.days?.p90,
    note,
  ];
}

/** One line per component and target, with a total per target; `--by file` or `category` changes the rows. */
export const csv: Format = (report, options) => {
  const grouping = rowGrouping(options);
  const rows = rowsOf(report, grouping, options);
  const shown = rows.length === 0 ? [] : [...rows, totalOf(report, rows)];
  return lines(
    ROW_HEAD,
    report.targets.flatMap((target, index) => shown.map((row) => rowOf(row, target, index, grouping))),
  );
};

const ITEM_HEAD = [
  "target",
  "id",
  "category",
  "title",
  "verdict",
  "files",
  "usages",
  "p10",
  "p50",
  "p90",
  "evidence",
  "silent_risk",
  "after",
  "done_when",
  "basis",
  "rules",
  "first_site",
];

/** One line per work item and target. */
export const csvWorkItems: Format = (report) => {
  const places = new Map(report.usages.map(({ id, path, line }) => [id, `${path}:${line}`]));
  const rows = report.targets.flatMap((target) =>
    target.workItems.map((item): Value[] => [
      keyOf(target),
      item.id,
      item.category,
      item.title,
      item.verdict,
      item.files,
      item.usages.length,
      item.p10,
      item.p50,
      item.p90,
      item.evidence,
      item.silentRisk,
      item.after.join(" "),
      item.doneWhen,
      item.basis,
      item.rules.join(" "),
      places.get(item.usages[0] ?? ""),
    ]),
  );
  return lines(ITEM_HEAD, rows);
};

const FINDING_HEAD = [
  "target",
  "path",
  "line",
  "column",
  "kind",
  "symbol",
  "family",
  "verdict",
  "silent_risk",
  "evidence",
  "rule",
  "work_item",
  "component",
  "scope",
  "guard",
  "vendored",
  "test",
  "usage",
];

function findingRows(report: Report, target: TargetReport): Value[][] {
  return judgedUsages(report, target).map(({ usage, finding, item }) => [
    keyOf(target),
    usage.path,
    usage.line,
    usage.column,
    usage.kind,
    usage.symbol,
    usage.family,
    finding.verdict,
    finding.silentRisk,
    finding.evidence,
    finding.rule,
    item?.id,
    usage.component,
    usage.scope,
    usage.guard,
    usage.vendored ?? false,
    usage.test ?? false,
    usage.id,
  ]);
}

/** One line per usage and target. */
export const csvFindings: Format = (report) =>
  lines(
    FINDING_HEAD,
    report.targets.flatMap((target) => findingRows(report, target)),
  );
