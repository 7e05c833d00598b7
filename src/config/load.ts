import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { nearNames } from "../model/nearNames.ts";
import { UserError } from "../model/userError.ts";
import { type Config, ConfigSchema } from "./schema.ts";

export const CONFIG_NAME = "portgauge.config.yaml";

/** The config file of a folder, if it has one. */
export function findConfig(folder: string): string | undefined {
  const path = join(folder, CONFIG_NAME);
  return existsSync(path) ? path : undefined;
}

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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new UserError(document.errors.map((error) => `${name}: ${error.message.split("\n")[0]}`).join("\n"));
  }
  const result = ConfigSchema.safeParse(document.toJS());
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const node = document.getIn(pathOf(issue), true) as { range?: [number, number, number] } | undefined;
    const line = node?.range ? lines.linePos(node.range[0]).line : 1;
    return `${name}:${line}: ${describe(issue)}`;
  });
  throw new UserError(problems.join("\n"), "portgauge schema config prints the schema");
}

function pathOf(issue: z.core.$ZodIssue): (string | number)[] {
  return issue.path.filter((part) => typeof part !== "symbol");
}

const TOP_KEYS = Object.keys(ConfigSchema.shape);
const TARGET_KEYS = Object.keys(ConfigSchema.shape.targets.unwrap().element.shape);
const ALLOW_KEYS = Object.keys(ConfigSchema.shape.allow.unwrap().element.shape);

function keysAt(path: readonly PropertyKey[]): readonly string[] {
  if (path[0] === "targets") return TARGET_KEYS;
  if (path[0] === "allow") return ALLOW_KEYS;
  return TOP_KEYS;
}

function describe(issue: z.core.$ZodIssue): string {
  const where = issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
  if (issue.code !== "unrecognized_keys") return `${where}${issue.message}`;
  const known = keysAt(issue.path);
  return issue.keys
    .map((key) => {
      const [near] = nearNames(key, known);
      return `${where}unknown key "${key}"${near ? `; did you mean ${near}?` : `; known keys: ${known.join(", ")}`}`;
    })
    .join("; ");
}
