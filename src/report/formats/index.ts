/** The report formats by name: `--format` offers exactly these. */
import { csv, csvFindings, csvWorkItems } from "./csv.ts";
import type { Format } from "./format.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown/markdown.ts";
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
} satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
