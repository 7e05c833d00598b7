import { ELLIPSIS, END, KEYWORDS, NAME, NEWLINE, NUMBER, POWER, STRING, type Tokens } from "./tokens.ts";

const K = KEYWORDS;

/** Kinds with which an expression begins: words, literals, brackets and prefix operators. */
const BEGINNINGS = new Uint8Array(256);
for (const kind of [NAME, STRING, NUMBER, ELLIPSIS, POWER]) BEGINNINGS[kind] = 1;
for (const operator of "([{-+~*") BEGINNINGS[operator.charCodeAt(0)] = 1;
for (const kind of [K.None, K.True, K.False, K.not, K.lambda, K.await, K.yield]) BEGINNINGS[kind] = 1;

/** A place among the tokens of a file. */
export class Cursor {
  readonly tokens: Tokens;
  /** Index of the next token. */
  at: number;

  constructor(tokens: Tokens, at = 0) {
    this.tokens = tokens;
    this.at = at;
  }

  kind(): number {
    return this.tokens.kindAt(this.at);
  }

  accept(kind: number): boolean {
    if (this.kind() !== kind) return false;
    this.at += 1;
    return true;
  }

  beginsExpression(): boolean {
    return BEGINNINGS[this.kind()] === 1;
  }

  /** At the end of the logical line. */
  ends(): boolean {
    const kind = this.kind();
    return kind === NEWLINE || kind === END;
  }

  /** Goes to the next token of the kind, or to the end of the line. */
  skipTo(kind: number): void {
    while (this.kind() !== kind && !this.ends()) this.at += 1;
  }
}
