/** The formats of `portgauge gate` by name. */
import type { GateFormat } from "./gateFormat.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import { sarif } from "./sarif.ts";
import { table } from "./table.ts";

export const GATE_FORMATS = { table, json, markdown, sarif, github } satisfies Record<string, GateFormat>;

export type GateFormatName = keyof typeof GATE_FORMATS;
