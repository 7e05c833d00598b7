/** Reads `rules/catalog/operatorForms.tsv`; the file's head says how its conditions are written. */
import { readFileSync } from "node:fs";
import type { ArgumentCondition, OperatorForm } from "../model/catalog.ts";

const CONDITION = /^(?<argument>\w+)(?:#(?<position>\d))?(?:=(?<literal>\w+)|:(?:(?<items>\d+)|(?<tensor>tensor)))$/;

function conditionOf(written: string): ArgumentCondition {
  const { argument, position, literal, items, tensor } = CONDITION.exec(written)?.groups ?? {};
  if (argument === undefined) throw new Error(`operatorForms.tsv: ${written} is no condition on arguments`);
  if (argument === "arguments") return { count: Number(literal) };
  const place = { argument, ...(position === undefined ? {} : { position: Number(position) }) };
  if (literal !== undefined) return { ...place, literal };
  return tensor === undefined ? { ...place, items: Number(items) } : { ...place, tensor: true };
}

/** Forms by the name as written, in the file's order. */
export function readOperatorForms(file: string): Record<string, OperatorForm[]> {
  const forms: Record<string, OperatorForm[]> = {};
  for (const line of readFileSync(file, "utf8").split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [written = "", conditions = "", operator = ""] = line.split("\t");
    const ofName = (forms[written] ??= []);
    ofName.push({ when: conditions.split(" ").map(conditionOf), operator });
  }
  return forms;
}
