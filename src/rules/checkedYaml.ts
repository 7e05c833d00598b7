/** YAML that people write, checked against a schema: every problem with its file, line and remedy. */
import { type Document, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { nearNames } from "../model/nearNames.ts";

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly string[] };

export function parseChecked<T>(text: string, name: string, schema: z.ZodType<T>): Checked<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    return { ok: false, problems: document.errors.map((error) => `${name}: ${error.message.split("\n")[0]}`) };
  }
  const result = schema.safeParse(document.toJS() ?? {});
  if (result.success) return { ok: true, value: result.data };
  const problems = result.error.issues.map((issue) => {
    const path = issue.path.filter((part) => typeof part !== "symbol");
    return `${name}:${lineOf(document, path, lines)}: ${describe(issue, schema)}`;
  });
  return { ok: false, problems };
}

/** Line of the innermost node on the path that exists. */
function lineOf(document: Document, path: readonly (string | number)[], lines: LineCounter): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined;
    const start = node?.range?.[0];
    if (start !== undefined) return lines.linePos(start).line;
  }
  return 1;
}

function describe(issue: z.core.$ZodIssue, schema: z.ZodType): string {
  const where = issue.path.length > 0 ? `${issue.path.map(String).join(".")}: ` : "";
  if (issue.code !== "unrecognized_keys") return `${where}${issue.message}`;
  const known = keysAt(schema, issue.path);
  return issue.keys
    .map((key) => {
      const [near] = nearNames(key, known);
      return `${where}unknown key "${key}"${near ? `; did you mean ${near}?` : `; known keys: ${known.join(", ")}`}`;
    })
    .join("; ");
}

/** Keys of the object schema at a path; empty when the path leads elsewhere. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const part of path) at = childOf(unwrapped(at), part);
  const inner = unwrapped(at);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function unwrapped(schema: unknown): unknown {
  let at = schema;
  while (at instanceof z.ZodOptional || at instanceof z.ZodDefault || at instanceof z.ZodNullable) at = at.unwrap();
  return at;
}

function childOf(schema: unknown, part: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[String(part)];
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return undefined;
}
