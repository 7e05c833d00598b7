import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { EffortModel } from "../model/effortModel.ts";

const COMPILED = fileURLToPath(new URL("../../dist/rules/effort.json", import.meta.url));

/** The shipped constants of the effort model, as `npm run build` compiled them. */
export function loadEffortModel(): EffortModel {
  return JSON.parse(readFileSync(COMPILED, "utf8")) as EffortModel;
}
