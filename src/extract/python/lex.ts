/** Text of a Python file to tokens. */
import { classOf, DIGIT, isWord, LETTER, longOperator, numberEnd } from "./characters.ts";
import { fieldsOf, isFormatted, lexString } from "./lexString.ts";
import {
  DEDENT,
  DOT,
  END,
  endsOpenBrackets,
  FIELD,
  FIELD_END,
  INDENT,
  KEYWORDS,
  NAME,
  NEWLINE,
  NUMBER,
  STRING,
  Tokens,
} from "./tokens.ts";

const KEYWORD_OF: ReadonlyMap<string, number> = new Map(Object.entries(KEYWORDS));
const LONGEST_KEYWORD = 8;

const TAB = 9;
const LF = 10;
const FORM_FEED = 12;
const CR = 13;
const BLANK = 32;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const BACKSLASH = 92;
const BYTE_ORDER_MARK = 0xfeff;
const TAB_WIDTH = 8;

/** Fields within fields within fields are not read. */
const DEEPEST_FIELD = 3;

/**
 * Splits a text into tokens with Python's logical lines and indentation. Never fails: what is no Python becomes
 * one-character tokens.
 */
export function lex(text: string): Tokens {
  const tokens = new Tokens(text, text.length >> 2);
  new Lexer(tokens, 0, text.length, 0).read();
  return tokens;
}

const isBlank = (code: number): boolean => code === BLANK || code === TAB || code === CR || code === FORM_FEED;
const isQuote = (code: number): boolean => code === QUOTE || code === APOSTROPHE;
const opensBracket = (code: number): boolean => code === 40 || code === 91 || code === 123;
const closesBracket = (code: number): boolean => code === 41 || code === 93 || code === 125;

/** The tokens of a stretch of text: a file, or (`nested` > 0) an expression in a formatted string. */
class Lexer {
  readonly #tokens: Tokens;
  readonly #text: string;
  readonly #to: number;
  readonly #nested: number;
  readonly #indents = [0];
  #at: number;
  /** Brackets that are open. A field is like one: no lines in it. */
  #depth: number;
  /** At the beginning of a logical line. */
  #fresh: boolean;

  constructor(tokens: Tokens, from: number, to: number, nested: number) {
    this.#tokens = tokens;
    this.#text = tokens.text;
    this.#at = from;
    this.#to = to;
    this.#nested = nested;
    this.#depth = nested > 0 ? 1 : 0;
    this.#fresh = nested === 0;
  }

  read(): void {
    while (this.#at < this.#to) {
      if (this.#fresh && this.#depth === 0) this.#readIndent();
      if (this.#at < this.#to) this.#readNext(this.#text.charCodeAt(this.#at));
    }
    if (this.#nested === 0) this.#finish();
  }

  #finish(): void {
    if (!this.#fresh) this.#push(NEWLINE, this.#to);
    for (let level = this.#indents.length; level > 1; level--) this.#push(DEDENT, this.#to);
    this.#push(END, this.#to);
  }

  /** A token without text. */
  #push(kind: number, at: number): void {
    this.#tokens.push(kind, at, at);
  }

  /** A token from here to `end`, and on to there. */
  #take(kind: number, end: number): void {
    this.#tokens.push(kind, this.#at, end);
    this.#at = end;
  }

  #readIndent(): void {
    const width = this.#skipIndent();
    const code = this.#text.charCodeAt(this.#at);
    if (this.#at >= this.#to || code === LF || code === CR || code === HASH) return;
    this.#fresh = false;
    const indents = this.#indents;
    if (width > (indents.at(-1) ?? 0)) {
      indents.push(width);
      this.#push(INDENT, this.#at);
    }
    while (width < (indents.at(-1) ?? 0)) {
      indents.pop();
      this.#push(DEDENT, this.#at);
    }
  }

  /** Returns the width in columns. */
  #skipIndent(): number {
    let width = 0;
    for (; this.#at < this.#to; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === BLANK) width += 1;
      else if (code === TAB) width += TAB_WIDTH - (width % TAB_WIDTH);
      else if (code === FORM_FEED || code === BYTE_ORDER_MARK) width = 0;
      else break;
    }
    return width;
  }

  #readNext(code: number): void {
    const kind = classOf(code);
    if (isBlank(code)) this.#at += 1;
    else if (kind === LETTER) this.#readWord();
    else if (kind === DIGIT) this.#take(NUMBER, numberEnd(this.#text, this.#at));
    else if (code === LF) this.#readLineEnd();
    else if (code === HASH) this.#skipComment();
    else if (code === BACKSLASH) this.#skipContinuation();
    else if (isQuote(code)) this.#take(STRING, lexString(this.#text, this.#at, this.#at, this.#to));
    else if (code === DOT && classOf(this.#text.charCodeAt(this.#at + 1)) === DIGIT)
      this.#take(NUMBER, numberEnd(this.#text, this.#at));
    else this.#readOperator(code);
  }

  #readLineEnd(): void {
    if (this.#depth === 0 && !this.#fresh) {
      this.#push(NEWLINE, this.#at);
      this.#fresh = true;
    }
    this.#at += 1;
  }

  #skipComment(): void {
    this.#tokens.comments.push(this.#at);
    const end = this.#text.indexOf("\n", this.#at);
    this.#at = end < 0 || end > this.#to ? this.#to : end;
  }

  #skipContinuation(): void {
    this.#at += 1;
    if (this.#text.charCodeAt(this.#at) === CR) this.#at += 1;
    if (this.#text.charCodeAt(this.#at) === LF) this.#at += 1;
  }

  #readWord(): void {
    const text = this.#text;
    const start = this.#at;
    let end = start + 1;
    while (end < this.#to && isWord(text.charCodeAt(end))) end += 1;
    if (end < this.#to && end - start <= 2 && isQuote(text.charCodeAt(end))) {
      this.#readPrefixed(end);
      return;
    }
    const mayBeKeyword = end - start <= LONGEST_KEYWORD && end - start > 1;
    const kind = mayBeKeyword ? (KEYWORD_OF.get(text.slice(start, end)) ?? NAME) : NAME;
    if (this.#depth > 0 && this.#nested === 0 && endsOpenBrackets(kind)) {
      this.#depth = 0;
      this.#push(NEWLINE, start);
    }
    this.#take(kind, end);
  }

  /** A string with a prefix; of a formatted one the expressions, too. */
  #readPrefixed(quote: number): void {
    const start = this.#at;
    const end = lexString(this.#text, start, quote, this.#to);
    this.#take(STRING, end);
    if (this.#nested === DEEPEST_FIELD || !isFormatted(this.#text, start, quote)) return;
    for (const [first, last] of fieldsOf(this.#text, quote, end)) {
      this.#push(FIELD, first);
      new Lexer(this.#tokens, first, last, this.#nested + 1).read();
      this.#push(FIELD_END, last);
    }
  }

  #readOperator(code: number): void {
    const long = longOperator(this.#text, this.#at, code);
    if (long !== 0) {
      this.#take(long & 255, this.#at + (long >> 8));
      return;
    }
    if (opensBracket(code)) this.#depth += 1;
    else if (closesBracket(code) && this.#depth > 0) this.#depth -= 1;
    if (code > BLANK && code < 127) this.#take(code, this.#at + 1);
    else this.#at += 1;
  }
}
