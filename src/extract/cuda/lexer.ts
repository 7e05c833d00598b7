/**
 * One pass over C, C++ or CUDA text. Comments vanish, strings are single tokens, line splices are blanks,
 * directives go to a list of their own so that `#if` branches and macros cannot upset the code around them.
 * Never throws, never looks back: linear in the text whatever it holds.
 */
import {
  APOSTROPHE,
  BACKSLASH,
  BLANK,
  classOf,
  DIGIT,
  isWord,
  NEWLINE,
  QUOTE,
  SPECIAL,
  spliceEnd,
  UPPER_R,
  WORD,
  wordSplice,
} from "./characters.ts";
import { ConditionStack } from "./deadCode.ts";
import {
  blockCommentEnd,
  lineCommentEnd,
  longPunctuation,
  newlineFrom,
  numberEnd,
  quotedEnd,
  rawStringEnd,
} from "./ends.ts";
import type { Comment, Directive, Lexed } from "./lexed.ts";
import { CHAR, CHEVRON, DOT, HASH, IDENT, NUMBER, SLASH, STAR, STRING, TokenList } from "./tokens.ts";
import { currentWords, HASH_START, hashNext, wordOf } from "./words.ts";

/** Prefixes that make a string literal of what follows them. */
const STRING_PREFIX = /^(?:u8|[uUL])?R?$/;
const MARK = "portgauge-ignore";
const BYTE_ORDER_MARK = 0xfeff;

/** `keepCode` false: only lines, comments and directives are wanted, which costs a third. */
export function lex(text: string, keepCode = true): Lexed {
  return new Lexer(text, keepCode).read();
}

type OpenDirective = Omit<Directive, "to" | "bodyEnd">;

/** The reader's place in a text. A class, and not closures over `lex`: its methods are compiled once for all files. */
class Lexer {
  readonly #text: string;
  readonly #keepCode: boolean;
  readonly #words = currentWords();
  readonly #code: TokenList;
  readonly #directiveTokens: TokenList;
  readonly #directives: Directive[] = [];
  readonly #lineStarts: number[] = [0];
  readonly #codeLines: number[] = [];
  readonly #comments: Comment[] = [];
  readonly #keepComments: boolean;
  readonly #conditions = new ConditionStack();
  #at: number;
  #line = 1;
  /** True until something but blanks and comments stands on the logical line. */
  #lineIsFresh = true;
  #open: OpenDirective | undefined;
  /** Where tokens go: code, a directive, or nowhere in dead code. */
  #list: TokenList | undefined;
  #lastCodeLine = 0;
  /** Of the first line end at or behind the last look for one: a line of many comments is looked through once. */
  #newlineAhead = -1;

