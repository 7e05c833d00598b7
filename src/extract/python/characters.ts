/** Characters of Python text: what a word, a number or an operator is made of. */
import {
  ARROW,
  ASSIGN,
  AUGMENTED,
  DOT,
  ELLIPSIS,
  EQUAL,
  FLOORDIV,
  NOT_EQUAL,
  ORDER,
  POWER,
  SHIFT,
  WALRUS,
} from "./tokens.ts";

export const LETTER = 1;
export const DIGIT = 2;

/** Of the first 128 characters; others count as letters. */
const CLASS = new Uint8Array(128);
for (let c = 48; c <= 57; c++) CLASS[c] = DIGIT;
for (let c = 65; c <= 90; c++) CLASS[c] = CLASS[c + 32] = LETTER;
CLASS[95] = LETTER;

/** `LETTER` (an underscore is one), `DIGIT` or 0. */
export function classOf(code: number): number {
  return code >= 128 ? LETTER : (CLASS[code] as number);
}

export function isWord(code: number): boolean {
  return classOf(code) !== 0;
}

/** Length and kind of an operator of several characters, as `length << 8 | kind`; 0 when it is only one. */
export function longOperator(text: string, at: number, code: number): number {
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
export function numberEnd(text: string, at: number): number {
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
