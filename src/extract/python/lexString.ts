const BACKSLASH = 92;
const LF = 10;
const LBRACE = 123;
const RBRACE = 125;

/** True when the prefix before the quote makes a formatted string. */
export function isFormatted(text: string, start: number, quote: number): boolean {
  for (let i = start; i < quote; i++) {
    const letter = text.charCodeAt(i) | 32;
    if (letter === 102 || letter === 116) return true;
  }
  return false;
}

/** End of the string literal whose prefix begins at `start` and whose first quote stands at `quote`. */
export function lexString(text: string, start: number, quote: number, to: number): number {
  const mark = text.charCodeAt(quote);
  const triple = text.charCodeAt(quote + 1) === mark && text.charCodeAt(quote + 2) === mark;
  if (triple) return tripleEnd(text, quote + 3, mark, to);
  const formatted = isFormatted(text, start, quote);
  return formatted ? formattedEnd(text, quote + 1, mark, to) : plainEnd(text, quote + 1, mark, to);
}

function tripleEnd(text: string, from: number, mark: number, to: number): number {
  const close = mark === 34 ? '"""' : "'''";
  for (let at = text.indexOf(close, from); at >= 0 && at < to; at = text.indexOf(close, at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH && at - 1 - slashes >= from) slashes += 1;
    if (slashes % 2 === 0) return at + 3;
  }
  return to;
}

/** A string of one line; an unclosed one ends with its line. */
function plainEnd(text: string, from: number, mark: number, to: number): number {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === mark) return i + 1;
    if (code === LF) return i;
    if (code === BACKSLASH) i += text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === LF ? 2 : 1;
  }
  return to;
}

/** Since Python 3.12 a replacement field may hold the very quote that ends the string. */
function formattedEnd(text: string, from: number, mark: number, to: number): number {
  let depth = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH) i += 1;
    else if (code === LBRACE) {
      if (depth === 0 && text.charCodeAt(i + 1) === LBRACE) i += 1;
      else depth += 1;
    } else if (code === RBRACE && depth > 0) depth -= 1;
    else if (code === mark) {
      if (depth === 0) return i + 1;
      const inner = plainEnd(text, i + 1, mark, to);
      if (inner >= to || text.charCodeAt(inner) === LF) return i + 1;
      i = inner - 1;
    } else if (code === LF) return plainEnd(text, from, mark, to);
  }
  return to;
}

/** Spans of the expressions in a formatted string's replacement fields, without plain names: those say nothing. */
export function fieldsOf(text: string, from: number, to: number): [number, number][] {
  const fields: [number, number][] = [];
  for (let i = text.indexOf("{", from); i >= 0 && i < to; i = text.indexOf("{", i)) {
    if (text.charCodeAt(i + 1) === LBRACE) {
      i += 2;
      continue;
    }
    const end = fieldEnd(text, i + 1, to);
    if (!/^\s*\w*\s*$/.test(text.slice(i + 1, end))) fields.push([i + 1, end]);
    i = end;
  }
  return fields;
}

/** Where a field's expression ends: at its brace, conversion or format. */
function fieldEnd(text: string, from: number, to: number): number {
  let depth = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === 34 || code === 39) i = plainEnd(text, i + 1, code, to) - 1;
    else if (code === 40 || code === 91 || code === LBRACE) depth += 1;
    else if (depth > 0) {
      if (code === 41 || code === 93 || code === RBRACE) depth -= 1;
    } else if (code === RBRACE || code === 58 || (code === 33 && text.charCodeAt(i + 1) !== 61)) return i;
  }
  return to;
}
