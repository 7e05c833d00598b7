/** Kinds of Python tokens. A one-character operator's kind is its character code (33 to 126). */
export const END = 0;
export const NEWLINE = 1;
export const INDENT = 2;
export const DEDENT = 3;
export const NAME = 4;
export const NUMBER = 5;
export const STRING = 6;
/** Around the tokens of a formatted string's replacement field; they follow the string's own token. */
export const FIELD = 7;
export const FIELD_END = 8;

export const LPAREN = 40;
export const RPAREN = 41;
export const STAR = 42;
export const PLUS = 43;
export const COMMA = 44;
export const MINUS = 45;
export const DOT = 46;
export const COLON = 58;
export const SEMICOLON = 59;
export const LESS = 60;
export const ASSIGN = 61;
export const GREATER = 62;
export const AT = 64;
export const PERCENT = 37;
export const BAR = 124;
export const TILDE = 126;
export const LBRACKET = 91;
export const RBRACKET = 93;
export const LBRACE = 123;
export const RBRACE = 125;

/** Operators of several characters. */
export const POWER = 128;
export const FLOORDIV = 129;
export const SHIFT = 130;
export const ARROW = 131;
export const WALRUS = 132;
export const EQUAL = 133;
export const NOT_EQUAL = 134;
/** `<=` and `>=`. */
export const ORDER = 135;
/** `+=`, `@=` and the like. */
export const AUGMENTED = 136;
export const ELLIPSIS = 137;

/** Keywords that the parser acts on; the others are plain names that begin no expression of interest. */
export const KEYWORDS = {
  and: 160,
  or: 161,
  not: 162,
  in: 163,
  is: 164,
  if: 165,
  elif: 166,
  else: 167,
  for: 168,
  while: 169,
  with: 170,
  try: 171,
  except: 172,
  finally: 173,
  def: 174,
  class: 175,
  import: 176,
  from: 177,
  as: 178,
  return: 179,
  lambda: 180,
  await: 181,
  async: 182,
  yield: 183,
  None: 184,
  True: 185,
  False: 186,
  del: 187,
  assert: 188,
  raise: 189,
  global: 190,
  nonlocal: 191,
  pass: 192,
  break: 193,
  continue: 194,
} as const;

/** Statement keywords that cannot stand inside brackets: meeting one there means that a bracket was never closed. */
export function endsOpenBrackets(kind: number): boolean {
  return kind === KEYWORDS.def || kind === KEYWORDS.class || kind === KEYWORDS.import || kind === KEYWORDS.return;
}

/** Tokens of one text as parallel arrays: hundreds of thousands of small objects would cost more than the parse. */
export class Tokens {
  readonly text: string;
  kind: Uint8Array;
  start: Int32Array;
  end: Int32Array;
  count = 0;
  /** Offsets of comments. */
  readonly comments: number[] = [];

  constructor(text: string, expected: number) {
    this.text = text;
    const room = Math.max(16, expected);
    this.kind = new Uint8Array(room);
    this.start = new Int32Array(room);
    this.end = new Int32Array(room);
  }

  push(kind: number, start: number, end: number): void {
    if (this.count === this.kind.length) this.#grow();
    this.kind[this.count] = kind;
    this.start[this.count] = start;
    this.end[this.count] = end;
    this.count += 1;
  }

  /** Kind of a token; past the last one, `END`. */
  kindAt(index: number): number {
    return index < this.count ? (this.kind[index] ?? END) : END;
  }

  startAt(index: number): number {
    return this.start[index] ?? this.text.length;
  }

  endAt(index: number): number {
    return this.end[index] ?? this.text.length;
  }

  textAt(index: number): string {
    return this.text.slice(this.start[index], this.end[index]);
  }

  #grow(): void {
    const room = this.kind.length * 2;
    const kind = new Uint8Array(room);
    const start = new Int32Array(room);
    const end = new Int32Array(room);
    kind.set(this.kind);
    start.set(this.start);
    end.set(this.end);
    this.kind = kind;
    this.start = start;
    this.end = end;
  }
}