  constructor(text: string, keepCode: boolean) {
    this.#text = text;
    this.#keepCode = keepCode;
    this.#code = new TokenList(text, this.#words, keepCode ? text.length : 0);
    this.#directiveTokens = new TokenList(text, this.#words, 0);
    this.#list = keepCode ? this.#code : undefined;
    this.#keepComments = text.includes(MARK);
    this.#at = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  }

  read(): Lexed {
    const length = this.#text.length;
    if (!this.#keepCode) this.#skipPlain();
    while (this.#at < length) {
      this.#readNext();
      if (!this.#keepCode) this.#skipPlain();
    }
    this.#closeDirective();
    return {
      text: this.#text,
      code: this.#code,
      directiveTokens: this.#directiveTokens,
      directives: this.#directives,
      lineStarts: this.#lineStarts,
      codeLines: this.#codeLines,
      comments: this.#comments,
    };
  }

  #readNext(): void {
    const char = this.#text.charCodeAt(this.#at);
    const kind = classOf(char);
    if (kind === BLANK) this.#skipBlanks();
    else if (kind === WORD) this.#readWord();
    else if (kind === DIGIT) this.#readNumber();
    else if (kind === SPECIAL) this.#readSpecial(char);
    else if (char === DOT && classOf(this.#text.charCodeAt(this.#at + 1)) === DIGIT) this.#readNumber();
    else this.#readPunctuation(char);
  }

  #readSpecial(char: number): void {
    if (char === NEWLINE) {
      this.#closeDirective();
      this.#newLine(this.#at);
      this.#lineIsFresh = true;
      this.#at += 1;
    } else if (char === QUOTE || char === APOSTROPHE) {
      this.#readLiteral(this.#at, this.#line, char);
    } else if (char === BACKSLASH) {
      const next = spliceEnd(this.#text, this.#at);
      if (next > 0) this.#newLine(next - 1);
      this.#at = next > 0 ? next : this.#at + 1;
    } else if (char === HASH && this.#lineIsFresh && !this.#open) {
      this.#openDirective();
    } else if (char === SLASH && this.#text.charCodeAt(this.#at + 1) === SLASH) {
      this.#skipComment(lineCommentEnd(this.#text, this.#at));
    } else if (char === SLASH && this.#text.charCodeAt(this.#at + 1) === STAR) {
      this.#skipComment(blockCommentEnd(this.#text, this.#at));
    } else this.#readPunctuation(char);
  }

  #readWord(): void {
    const start = this.#at;
    const startLine = this.#line;
    const word = this.#skipWord();
    const next = this.#text.charCodeAt(this.#at);
    if ((next !== QUOTE && next !== APOSTROPHE) || !this.#isStringPrefix(start)) {
      this.#emit(IDENT, start, startLine, word);
      return;
    }
    this.#readLiteral(start, startLine, next);
  }

  /** A string or character whose quote is here and whose prefix, if any, began at `start`. */
  #readLiteral(start: number, startLine: number, quote: number): void {
    const isRaw = this.#at > start && quote === QUOTE && this.#text.charCodeAt(this.#at - 1) === UPPER_R;
    this.#skipTo(isRaw ? rawStringEnd(this.#text, this.#at) : quotedEnd(this.#text, this.#at, quote));
    this.#emit(quote === QUOTE ? STRING : CHAR, start, startLine);
  }

  #isStringPrefix(start: number): boolean {
    return this.#at - start <= 3 && STRING_PREFIX.test(this.#text.slice(start, this.#at));
  }

  #readNumber(): void {
    const start = this.#at;
    this.#at = numberEnd(this.#text, start);
    this.#emit(NUMBER, start, this.#line);
  }

  #readPunctuation(char: number): void {
    const start = this.#at;
    const double = longPunctuation(char, this.#text.charCodeAt(start + 1), this.#text.charCodeAt(start + 2));
    this.#at += double === CHEVRON ? 3 : double > 0 ? 2 : 1;
    this.#emit(double || char, start, this.#line);
  }

  #skipBlanks(): void {
    let next = this.#at + 1;
    while (this.#text.charCodeAt(next) === 32) next += 1;
    this.#at = next;
  }

  /** When no token is wanted: on to what may be more than itself, or to the word or number that it ends. */
  #skipPlain(): void {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    let isBlank = true;
    let stop = 0;
    for (; at < text.length; at++) {
      stop = text.charCodeAt(at);
      const kind = classOf(stop);
      if (kind === SPECIAL) break;
      isBlank &&= kind === BLANK;
    }
    if (stop === QUOTE || stop === APOSTROPHE || stop === BACKSLASH) {
      while (at > start && (isWord(text.charCodeAt(at - 1)) || text.charCodeAt(at - 1) === DOT)) at -= 1;
    }
    this.#at = at;
    if (isBlank || at === start) return;
    this.#lineIsFresh = false;
    if (this.#line !== this.#lastCodeLine) this.#markLines(this.#line);
  }

