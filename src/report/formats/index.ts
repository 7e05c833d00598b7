/** The report formats by name: `--format` offers exactly these. */
import type { Format } from "./format.ts";
import { json } from "./json.ts";
import { table } from "./table/table.ts";

export const FORMATS = {
  table,
  json,
} satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
