/**
 * One pass over C, C++ or CUDA text. Comments vanish, strings are single tokens, line splices are blanks,
 * directives go to a list of their own so that `#if` branches and macros cannot upset the code around them.
 * Never throws, never looks back: linear in the text whatever it holds.
 */

import { ConditionStack } from "./deadCode.ts";
import { ARROW, CHAR, CHEVRON, IDENT, NUMBER, PASTE, SCOPE, STRING, TokenList } from "./tokens.ts";
import { currentWords, HASH_START, hashNext, wordOf } from "./words.ts";

/** A preprocessor line: its words are tokens `from` … `to` of `Lexed.directiveTokens`. */
export interface Directive {
  /** `define`, `if`, `include` … */
  readonly name: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
  /** Index of the first code token after it. */
  readonly codeAt: number;
  /** Offsets of the text after the name, for conditions and include paths. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

export interface Comment {
  readonly text: string;
  readonly line: number;
}

export interface Lexed {
  readonly text: string;
  readonly code: TokenList;
  readonly directiveTokens: TokenList;
  readonly directives: readonly Directive[];
  /** Offset of each line's first character. */
  readonly lineStarts: readonly number[];
  /** Lines that hold code. */
  readonly codeLines: readonly number[];
  /** Comments, kept only when one of them can be a suppression. */
  readonly comments: readonly Comment[];
}

const NEWLINE = 10;
const QUOTE = 34;
const APOSTROPHE = 39;
const SLASH = 47;
const STAR = 42;
const BACKSLASH = 92;
const HASH = 35;
const LESS = 60;
const GREATER = 62;
const COLON = 58;
const MINUS = 45;
const DOT = 46;
const LOWER_R = 82;

/** 1: begins an identifier; 2: digit; 4: blank. */
const CLASS = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_$]/.test(char)) CLASS[code] = 1;
  else if (/[0-9]/.test(char)) CLASS[code] = 2;
  else if (code <= 32) CLASS[code] = 4;
}
const isWord = (code: number): boolean => code >= 128 || ((CLASS[code] as number) & 3) !== 0;

/** Prefixes that make a string literal of what follows them. */
const STRING_PREFIX = /^(?:u8|[uUL])?R?$/;
/** Of a raw string, by the standard. */
const LONGEST_DELIMITER = 16;
const MARK = "portgauge-ignore";

