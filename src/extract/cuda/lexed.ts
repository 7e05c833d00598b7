/** What the lexer makes of a text. */
import type { TokenList } from "./tokens.ts";

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
