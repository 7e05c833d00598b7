/** Template argument lists: which `<` is one, and where it closes. */
import {
  BRACE_CLOSE,
  BRACE_OPEN,
  BRACKET_OPEN,
  GREATER,
  LESS,
  PAREN_CLOSE,
  PAREN_OPEN,
  SEMICOLON,
  type TokenList,
} from "./tokens.ts";

/** Index behind any `template <…>` at the beginning of a declaration. */
export function skipTemplates(tokens: TokenList, head: number, end: number): number {
  let at = head;
  while (at < end && tokens.textAt(at) === "template" && tokens.kindAt(at + 1) === LESS) {
    const close = angleClose(tokens, at + 1, end);
    if (close < 0) return at;
    at = close + 1;
    if (tokens.textAt(at) === "requires" && tokens.kindAt(at + 1) === PAREN_OPEN) at = tokens.matchAt(at + 1) + 1;
  }
  return at;
}

/** Longest template argument list that is followed; beyond, a `<` is taken for "less than". */
const LONGEST_ANGLES = 400;

/** Index of the `>` that closes the `<` at `open`, or -1 when it is a comparison. */
export function angleClose(tokens: TokenList, open: number, end: number): number {
  let depth = 0;
  const limit = Math.min(end, open + LONGEST_ANGLES);
  for (let at = open; at < limit; at++) {
    const kind = tokens.kindAt(at);
    if (kind === LESS) depth += 1;
    else if (kind === GREATER) {
      depth -= 1;
      if (depth === 0) return at;
    } else if (kind === PAREN_OPEN || kind === BRACKET_OPEN || kind === BRACE_OPEN) {
      const close = tokens.matchAt(at);
      if (close < at) return -1;
      at = close;
    } else if (kind === SEMICOLON || kind === PAREN_CLOSE || kind === BRACE_CLOSE) return -1;
  }
  return -1;
}

/** Index of the `<` that the `>` at `close` closes, or `start` when there is none. */
export function angleOpen(tokens: TokenList, close: number, start: number): number {
  let depth = 0;
  const limit = Math.max(start, close - LONGEST_ANGLES);
  for (let at = close; at >= limit; at--) {
    const kind = tokens.kindAt(at);
    if (kind === GREATER) depth += 1;
    else if (kind === LESS) {
      depth -= 1;
      if (depth === 0) return at;
    } else if (kind === PAREN_CLOSE) {
      const open = tokens.matchAt(at);
      if (open < 0) return start;
      at = open;
    } else if (kind === SEMICOLON || kind === BRACE_CLOSE || kind === BRACE_OPEN) return start;
  }
  return start;
}
