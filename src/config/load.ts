import { readFileSync } from "node:fs";
import { UserError } from "../model/userError.ts";
import { parseChecked } from "../rules/checkedYaml.ts";
import { type Config, ConfigSchema } from "./schema.ts";

/** Reads and checks a config file; one UserError with every problem, its line and what to do. */
export function loadConfig(path: string): Config {
  return parseConfig(readText(path), path);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new UserError(`cannot read config file ${path}`, "portgauge init writes a first one");
  }
}

export function parseConfig(text: string, name: string): Config {
  const checked = parseChecked(text, name, ConfigSchema);
  if (checked.ok) return checked.value;
  throw new UserError(checked.problems.join("\n"), "portgauge schema config prints the schema");
}
