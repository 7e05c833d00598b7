/** The formats of `portgauge diff` by name. */
import type { DiffResult } from "../../model/diff.ts";
import { table } from "./table.ts";

const json = (result: DiffResult): string => `${JSON.stringify({ schemaVersion: 1, ...result }, null, 2)}\n`;

export const DIFF_FORMATS = { table, json } satisfies Record<string, (result: DiffResult) => string>;

export type DiffFormatName = keyof typeof DIFF_FORMATS;
