/** Where what begins at an offset ends: pure functions of the text, each linear in what it passes. */
import { APOSTROPHE, BACKSLASH, CARRIAGE_RETURN, isWord, NEWLINE, QUOTE } from "./characters.ts";
import { ARROW, CHEVRON, COLON, DOT, GREATER, HASH, LESS, MINUS, PASTE, PLUS, SCOPE } from "./tokens.ts";

/** Of a raw string, by the standard. */
const LONGEST_DELIMITER = 16;

/** Before the line end; a spliced comment goes on. */
export function lineCommentEnd(text: string, start: number): number {
  for (let at = start; ; ) {
    const stop = text.indexOf("\n", at);
    if (stop < 0) return text.length;
    const last = text.charCodeAt(stop - 1) === CARRIAGE_RETURN ? stop - 2 : stop - 1;
    if (text.charCodeAt(last) !== BACKSLASH) return stop;
    at = stop + 1;
  }
}

export function blockCommentEnd(text: string, start: number): number {
  const stop = text.indexOf("*/", start + 2);
  return stop < 0 ? text.length : stop + 2;
}

/** Behind the closing quote, or before the line end when there is none. */
export function quotedEnd(text: string, start: number, quote: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === quote) return at + 1;
    if (char === NEWLINE) return at;
    if (char !== BACKSLASH) continue;
    at += text.charCodeAt(at + 1) === CARRIAGE_RETURN ? 2 : 1;
  }
  return text.length;
}

/** `start` is the quote of `R"delimiter(`; what lacks the parenthesis is an ordinary string. */
export function rawStringEnd(text: string, start: number): number {
  const paren = start + text.slice(start, start + LONGEST_DELIMITER + 2).indexOf("(");
  if (paren < start) return quotedEnd(text, start, QUOTE);
  const close = `)${text.slice(start + 1, paren)}"`;
  const stop = text.indexOf(close, paren);
  return stop < 0 ? text.length : stop + close.length;
}

export function numberEnd(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (isWord(char) || char === DOT) continue;
    if ((char === PLUS || char === MINUS) && isExponent(text, at)) continue;
    if (char !== APOSTROPHE || !isWord(text.charCodeAt(at + 1))) break;
  }
  return at;
}

/** A sign behind `e` or `p` belongs to a number, unless it is `0xE+1`. */
function isExponent(text: string, sign: number): boolean {
  return /[eEpP]/.test(text.charAt(sign - 1)) && !/^0[xX]/.test(text.slice(sign - 2, sign));
}

/** Of the next line end, or the text's length. */
export function newlineFrom(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 ? text.length : newline;
}

/** Kind of a token of several characters, or 0. */
export function longPunctuation(char: number, next: number, third: number): number {
  if (char === COLON && next === COLON) return SCOPE;
  if (char === MINUS && next === GREATER) return ARROW;
  if (char === LESS && next === LESS && third === LESS) return CHEVRON;
  return char === HASH && next === HASH ? PASTE : 0;
}
