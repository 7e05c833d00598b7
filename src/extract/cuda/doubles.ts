/**
 * Does a body compute in double precision, and is anything in it a double but literals? Moving doubles about is no
 * arithmetic; `0.5 * x` on a float is. A literal that is only converted (`float x = 1.0`, `powf(x, 2.0)`) computes
 * nothing: the compiler makes it a float.
 */
import type { Doubles } from "../../model/inventory.ts";
import type { DoubleNames } from "./doubleNames.ts";
import {
  AMPERSAND,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  COMMA,
  DOT,
  GREATER,
  IDENT,
  LESS,
  MINUS,
  NUMBER,
  PAREN_CLOSE,
  PAREN_OPEN,
  PLUS,
  SEMICOLON,
  SLASH,
  STAR,
  type TokenList,
} from "./tokens.ts";

const VECTORS = /^double[1-4](?:_(?:16|32)a)?$/;
/** A floating literal without `f`: a double, whatever stands around it. */
const DOUBLE_LITERAL = /^(?:\d[\d']*\.[\d']*|\.\d[\d']*|\d[\d']*(?=[eE]))(?:[eE][+-]?\d+)?$/;

/** Intrinsics and library functions that take, make or give back doubles. */
const FUNCTIONS = /^make_double|^__double|2double|_double[24]?$|hiloint2double|^__d[a-z]+_r[nzud]$/;

export interface BodyDoubles {
  /** Something of type double is added, subtracted, multiplied or divided. */
  readonly computes: boolean;
  readonly doubles: Doubles | undefined;
}

const NO_DOUBLES: BodyDoubles = { computes: false, doubles: undefined };
const BY_LITERALS: BodyDoubles = { computes: true, doubles: "literals" };
const BY_TYPES: BodyDoubles = { computes: true, doubles: "types" };
const MOVED_ABOUT: BodyDoubles = { computes: false, doubles: "types" };

/** Doubles between two tokens. */
export function bodyDoubles(tokens: TokenList, from: number, to: number, names: DoubleNames): BodyDoubles {
  const variables = new Map<string, "value" | "pointer">();
  let byLiteral = false;
  let typed = false;
  for (let at = from; at < to; at++) {
    const kind = tokens.kindAt(at);
    if (kind === NUMBER) {
      byLiteral ||= isOperand(tokens, at, at) && DOUBLE_LITERAL.test(tokens.textAt(at)) && !isCast(tokens, at);
      if (byLiteral && typed) return BY_TYPES;
      continue;
    }
    if (kind !== IDENT) continue;
    const text = tokens.textAt(at);
    if (text === "double" || names.types.has(text) || VECTORS.test(text)) {
      if (byLiteral || castIsOperand(tokens, at)) return BY_TYPES;
      typed = true;
      declare(tokens, at, to, variables);
      continue;
    }
    typed ||= names.holders.has(text);
    const shape = variables.get(text);
    if (shape === undefined) continue;
    const end = operandEnd(tokens, at);
    const isValue = shape === "value" || tokens.kindAt(end) === BRACKET_CLOSE || isDereferenced(tokens, at);
    if (isValue && isOperand(tokens, at, end)) return BY_TYPES;
  }
  if (!byLiteral) return typed ? MOVED_ABOUT : NO_DOUBLES;
  return typed || callsForDoubles(tokens, from, to) ? BY_TYPES : BY_LITERALS;
}

function callsForDoubles(tokens: TokenList, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (tokens.kindAt(at) === IDENT && FUNCTIONS.test(tokens.textAt(at))) return true;
  return false;
}

/** `(float)0.5`: the literal is made another type on the spot. */
function isCast(tokens: TokenList, literal: number): boolean {
  if (tokens.kindAt(literal - 1) !== PAREN_CLOSE) return false;
  const open = tokens.matchAt(literal - 1);
  return open === literal - 3 && tokens.kindAt(open + 1) === IDENT && tokens.textAt(open + 1) !== "double";
}