  #newLine(offset: number): void {
    this.#line += 1;
    this.#lineStarts.push(offset + 1);
  }

  #markLines(first: number): void {
    if (this.#conditions.dead && !this.#open) return;
    for (let n = Math.max(first, this.#lastCodeLine + 1); n <= this.#line; n++) this.#codeLines.push(n);
    if (this.#line > this.#lastCodeLine) this.#lastCodeLine = this.#line;
  }

  #emit(kind: number, start: number, startLine: number, word = 0): void {
    this.#lineIsFresh = false;
    this.#list?.push(kind, start, this.#at, startLine, word);
    if (this.#line !== this.#lastCodeLine || startLine !== this.#line) this.#markLines(startLine);
  }

  #closeDirective(): void {
    const open = this.#open;
    if (!open) return;
    this.#open = undefined;
    const wasDead = this.#conditions.dead;
    const { name, line, from, codeAt, bodyStart } = open;
    const branches = name.startsWith("if") || name.startsWith("el") || name === "endif";
    if (branches) this.#conditions.see(name, name === "if" ? this.#beginning(bodyStart) : "");
    this.#list = this.#keepCode && !this.#conditions.dead ? this.#code : undefined;
    if (wasDead && !branches) return;
    const to = this.#directiveTokens.count;
    this.#directives.push({ name, line, from, to, codeAt, bodyStart, bodyEnd: this.#at });
  }

  /** Of a condition: enough to tell a constant. */
  #beginning(bodyStart: number): string {
    return this.#text.slice(bodyStart, Math.min(this.#at, bodyStart + 8)).trim();
  }

  #openDirective(): void {
    const text = this.#text;
    let at = this.#at + 1;
    while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at += 1;
    const nameStart = at;
    while (at < text.length && isWord(text.charCodeAt(at))) at += 1;
    this.#at = at;
    this.#open = {
      name: text.slice(nameStart, at),
      line: this.#line,
      from: this.#directiveTokens.count,
      codeAt: this.#code.count,
      bodyStart: at,
    };
    this.#list = this.#keepCode ? this.#directiveTokens : undefined;
    this.#lineIsFresh = false;
    this.#markLines(this.#line);
  }

  #skipComment(end: number): void {
    const start = this.#at;
    const startLine = this.#line;
    this.#skipTo(end);
    if (this.#keepComments) this.#comments.push({ text: this.#text.slice(start, end), line: startLine });
  }

  /** On to an offset; the line ends on the way only count. */
  #skipTo(end: number): void {
    let newline = this.#newlineAhead;
    if (newline < this.#at) newline = newlineFrom(this.#text, this.#at);
    for (; newline < end; newline = newlineFrom(this.#text, newline + 1)) this.#newLine(newline);
    this.#newlineAhead = newline;
    this.#at = end;
  }

  /** Returns the word's number. */
  #skipWord(): number {
    const text = this.#text;
    const start = this.#at;
    let end = start;
    let hash = HASH_START;
    for (let char = text.charCodeAt(end); end < text.length && isWord(char); char = text.charCodeAt(++end)) {
      hash = hashNext(hash, char);
    }
    this.#at = end;
    if (text.charCodeAt(end) === BACKSLASH && this.#skipSplices()) return this.#splicedWord(start);
    return this.#keepCode ? this.#words.at(text, start, end, hash) : 0;
  }

  /** A splice in the middle of a word; false when the word ends here. */
  #skipSplices(): boolean {
    const before = this.#at;
    for (let next = wordSplice(this.#text, this.#at); next > 0; next = wordSplice(this.#text, this.#at)) {
      this.#newLine(next - 1);
      this.#at = next;
      while (this.#at < this.#text.length && isWord(this.#text.charCodeAt(this.#at))) this.#at += 1;
    }
    return this.#at > before;
  }

  #splicedWord(start: number): number {
    return wordOf(this.#text.slice(start, this.#at).replace(/\\[ \t\r]*\n/g, ""), this.#words);
  }
}
