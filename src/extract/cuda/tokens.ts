/** Tokens of C, C++ and CUDA as arrays of numbers: millions of them must cost nothing but their bytes. */

import type { Words } from "./words.ts";

/** Kinds below 33; every other token's kind is the code of its one character (`kind === PAREN_OPEN`). */
export const IDENT = 1;
export const NUMBER = 2;
export const STRING = 3;
export const CHAR = 4;
/** `::` */
export const SCOPE = 5;
/** `->` */
export const ARROW = 6;
/** `<<<` */
export const CHEVRON = 7;
/** `##` */
export const PASTE = 8;

export const HASH = 35;
export const PERCENT = 37;
export const AMPERSAND = 38;
export const PAREN_OPEN = 40;
export const PAREN_CLOSE = 41;
export const STAR = 42;
export const PLUS = 43;
export const COMMA = 44;
export const MINUS = 45;
export const DOT = 46;
export const SLASH = 47;
export const COLON = 58;
export const SEMICOLON = 59;
export const LESS = 60;
export const EQUALS = 61;
export const GREATER = 62;
export const QUESTION = 63;
export const BRACKET_OPEN = 91;
export const BRACKET_CLOSE = 93;
export const TILDE = 126;
export const BRACE_OPEN = 123;
export const BRACE_CLOSE = 125;

/** Characters per token of ordinary code, on the low side: one allocation serves most files. */
const CHARS_PER_TOKEN = 4;
const LEAST_CAPACITY = 64;

/** A growing list of tokens of one text. Index outside the list reads as kind 0. */
export class TokenList {
  readonly text: string;
  readonly #texts: readonly string[];
  #names: ReadonlySet<string> | undefined;
  count = 0;
  kind: Uint8Array<ArrayBuffer>;
  start: Int32Array<ArrayBuffer>;
  end: Int32Array<ArrayBuffer>;
  line: Int32Array<ArrayBuffer>;
  /** Of identifiers: their number in the table of words. */
  word: Int32Array<ArrayBuffer>;
  /** Partner of a bracket, or -1; filled by `matchBrackets`. */
  match = new Int32Array(0);

  constructor(text: string, words: Words, chars = text.length) {
    this.text = text;
    this.#texts = words.texts;
    const capacity = LEAST_CAPACITY + Math.ceil(chars / CHARS_PER_TOKEN);
    this.kind = new Uint8Array(capacity);
    this.start = new Int32Array(capacity);
    this.end = new Int32Array(capacity);
    this.line = new Int32Array(capacity);
    this.word = new Int32Array(capacity);
  }

  push(kind: number, start: number, end: number, line: number, word: number): void {
    if (this.count === this.kind.length) this.#grow();
    const at = this.count++;
    this.kind[at] = kind;
    this.start[at] = start;
    this.end[at] = end;
    this.line[at] = line;
    this.word[at] = word;
  }

  #grow(): void {
    const size = this.kind.length * 2;
    const kind = new Uint8Array(size);
    kind.set(this.kind);
    this.kind = kind;
    this.start = grown(this.start, size);
    this.end = grown(this.end, size);
    this.line = grown(this.line, size);
    this.word = grown(this.word, size);
  }

  kindAt(index: number): number {
    return index < 0 || index >= this.count ? 0 : (this.kind[index] as number);
  }

  /** As written, without line splices. */
  textAt(index: number): string {
    if (index < 0 || index >= this.count) return "";
    const word = this.word[index] as number;
    return word === 0 ? this.text.slice(this.start[index], this.end[index]) : (this.#texts[word] as string);
  }

  /** Distinct identifiers: a detector whose words are not among them need not look at the tokens. */
  get names(): ReadonlySet<string> {
    this.#names ??= this.#distinct();
    return this.#names;
  }

  #distinct(): ReadonlySet<string> {
    const met = new Uint8Array(this.#texts.length);
    const names = new Set<string>();
    for (let index = 0; index < this.count; index++) {
      const word = this.word[index] as number;
      if (word === 0 || met[word] === 1) continue;
      met[word] = 1;
      names.add(this.#texts[word] as string);
    }
    return names;
  }

  startAt(index: number): number {
    return this.start[index] ?? 0;
  }

  endAt(index: number): number {
    return this.end[index] ?? 0;
  }

  lineAt(index: number): number {
    return this.line[index] ?? 0;
  }

  matchAt(index: number): number {
    return this.match[index] ?? -1;
  }

  /** True when both tokens stand without anything between them. */
  touches(index: number): boolean {
    return this.end[index] === this.start[index + 1];
  }
}

function grown(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(size);
  bigger.set(array);
  return bigger;
}
