import { fieldsOf, isFormatted, lexString } from "./lexString.ts";
import {
  ARROW,
  ASSIGN,
  AUGMENTED,
  DEDENT,
  DOT,
  ELLIPSIS,
  END,
  EQUAL,
  endsOpenBrackets,
  FIELD,
  FIELD_END,
  FLOORDIV,
  INDENT,
  KEYWORDS,
  NAME,
  NEWLINE,
  NOT_EQUAL,
  NUMBER,
  ORDER,
  POWER,
  SHIFT,
  STRING,
  Tokens,
  WALRUS,
} from "./tokens.ts";

const KEYWORD_OF: ReadonlyMap<string, number> = new Map(Object.entries(KEYWORDS));
const LONGEST_KEYWORD = 8;

const LF = 10;
const CR = 13;
const HASH = 35;
const BACKSLASH = 92;
const TAB_WIDTH = 8;

/** Character classes of the first 128 characters: 1 letter or underscore, 2 digit. Others count as letters. */
const CLASS = new Uint8Array(128);
for (let c = 48; c <= 57; c++) CLASS[c] = 2;
for (let c = 65; c <= 90; c++) CLASS[c] = CLASS[c + 32] = 1;
CLASS[95] = 1;

function isWord(code: number): boolean {
  return code >= 128 || (CLASS[code] ?? 0) !== 0;
}

/** Length and kind of an operator of several characters, as `length << 8 | kind`; 0 when it is only one. */
function longOperator(text: string, at: number, code: number): number {
  const second = text.charCodeAt(at + 1);
  switch (code) {
    case 42: // * ** *= **=
      if (second === 42) return text.charCodeAt(at + 2) === ASSIGN ? (3 << 8) | AUGMENTED : (2 << 8) | POWER;
      break;
    case 47: // / // /= //=
      if (second === 47) return text.charCodeAt(at + 2) === ASSIGN ? (3 << 8) | AUGMENTED : (2 << 8) | FLOORDIV;
      break;
    case 60: // < <= << <<=
    case 62: // > >= >> >>=
      if (second === ASSIGN) return (2 << 8) | ORDER;
      if (second === code) return text.charCodeAt(at + 2) === ASSIGN ? (3 << 8) | AUGMENTED : (2 << 8) | SHIFT;
      return 0;
    case 61:
      return second === ASSIGN ? (2 << 8) | EQUAL : 0;
    case 33:
      return second === ASSIGN ? (2 << 8) | NOT_EQUAL : 0;
    case 58:
      return second === ASSIGN ? (2 << 8) | WALRUS : 0;
    case 45:
      if (second === 62) return (2 << 8) | ARROW;
      break;
    case 46:
      return second === DOT && text.charCodeAt(at + 2) === DOT ? (3 << 8) | ELLIPSIS : 0;
    case 43:
    case 37:
    case 38:
    case 124:
    case 94:
    case 64:
      break;
    default:
      return 0;
  }
  return second === ASSIGN ? (2 << 8) | AUGMENTED : 0;
}

/** End of a number that begins at `at`. */
function numberEnd(text: string, at: number): number {
  let i = at + 1;
  const hex = text.charCodeAt(i) === 120 || text.charCodeAt(i) === 88;
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isWord(code) || code === DOT) continue;
    const previous = text.charCodeAt(i - 1) | 32;
    if (!hex && (code === 43 || code === 45) && previous === 101) continue;
    break;
  }
  return i;
}

/** Fields within fields within fields are not read. */
const DEEPEST_FIELD = 3;

/**
 * Splits a text into tokens with Python's logical lines and indentation. Never fails: what is no Python becomes
 * one-character tokens.
 */
export function lex(text: string): Tokens {
  const tokens = new Tokens(text, text.length >> 2);
  lexRange(tokens, 0, text.length, 0);
  return tokens;
}