/** `double *a, b`: notes the names that the type declares. */
function declare(tokens: TokenList, type: number, to: number, variables: Map<string, "value" | "pointer">): void {
  let at = type + 1;
  let isPointer = false;
  for (; at < to; at++) {
    const kind = tokens.kindAt(at);
    if (kind === STAR) isPointer = true;
    else if (kind !== AMPERSAND && !(kind === IDENT && QUALIFIERS.has(tokens.textAt(at)))) break;
  }
  if (tokens.kindAt(at) !== IDENT) return;
  variables.set(tokens.textAt(at), isPointer || tokens.kindAt(at + 1) === BRACKET_OPEN ? "pointer" : "value");
  for (let next = at + 1; next < to && next < at + LONGEST_LIST; next++) {
    const kind = tokens.kindAt(next);
    if (kind === SEMICOLON || kind === PAREN_CLOSE) return;
    if (kind === PAREN_OPEN || kind === BRACKET_OPEN) next = Math.max(next, tokens.matchAt(next));
    if (kind !== COMMA) continue;
    // A parameter list names a type each time; a declaration goes on with a name.
    let name = next + 1;
    const pointer = tokens.kindAt(name) === STAR;
    while (tokens.kindAt(name) === STAR) name += 1;
    if (tokens.kindAt(name) !== IDENT || tokens.kindAt(name + 1) === IDENT) return;
    variables.set(tokens.textAt(name), pointer || tokens.kindAt(name + 1) === BRACKET_OPEN ? "pointer" : "value");
  }
}

const QUALIFIERS = new Set(["const", "__restrict__", "__restrict", "restrict", "volatile"]);
const LONGEST_LIST = 200;

/** Last token of the operand that begins with a name: indices, members and call arguments belong to it. */
function operandEnd(tokens: TokenList, at: number): number {
  let end = at;
  for (;;) {
    const next = tokens.kindAt(end + 1);
    if (next === BRACKET_OPEN && tokens.matchAt(end + 1) > end) end = tokens.matchAt(end + 1);
    else if (next === DOT && tokens.kindAt(end + 2) === IDENT) end += 2;
    else return end;
  }
}

function isArithmetic(kind: number): boolean {
  return kind === PLUS || kind === MINUS || kind === STAR || kind === SLASH;
}

/** True when an arithmetic operator stands before or behind; `++` and a lone sign or star do not count. */
function isOperand(tokens: TokenList, start: number, end: number): boolean {
  const behind = tokens.kindAt(end + 1);
  if (isArithmetic(behind) && !(tokens.kindAt(end + 2) === behind && tokens.touches(end + 1))) return true;
  return isBinary(tokens, start - 1);
}

function isBinary(tokens: TokenList, operator: number): boolean {
  if (!isArithmetic(tokens.kindAt(operator))) return false;
  const left = tokens.kindAt(operator - 1);
  if (left === IDENT) return tokens.textAt(operator - 1) !== "return";
  return left === NUMBER || left === PAREN_CLOSE || left === BRACKET_CLOSE;
}

function isDereferenced(tokens: TokenList, at: number): boolean {
  return tokens.kindAt(at - 1) === STAR && !isBinary(tokens, at - 1);
}

/** `(double)x * y`, `static_cast<double>(x) / y`, `double(x) + 1`. */
function castIsOperand(tokens: TokenList, type: number): boolean {
  const before = tokens.kindAt(type - 1);
  const after = tokens.kindAt(type + 1);
  if (before === PAREN_OPEN && after === PAREN_CLOSE) return castOperand(tokens, type - 1, type + 2);
  if (before === LESS && after === GREATER && /_cast$/.test(tokens.textAt(type - 2))) {
    return castOperand(tokens, type - 2, type + 2);
  }
  return after === PAREN_OPEN && before !== IDENT && castOperand(tokens, type, type + 1);
}

function castOperand(tokens: TokenList, start: number, operand: number): boolean {
  const kind = tokens.kindAt(operand);
  if (kind !== IDENT && kind !== NUMBER && kind !== PAREN_OPEN) return false;
  const close = kind === PAREN_OPEN ? tokens.matchAt(operand) : operandEnd(tokens, operand);
  return isOperand(tokens, start, Math.max(close, operand));
}
