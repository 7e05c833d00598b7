/**
 * The file of accepted findings. One line per usage, sorted, so that two branches merge; no line numbers and no rules,
 * so that neither edits elsewhere nor better rules change it.
 */

import type { Usage } from "../model/inventory.ts";
import { shortHash } from "../model/shortHash.ts";
import { UserError } from "../model/userError.ts";
import { type Pairing, pairUp, type Sighting, sighted } from "./pairing.ts";
import type { TextAt } from "./statement.ts";

export const BASELINE_NAME = "portgauge.baseline.json";
const VERSION = 1;

/** Path, kind, symbol, scope, hash of the statement, ordinal among equals. The path is a hint: moved code is found. */
type Row = readonly [path: string, kind: string, symbol: string, scope: string, text: string, ordinal: number];

export interface BaselineEntry extends Sighting {
  readonly row: Row;
}

function entryOf(row: Row): BaselineEntry {
  const [path, kind, symbol, scope, text] = row;
  return { row, path, kind, symbol, scope, text: () => text };
}

/** A usage as pairing sees it, with the hash in place of the text. */
export interface HashedUsage extends Sighting {
  readonly usage: Usage;
}

/** Third-party code is nobody's to accept: it is not in the file and not compared with it. */
export function hashed(usages: readonly Usage[], textAt: TextAt): HashedUsage[] {
  const own = usages.filter((usage) => !usage.vendored);
  return sighted(own, (path, line) => shortHash(textAt(path, line)));
}

function compareRows(a: Row, b: Row): number {
  for (let i = 0; i < a.length; i++) {
    const [left, right] = [a[i] ?? "", b[i] ?? ""];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

export function baselineText(rows: readonly Row[]): string {
  const lines = [...rows].sort(compareRows).map((row) => JSON.stringify(row));
  return `{"version":${VERSION},"entries":[\n${lines.join(",\n")}\n]}\n`;
}

export function rowsOf(usages: readonly HashedUsage[]): Row[] {
  const seen = new Map<string, number>();
  return usages.map((usage) => {
    const { path, kind, symbol, scope = "" } = usage;
    const text = usage.text();
    const key = [path, kind, symbol, scope, text].join("\0");
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return [path, kind, symbol, scope, text, ordinal];
  });
}

function isRow(value: unknown): value is Row {
  if (!Array.isArray(value) || value.length !== 6) return false;
  return value.slice(0, 5).every((part) => typeof part === "string") && typeof value[5] === "number";
}

export function parseBaseline(text: string, name: string): BaselineEntry[] {
  const broken = (why: string) =>
    new UserError(`${name} is not a baseline file: ${why}`, "resolve conflicts, or portgauge baseline write");
  let value: { version?: unknown; entries?: unknown };
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw broken((error as Error).message);
  }
  if (value?.version !== VERSION) throw broken(`version ${JSON.stringify(value?.version)}, this reads ${VERSION}`);
  if (!Array.isArray(value.entries)) throw broken("it has no entries");
  const bad = value.entries.findIndex((row) => !isRow(row));
  // Entries begin on the second line, one a line.
  if (bad >= 0) throw broken(`line ${bad + 2} is not an entry`);
  return (value.entries as Row[]).map(entryOf);
}

export function compareWithBaseline(
  entries: readonly BaselineEntry[],
  usages: readonly HashedUsage[],
): Pairing<BaselineEntry, HashedUsage> {
  return pairUp(entries, usages);
}