/** `keepCode` false: only lines, comments and directives are wanted, which costs half. */
export function lex(text: string, keepCode = true): Lexed {
  const words = currentWords();
  const code = new TokenList(text, words, keepCode ? text.length : 0);
  const directiveTokens = new TokenList(text, words, 0);
  const directives: Directive[] = [];
  const lineStarts: number[] = [0];
  const codeLines: number[] = [];
  const comments: Comment[] = [];
  const keepComments = text.includes(MARK);
  const conditions = new ConditionStack();
  const length = text.length;

  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  /** True until something but blanks and comments stands on the logical line. */
  let lineIsFresh = true;
  let open: { name: string; line: number; from: number; codeAt: number; bodyStart: number } | undefined;
  let lastCodeLine = 0;

  const newLine = (offset: number): void => {
    line += 1;
    lineStarts.push(offset + 1);
  };

  const markLines = (first: number): void => {
    if (conditions.dead && !open) return;
    for (let n = Math.max(first, lastCodeLine + 1); n <= line; n++) codeLines.push(n);
    if (line > lastCodeLine) lastCodeLine = line;
  };

  const emit = (kind: number, start: number, startLine: number, word = 0): void => {
    lineIsFresh = false;
    if (open) directiveTokens.push(kind, start, at, startLine, word);
    else if (keepCode && !conditions.dead) code.push(kind, start, at, startLine, word);
    if (line !== lastCodeLine || startLine !== line) markLines(startLine);
  };

  const closeDirective = (): void => {
    if (!open) return;
    const { name, line: startLine, from, codeAt, bodyStart } = open;
    open = undefined;
    const wasDead = conditions.dead;
    const branches = name.startsWith("if") || name.startsWith("el") || name === "endif";
    if (branches) conditions.see(name, name === "if" ? text.slice(bodyStart, Math.min(at, bodyStart + 8)).trim() : "");
    if (wasDead && !branches) return;
    directives.push({ name, line: startLine, from, to: directiveTokens.count, codeAt, bodyStart, bodyEnd: at });
  };

  const openDirective = (): void => {
    const startLine = line;
    at += 1;
    while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at += 1;
    const nameStart = at;
    while (at < length && isWord(text.charCodeAt(at))) at += 1;
    open = {
      name: text.slice(nameStart, at),
      line: startLine,
      from: directiveTokens.count,
      codeAt: code.count,
      bodyStart: at,
    };
    lineIsFresh = false;
    markLines(startLine);
  };

  const skipLineComment = (): void => {
    const start = at;
    const startLine = line;
    while (at < length) {
      const stop = text.indexOf("\n", at);
      if (stop < 0) {
        at = length;
        break;
      }
      const last = text.charCodeAt(stop - 1) === 13 ? stop - 2 : stop - 1;
      at = stop;
      if (text.charCodeAt(last) !== BACKSLASH) break;
      newLine(stop);
      at = stop + 1;
    }
    if (keepComments) comments.push({ text: text.slice(start, at), line: startLine });
  };

  const skipBlockComment = (): void => {
    const start = at;
    const startLine = line;
    const stop = text.indexOf("*/", at + 2);
    const end = stop < 0 ? length : stop + 2;
    countLines(start, end);
    at = end;
    if (keepComments) comments.push({ text: text.slice(start, at), line: startLine });
  };

  const countLines = (from: number, to: number): void => {
    for (let stop = text.indexOf("\n", from); stop >= 0 && stop < to; stop = text.indexOf("\n", stop + 1))
      newLine(stop);
  };

  /** A quoted literal that ends at its quote, or at the line's end when it is not closed. */
  const skipQuoted = (quote: number): void => {
    at += 1;
    while (at < length) {
      const char = text.charCodeAt(at);
      if (char === quote) {
        at += 1;
        return;
      }
      if (char === NEWLINE) return;
      if (char === BACKSLASH) {
        at += 1;
        if (text.charCodeAt(at) === 13) at += 1;
        if (text.charCodeAt(at) === NEWLINE) newLine(at);
      }
      at += 1;
    }
    at = Math.min(at, length);
  };

  const skipRawString = (): void => {
    const paren = at + text.slice(at, at + LONGEST_DELIMITER + 2).indexOf("(");
    if (paren < at) {
      skipQuoted(QUOTE);
      return;
    }
    const close = `)${text.slice(at + 1, paren)}"`;
    const stop = text.indexOf(close, paren);
    const end = stop < 0 ? length : stop + close.length;
    countLines(at, end);
    at = end;
  };

  /** Returns the word's number. */
  const skipWord = (): number => {
    const start = at;
    let end = at;
    let hash = HASH_START;
    for (let char = text.charCodeAt(end); end < length && isWord(char); char = text.charCodeAt(++end)) {
      hash = hashNext(hash, char);
    }
    at = end;
    if (text.charCodeAt(end) === BACKSLASH && skipSplices()) return splicedWord(start);
    return keepCode || open ? words.at(text, start, end, hash) : 0;
  };

  /** A splice in the middle of a word; false when the word ends here. */
  const skipSplices = (): boolean => {
    const before = at;
    for (let next = wordSplice(text, at); next > 0; next = wordSplice(text, at)) {
      newLine(next - 1);
      at = next;
      while (at < length && isWord(text.charCodeAt(at))) at += 1;
    }
    return at > before;
  };

  const splicedWord = (start: number): number => wordOf(text.slice(start, at).replace(/\\[ \t\r]*\n/g, ""), words);

  const skipNumber = (): void => {
    while (at < length) {
      const char = text.charCodeAt(at);
      const sign =
        (char === 43 || char === MINUS) && /[eEpP]/.test(text.charAt(at - 1)) && !/^0[xX]/.test(text.slice(at - 2, at));
      if (!isWord(char) && char !== DOT && !sign && !(char === APOSTROPHE && isWord(text.charCodeAt(at + 1)))) return;
      at += 1;
    }
  };

  while (at < length) {
    const char = text.charCodeAt(at);
    const kind = char < 128 ? (CLASS[char] as number) : 1;
    if (char === NEWLINE) {
      closeDirective();
      newLine(at);
      lineIsFresh = true;
      at += 1;
    } else if (kind === 4) {
      let next = at + 1;
      while (text.charCodeAt(next) === 32) next += 1;
      at = next;
    } else if (kind === 1) {
      const start = at;
      const startLine = line;
      const word = skipWord();
      const next = text.charCodeAt(at);
      if ((next === QUOTE || next === APOSTROPHE) && at - start <= 3 && STRING_PREFIX.test(text.slice(start, at))) {
        if (next === QUOTE && text.charCodeAt(at - 1) === LOWER_R) skipRawString();
        else skipQuoted(next);
        emit(next === QUOTE ? STRING : CHAR, start, startLine);
      } else emit(IDENT, start, startLine, word);
    } else if (kind === 2 || (char === DOT && CLASS[text.charCodeAt(at + 1)] === 2)) {
      const start = at;
      at += 1;
      skipNumber();
      emit(NUMBER, start, line);
    } else if (char === SLASH && text.charCodeAt(at + 1) === SLASH) {
      skipLineComment();
    } else if (char === SLASH && text.charCodeAt(at + 1) === STAR) {
      skipBlockComment();
    } else if (char === QUOTE || char === APOSTROPHE) {
      const start = at;
      const startLine = line;
      skipQuoted(char);
      emit(char === QUOTE ? STRING : CHAR, start, startLine);
    } else if (char === BACKSLASH) {
      const next = spliceEnd(text, at);
      if (next > 0) newLine(next - 1);
      at = next > 0 ? next : at + 1;
    } else if (char === HASH && lineIsFresh && !open) {
      openDirective();
    } else {
      const start = at;
      const next = text.charCodeAt(at + 1);
      const double = longPunctuation(char, next, text.charCodeAt(at + 2));
      at += double === CHEVRON ? 3 : double > 0 ? 2 : 1;
      emit(double || char, start, line);
    }
  }
  closeDirective();
  return { text, code, directiveTokens, directives, lineStarts, codeLines, comments };
}

function longPunctuation(char: number, next: number, third: number): number {
  if (char === COLON && next === COLON) return SCOPE;
  if (char === MINUS && next === GREATER) return ARROW;
  if (char === LESS && next === LESS && third === LESS) return CHEVRON;
  return char === HASH && next === HASH ? PASTE : 0;
}

/** Offset of the rest of a word that goes on behind a splice, or -1. */
function wordSplice(text: string, at: number): number {
  if (text.charCodeAt(at) !== BACKSLASH) return -1;
  const next = spliceEnd(text, at);
  return next > 0 && next < text.length && isWord(text.charCodeAt(next)) ? next : -1;
}

/** Offset behind a backslash and its line end (blanks between them allowed), or -1. */
function spliceEnd(text: string, backslash: number): number {
  let at = backslash + 1;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9 || text.charCodeAt(at) === 13) at += 1;
  return text.charCodeAt(at) === NEWLINE ? at + 1 : -1;
}
