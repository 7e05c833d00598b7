/** The report formats. */
import type { Report } from "../../model/report.ts";
import { csv, csvFindings, csvWorkItems } from "./csv.ts";
import type { Format, FormatOptions } from "./format.ts";
import { github } from "./github.ts";
import { json, jsonPieces } from "./json.ts";
import { markdown } from "./markdown/markdown.ts";
import type { FormatName } from "./names.ts";
import { sarif } from "./sarif.ts";
import { table } from "./table/table.ts";

export const FORMATS = {
  table,
  json,
  markdown,
  csv,
  "csv:workitems": csvWorkItems,
  "csv:findings": csvFindings,
  sarif,
  github,
} satisfies Record<FormatName, Format>;

/** A report for writing: formats that can grow large come in pieces. */
export function piecesOf(format: FormatName, report: Report, options: FormatOptions): Iterable<string> {
  return format === "json" ? jsonPieces(report) : [FORMATS[format](report, options)];
}
