/** Jupyter notebooks: the code cells as one Python text, and the way back to the file's own lines. */

import type { FileInventory } from "../../model/inventory.ts";
import { lineOf, lineStarts } from "./lines.ts";

/** A line of code and where its text stands in the file. */
interface CellLine {
  readonly text: string;
  /** Offset in the file of the line's first character, inside the JSON string. */
  readonly offset: number;
}

export interface NotebookCode {
  readonly text: string;
  /** Offset in the notebook's file of a 1-based place in `text`. */
  fileOffset(line: number, column: number): number;
}

const MAGIC = /^\s*(?:%|!|\?)|\?\s*$/;
const OTHER_LANGUAGE = /^%%(?!time|timeit|capture|prun|debug)/;

/** Reads the code cells of a notebook; a file that is no notebook has none. */
export function readNotebook(file: string): NotebookCode {
  const lines: CellLine[] = [];
  for (const cell of codeCells(file)) lines.push(...withoutMagics(cell));
  return {
    text: lines.map((line) => line.text).join("\n"),
    fileOffset(line, column) {
      const written = lines[line - 1];
      if (written === undefined) return 0;
      return written.offset + writtenLength(file, written.offset, column - 1);
    },
  };
}

/** Moves what was found in a notebook's code to the lines of the notebook's file. */
export function inNotebook(inventory: FileInventory, code: NotebookCode, file: string): FileInventory {
  const starts = lineStarts(file);
  const moved = <T extends { readonly line: number; readonly column?: number; readonly endLine?: number }>(
    item: T,
  ): T => {
    const offset = code.fileOffset(item.line, item.column ?? 1);
    const line = lineOf(starts, offset);
    const place = { ...item, line: line + 1 };
    return {
      ...place,
      ...(item.column === undefined ? {} : { column: offset - (starts[line] ?? 0) + 1 }),
      ...(item.endLine === undefined ? {} : { endLine: lineOf(starts, code.fileOffset(item.endLine, 1)) + 1 }),
    };
  };
  return {
    ...inventory,
    usages: inventory.usages.map(moved),
    kernels: inventory.kernels.map(moved),
    deviceFunctions: inventory.deviceFunctions.map(moved),
    suppressions: inventory.suppressions.map(moved),
    signals: inventory.signals.map(moved),
    ...(inventory.references ? { references: inventory.references.map(moved) } : {}),
  };
}

/** Magics and shell lines become blank; a cell in another language as a whole. */
function withoutMagics(cell: readonly CellLine[]): CellLine[] {
  const foreign = OTHER_LANGUAGE.test(cell.find((line) => line.text.trim() !== "")?.text ?? "");
  let depth = 0; // an operator such as `%` may begin a line inside brackets
  return cell.map((line) => {
    const magic = foreign || (depth === 0 && MAGIC.test(line.text));
    if (!magic) for (const sign of line.text) depth += "([{".includes(sign) ? 1 : ")]}".includes(sign) ? -1 : 0;
    depth = Math.max(0, depth);
    return magic ? { ...line, text: "" } : line;
  });
}

/** How many characters of the file spell the first `length` characters of a JSON string's value. */
function writtenLength(file: string, from: number, length: number): number {
  let at = from;
  for (let i = 0; i < length && at < file.length; i++)
    at += file.charCodeAt(at) !== 92 ? 1 : file[at + 1] === "u" ? 6 : 2;
  return at - from;
}

/** A string of the JSON text: its value and the offset behind its opening quote. */
interface JsonString {
  readonly value: string;
  readonly offset: number;
}

/**
 * Finds `"cell_type": "code"` objects and their `"source"`. A scan over tokens with a stack of open objects, because
 * `JSON.parse` would lose the places.
 */
function codeCells(file: string): CellLine[][] {
  const cells: CellLine[][] = [];
  const open: { array: boolean; key?: string; type?: string; source: JsonString[] }[] = [];
  let expectsKey = false;
  for (let at = 0; at < file.length; at++) {
    const top = open.at(-1);
    switch (file[at]) {
      case "{":
        open.push({ array: false, source: [] });
        expectsKey = true;
        break;
      case "[":
        open.push({ array: true, source: [] });
        break;
      case "]":
      case "}": {
        const closed = open.pop();
        if (closed && !closed.array && closed.type === "code") cells.push(linesOf(closed.source));
        break;
      }
      case ",":
        expectsKey = top?.array === false;
        break;
      case ":":
        expectsKey = false;
        break;
      case '"': {
        const end = stringEnd(file, at + 1);
        const owner = top?.array ? open.at(-2) : top;
        if (expectsKey && top) top.key = file.slice(at + 1, end);
        else if (owner?.key === "cell_type") owner.type = file.slice(at + 1, end);
        else if (owner?.key === "source")
          owner.source.push({ value: decoded(file.slice(at, end + 1)), offset: at + 1 });
        at = end;
      }
    }
  }
  return cells;
}

function stringEnd(file: string, from: number): number {
  for (let at = from; at < file.length; at++) {
    if (file.charCodeAt(at) === 92) at += 1;
    else if (file.charCodeAt(at) === 34) return at;
  }
  return file.length;
}

function decoded(json: string): string {
  try {
    return JSON.parse(json) as string;
  } catch {
    return json.slice(1, -1);
  }
}

/** Lines of a cell: notebooks hold one string per line, or all lines in one string. */
function linesOf(strings: readonly JsonString[]): CellLine[] {
  const lines: CellLine[] = [];
  let open: CellLine | undefined;
  for (const { value, offset } of strings) {
    let written = offset;
    for (const part of value.split(/(?<=\n)/)) {
      const text = part.replace(/\r?\n$/, "");
      const line: CellLine = open ? { text: open.text + text, offset: open.offset } : { text, offset: written };
      written += part.length + (part.endsWith("\n") ? 1 : 0);
      open = part.endsWith("\n") ? undefined : line;
      if (!open) lines.push(line);
    }
  }
  if (open) lines.push(open);
  return lines;
}
