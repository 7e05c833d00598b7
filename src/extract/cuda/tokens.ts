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

/** One number per token and column. */
interface Columns {
  readonly capacity: number;
  readonly kind: Uint8Array<ArrayBuffer>;
  readonly start: Int32Array<ArrayBuffer>;
  readonly end: Int32Array<ArrayBuffer>;
  readonly line: Int32Array<ArrayBuffer>;
  readonly word: Int32Array<ArrayBuffer>;
  readonly match: Int32Array<ArrayBuffer>;
}

function newColumns(capacity: number): Columns {
  const numbers = () => new Int32Array(capacity);
  return {
    capacity,
    kind: new Uint8Array(capacity),
    start: numbers(),
    end: numbers(),
    line: numbers(),
    word: numbers(),
    match: numbers(),
  };
}

function grown(columns: Columns): Columns {
  const bigger = newColumns(columns.capacity * 2);
  bigger.kind.set(columns.kind);
  bigger.start.set(columns.start);
  bigger.end.set(columns.end);
  bigger.line.set(columns.line);
  bigger.word.set(columns.word);
  return bigger;
}

/** Columns given back by lists that nobody reads any more. Larger ones are left to the garbage collector. */
const spare: Columns[] = [];
const MOST_SPARE = 4;
const LARGEST_SPARE = 1 << 20;

/** A growing list of tokens of one text. Index outside the list reads as kind 0. */
export class TokenList {
  readonly text: string;
  readonly #texts: readonly string[];
  #names: ReadonlySet<string> | undefined;
  #columns: Columns;
  count = 0;

  /** `chars`: how much of the text will become tokens, for a first guess at the size. */
  constructor(text: string, words: Words, chars = text.length) {
    this.text = text;
    this.#texts = words.texts;
    this.#columns = spare.pop() ?? newColumns(LEAST_CAPACITY + Math.ceil(chars / CHARS_PER_TOKEN));
  }

  push(kind: number, start: number, end: number, line: number, word: number): void {
    if (this.count === this.#columns.capacity) this.#columns = grown(this.#columns);
    const columns = this.#columns;
    const at = this.count++;
    columns.kind[at] = kind;
    columns.start[at] = start;
    columns.end[at] = end;
    columns.line[at] = line;
    columns.word[at] = word;
  }

  /** Nobody will read the list again: a scan makes two per file, and their memory serves the next file's. */
  release(): void {
    if (spare.length < MOST_SPARE && this.#columns.capacity <= LARGEST_SPARE) spare.push(this.#columns);
    this.count = 0;
    this.#columns = NONE;
  }

  kindAt(index: number): number {
    return index < 0 || index >= this.count ? 0 : (this.#columns.kind[index] as number);
  }

  /** As written, without line splices. */
  textAt(index: number): string {
    if (index < 0 || index >= this.count) return "";
    const { word, start, end } = this.#columns;
    const known = word[index] as number;
    return known === 0 ? this.text.slice(start[index], end[index]) : (this.#texts[known] as string);
  }

  /** True when a token of this kind is in the list. */
  has(kind: number): boolean {
    return this.#columns.kind.subarray(0, this.count).includes(kind);
  }

  /** Distinct identifiers: a detector whose words are not among them need not look at the tokens. */
  get names(): ReadonlySet<string> {
    this.#names ??= this.#distinct();
    return this.#names;
  }

  #distinct(): ReadonlySet<string> {
    const names = new Set<string>();
    const { word } = this.#columns;
    const stamp = nextStamp(this.#texts.length);
    for (let index = 0; index < this.count; index++) {
      const known = word[index] as number;
      if (known === 0 || met[known] === stamp) continue;
      met[known] = stamp;
      names.add(this.#texts[known] as string);
    }
    return names;
  }

  startAt(index: number): number {
    return index >= 0 && index < this.count ? (this.#columns.start[index] as number) : 0;
  }

  endAt(index: number): number {
    return index >= 0 && index < this.count ? (this.#columns.end[index] as number) : 0;
  }

  lineAt(index: number): number {
    return index >= 0 && index < this.count ? (this.#columns.line[index] as number) : 0;
  }

  /** Partner of a bracket, or -1; known behind `matchBrackets`. */
  matchAt(index: number): number {
    return index >= 0 && index < this.count ? (this.#columns.match[index] as number) : -1;
  }

  /** Forgets all partners. */
  unmatch(): void {
    this.#columns.match.fill(-1, 0, this.count);
  }

  setMatch(index: number, partner: number): void {
    this.#columns.match[index] = partner;
  }

  /** True when both tokens stand without anything between them. */
  touches(index: number): boolean {
    return this.endAt(index) === this.startAt(index + 1);
  }
}

const NONE = newColumns(0);

/** By word, the list that met it last: one array for all files, since clearing one for each costs more than the look. */
let met = new Int32Array(0);
let lastStamp = 0;

function nextStamp(words: number): number {
  if (met.length < words) met = new Int32Array(words * 2);
  lastStamp += 1;
  return lastStamp;
}
