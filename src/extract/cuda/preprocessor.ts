/** Macros, includes and the `#if` regions of a file. */
import { type Condition, conditionOf, guardText, negated, SILENT, speakingParts } from "./conditions.ts";
import type { Directive, Lexed } from "./lexed.ts";
import { COMMA, IDENT, PAREN_CLOSE, PAREN_OPEN } from "./tokens.ts";

export interface Macro {
  readonly name: string;
  readonly line: number;
  readonly nameToken: number;
  /** Undefined for an object-like macro. */
  readonly parameters: readonly string[] | undefined;
  /** Tokens of the body in `Lexed.directiveTokens`. */
  readonly from: number;
  readonly to: number;
  readonly codeAt: number;
}

export interface Include {
  readonly path: string;
  readonly quoted: boolean;
  readonly line: number;
  /** Offset of the path. */
  readonly offset: number;
}

export function readMacros(lexed: Lexed): Macro[] {
  return lexed.directives
    .filter((directive) => directive.name === "define")
    .flatMap((directive) => macroOf(lexed, directive) ?? []);
}

function macroOf(lexed: Lexed, directive: Directive): Macro | undefined {
  const tokens = lexed.directiveTokens;
  const { from, to } = directive;
  if (from >= to || tokens.kindAt(from) !== IDENT) return undefined;
  const macro = { name: tokens.textAt(from), line: directive.line, nameToken: from, to, codeAt: directive.codeAt };
  const isFunctionLike = from + 1 < to && tokens.kindAt(from + 1) === PAREN_OPEN && tokens.touches(from);
  if (!isFunctionLike) return { ...macro, parameters: undefined, from: from + 1 };
  const parameters: string[] = [];
  let at = from + 2;
  for (; at < to && tokens.kindAt(at) !== PAREN_CLOSE; at++) {
    if (tokens.kindAt(at) !== COMMA) parameters.push(tokens.textAt(at));
  }
  return { ...macro, parameters, from: at + 1 };
}

const INCLUDE_PATH = /^\s*(?:<([^>\n]+)>|"([^"\n]+)")/;

export function readIncludes(lexed: Lexed): Include[] {
  const includes: Include[] = [];
  for (const directive of lexed.directives) {
    if (!directive.name.startsWith("include") && directive.name !== "import") continue;
    const body = lexed.text.slice(directive.bodyStart, directive.bodyEnd);
    const found = INCLUDE_PATH.exec(body);
    const path = found?.[1] ?? found?.[2];
    if (!found || path === undefined) continue;
    const offset = directive.bodyStart + found[0].length - path.length - 1;
    includes.push({ path: path.trim(), quoted: found[2] !== undefined, line: directive.line, offset });
  }
  return includes;
}

/** Guards by place: of a code token, and of a line that a directive begins. */
export interface Guards {
  readonly at: (codeToken: number) => string | undefined;
  readonly ofLine: (line: number) => string | undefined;
}

interface Step {
  readonly from: number;
  readonly guard: string | undefined;
}

/** One `#if`: the parts of the guard around it, what its earlier branches excluded, and the branch that is open. */
interface Frame {
  readonly outer: readonly string[];
  readonly earlier: Condition[];
  current: Condition;
  /** Speaking parts, those around it included. */
  parts: readonly string[];
}

const NO_PARTS: readonly string[] = [];

/** Follows `#if` … `#endif` and remembers where the guard changes. */
export function readGuards(lexed: Lexed): Guards {
  const steps: Step[] = [{ from: 0, guard: undefined }];
  const byLine = new Map<number, string>();
  const frames: Frame[] = [];
  let parts = NO_PARTS;
  let guard: string | undefined;

  for (const directive of lexed.directives) {
    if (guard !== undefined) byLine.set(directive.line, guard);
    if (!follow(lexed, directive, frames)) continue;
    if (directive.name.startsWith("elif")) setOrDelete(byLine, directive.line, guardText(askedUnder(frames.at(-1))));
    const now = frames.at(-1)?.parts ?? NO_PARTS;
    if (now === parts) continue;
    parts = now;
    guard = guardText(parts);
    steps.push({ from: directive.codeAt, guard });
  }
  return {
    at: (codeToken) => (steps.length === 1 ? undefined : stepAt(steps, codeToken).guard),
    ofLine: (line) => byLine.get(line),
  };
}

function stepAt(steps: readonly Step[], codeToken: number): Step {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((steps[middle] as Step).from <= codeToken) low = middle;
    else high = middle - 1;
  }
  return steps[low] as Step;
}

/** Limits that keep a hostile file's guards short. */
const MOST_PARTS = 32;
const MOST_BRANCHES = 16;

/** True when the directive opened, changed or closed a branch. */
function follow(lexed: Lexed, directive: Directive, frames: Frame[]): boolean {
  const { name } = directive;
  const frame = frames.at(-1);
  if (name === "if" || name === "ifdef" || name === "ifndef") {
    const outer = frame?.parts ?? NO_PARTS;
    const current = outer.length < MOST_PARTS ? conditionOf(lexed, directive) : SILENT;
    frames.push({ outer, earlier: [], current, parts: partsOf(outer, [current]) });
    return true;
  }
  if (!frame) return false;
  if (name === "endif") return frames.pop() !== undefined;
  if (name !== "else" && !name.startsWith("elif")) return false;
  if (frame.earlier.length < MOST_BRANCHES) frame.earlier.push(negated(frame.current));
  frame.current = name === "else" ? SILENT : conditionOf(lexed, directive);
  frame.parts = partsOf(frame.outer, [...frame.earlier, frame.current]);
  return true;
}

/** What holds where the condition of `#elif` is asked: the branches before it were not taken. */
function askedUnder(frame: Frame | undefined): readonly string[] {
  return frame ? partsOf(frame.outer, frame.earlier) : NO_PARTS;
}

function setOrDelete(table: Map<number, string>, line: number, guard: string | undefined): void {
  if (guard === undefined) table.delete(line);
  else table.set(line, guard);
}

/** The same list when nothing new speaks, so that silent branches cost nothing. */
function partsOf(outer: readonly string[], conditions: readonly Condition[]): readonly string[] {
  const own = conditions.flatMap(speakingParts).filter((part) => !outer.includes(part));
  return own.length === 0 ? outer : [...new Set([...outer, ...own])];
}