/** The tokens of `text[from, to)`: a file, or (`nested` > 0) an expression in a formatted string. */
function lexRange(tokens: Tokens, from: number, to: number, nested: number): void {
  const { text } = tokens;
  const indents = [0];
  let depth = nested > 0 ? 1 : 0; // a field is like a bracket: no lines in it
  let fresh = nested === 0; // at the begin of a logical line
  let i = from;

  while (i < to) {
    if (fresh && depth === 0) {
      let width = 0;
      for (; i < to; i++) {
        const code = text.charCodeAt(i);
        if (code === 32) width += 1;
        else if (code === 9) width += TAB_WIDTH - (width % TAB_WIDTH);
        else if (code === 12 || code === 0xfeff) width = 0;
        else break;
      }
      const code = text.charCodeAt(i);
      if (i < to && code !== LF && code !== CR && code !== HASH) {
        fresh = false;
        if (width > (indents.at(-1) ?? 0)) {
          indents.push(width);
          tokens.push(INDENT, i, i);
        }
        while (width < (indents.at(-1) ?? 0)) {
          indents.pop();
          tokens.push(DEDENT, i, i);
        }
      }
    }
    if (i >= to) break;
    const code = text.charCodeAt(i);
    if (code === 32 || code === 9 || code === CR || code === 12) {
      i += 1;
      continue;
    }
    if (code === LF) {
      if (depth === 0 && !fresh) {
        tokens.push(NEWLINE, i, i);
        fresh = true;
      }
      i += 1;
      continue;
    }
    if (code === HASH) {
      tokens.comments.push(i);
      const end = text.indexOf("\n", i);
      i = end < 0 || end > to ? to : end;
      continue;
    }
    if (code === BACKSLASH) {
      i += 1;
      if (text.charCodeAt(i) === CR) i += 1;
      if (text.charCodeAt(i) === LF) i += 1;
      continue;
    }
    if (code === 34 || code === 39) {
      const end = lexString(text, i, i, to);
      tokens.push(STRING, i, end);
      i = end;
      continue;
    }
    const wordClass = code >= 128 ? 1 : (CLASS[code] ?? 0);
    if (wordClass === 1) {
      let end = i + 1;
      while (end < to && isWord(text.charCodeAt(end))) end += 1;
      const after = text.charCodeAt(end);
      if ((after === 34 || after === 39) && end - i <= 2 && end < to) {
        const stop = lexString(text, i, end, to);
        tokens.push(STRING, i, stop);
        if (nested < DEEPEST_FIELD && isFormatted(text, i, end)) {
          for (const [first, last] of fieldsOf(text, end, stop)) {
            tokens.push(FIELD, first, first);
            lexRange(tokens, first, last, nested + 1);
            tokens.push(FIELD_END, last, last);
          }
        }
        i = stop;
        continue;
      }
      const kind = end - i <= LONGEST_KEYWORD && end - i > 1 ? (KEYWORD_OF.get(text.slice(i, end)) ?? NAME) : NAME;
      if (depth > 0 && nested === 0 && endsOpenBrackets(kind)) {
        depth = 0;
        tokens.push(NEWLINE, i, i);
      }
      tokens.push(kind, i, end);
      i = end;
      continue;
    }
    if (wordClass === 2 || (code === DOT && CLASS[text.charCodeAt(i + 1)] === 2)) {
      const end = numberEnd(text, i);
      tokens.push(NUMBER, i, end);
      i = end;
      continue;
    }
    const long = longOperator(text, i, code);
    if (long !== 0) {
      tokens.push(long & 255, i, i + (long >> 8));
      i += long >> 8;
      continue;
    }
    if (code === 40 || code === 91 || code === 123) depth += 1;
    else if ((code === 41 || code === 93 || code === 125) && depth > 0) depth -= 1;
    if (code > 32 && code < 127) tokens.push(code, i, i + 1);
    i += 1;
  }
  if (nested > 0) return;
  if (!fresh) tokens.push(NEWLINE, to, to);
  for (let level = indents.length; level > 1; level--) tokens.push(DEDENT, to, to);
  tokens.push(END, to, to);
}
