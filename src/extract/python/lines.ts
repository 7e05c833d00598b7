/** Places and code lines of a Python text. */

/** Offsets at which lines begin. */
export function lineStarts(text: string): Int32Array {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  const starts = new Int32Array(count);
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts[line++] = at + 1;
  return starts;
}

/** 0-based index of the line that holds the offset. */
export function lineOf(starts: Int32Array, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

const BLANK = /[^\S\n]*/y;
const TRIPLE = /"""|'''/g;
const PREFIXED = /[rRuUbBfF]{0,2}(?="""|''')/y;
const HASH = 35;

/**
 * Marks the lines that hold code: not blank, not comment, not part of a docstring (a string that is a statement).
 * Strings of several lines that are values are code.
 */
export function codeLineMarks(text: string, starts: Int32Array): Uint8Array {
  const marks = new Uint8Array(starts.length);
  const quotes: number[] = [];
  TRIPLE.lastIndex = 0;
  for (let found = TRIPLE.exec(text); found; found = TRIPLE.exec(text)) quotes.push(found.index);
  let quote = 0;
  let openUntil = -1; // end of the triple-quoted string that began on an earlier line
  let code = true; // whether that string's lines are code
  for (let line = 0; line < starts.length; line++) {
    const begin = starts[line] ?? 0;
    const end = line + 1 < starts.length ? (starts[line + 1] ?? 0) - 1 : text.length;
    let at = begin;
    if (openUntil > begin) {
      if (code) marks[line] = 1;
      if (openUntil > end) continue;
      at = openUntil;
    }
    BLANK.lastIndex = at;
    BLANK.test(text);
    if (at === begin) at = BLANK.lastIndex;
    if (at >= end || text.charCodeAt(at) === HASH) continue;
    PREFIXED.lastIndex = at;
    const docstring = at !== openUntil && PREFIXED.test(text);
    if (!docstring && at !== openUntil) marks[line] = 1;
    // The triple quotes of the line; the last one may stay open.
    while (quote < quotes.length && (quotes[quote] ?? 0) < at) quote += 1;
    while (quote < quotes.length && (quotes[quote] ?? 0) < end) {
      const first = quotes[quote] ?? 0;
      if (text.slice(at, first).includes("#")) break;
      const mark = text.charCodeAt(first);
      do quote += 1;
      while (
        quote < quotes.length &&
        (text.charCodeAt(quotes[quote] ?? 0) !== mark || (quotes[quote] ?? 0) < first + 3)
      );
      openUntil = quote < quotes.length ? (quotes[quote] ?? 0) + 3 : text.length + 1;
      code = !docstring;
      quote += 1;
    }
  }
  return marks;
}

/** Number of code lines, of `[from, to)` by 0-based line. */
export function countMarks(marks: Uint8Array, from = 0, to = marks.length): number {
  let count = 0;
  for (let line = from; line < to; line++) count += marks[line] ?? 0;
  return count;
}
