/** Function declarators: the declared name and its parameter list among attributes, macros and initialisers. */
import { angleClose, angleOpen } from "./angles.ts";
import {
  ARROW,
  COLON,
  COMMA,
  EQUALS,
  GREATER,
  IDENT,
  LESS,
  PAREN_CLOSE,
  PAREN_OPEN,
  SCOPE,
  TILDE,
  type TokenList,
} from "./tokens.ts";

/** Words before a parenthesis that are not the declared name. */
const NOT_A_NAME = new Set(
  (
    "__launch_bounds__ __attribute__ __declspec alignas __align__ __cluster_dims__ __maxnreg__ __block_size__ noexcept decltype explicit requires " +
    "sizeof throw if while for switch return catch static_assert typeof __typeof__ defined"
  ).split(" "),
);
/** What may follow a parameter list before the body. */
const AFTER_PARAMETERS = new Set(
  "const volatile noexcept override final try throw requires mutable __restrict__ __attribute__ __launch_bounds__".split(
    " ",
  ),
);

/** Words that begin a type definition. */
export const TYPE_WORDS: ReadonlySet<string> = new Set(["class", "struct", "union", "enum"]);

export interface Signature {
  readonly name: string;
  readonly written: string;
  readonly nameToken: number;
  readonly parameters: readonly [number, number];
}

/** The declared name and its parameter list; undefined when the declaration is no function. */
export function findSignature(tokens: TokenList, start: number, end: number): Signature | undefined {
  let found: Signature | undefined;
  for (let at = start; at < end; at++) {
    const kind = tokens.kindAt(at);
    if (kind === EQUALS && !isOperatorName(tokens, at)) return found;
    if (kind === COLON || kind === ARROW) return found;
    if (kind === LESS && tokens.kindAt(at - 1) === IDENT && tokens.textAt(at - 1) !== "operator") {
      const close = angleClose(tokens, at, end);
      if (close > 0) at = close;
      continue;
    }
    if (kind !== PAREN_OPEN) continue;
    const close = tokens.matchAt(at);
    if (close < at || close >= end) return found;
    const signature = signatureAt(tokens, at, close, start);
    if (signature) {
      // `MACRO(x) void f(int) {`: a declarator follows, so the parentheses before it were a macro's.
      if (found && AFTER_PARAMETERS.has(tokens.textAt(found.parameters[1] + 1))) return found;
      found = signature;
    }
    at = close;
  }
  return found;
}

function isOperatorName(tokens: TokenList, at: number): boolean {
  for (let back = at; back > at - 4; back--) if (tokens.textAt(back) === "operator") return true;
  return false;
}

function signatureAt(tokens: TokenList, open: number, close: number, start: number): Signature | undefined {
  let at = open - 1;
  if (tokens.kindAt(at) === GREATER) at = angleOpen(tokens, at, start) - 1;
  const operator = operatorBefore(tokens, open, start);
  if (operator >= 0) {
    const name = `operator${tokens.text.slice(tokens.endAt(operator), tokens.endAt(open - 1)).trim()}`;
    const parameters = operator === open - 1 ? ([tokens.matchAt(open) + 1, 0] as const) : ([open, close] as const);
    if (operator === open - 1) {
      const second = tokens.matchAt(open) + 1;
      if (tokens.kindAt(second) !== PAREN_OPEN) return undefined;
      return {
        name: "operator()",
        written: written(tokens, operator, "operator()", start),
        nameToken: operator,
        parameters: [second, tokens.matchAt(second)],
      };
    }
    return { name, written: written(tokens, operator, name, start), nameToken: operator, parameters };
  }
  const name = tokens.textAt(at);
  if (at < start || tokens.kindAt(at) !== IDENT || NOT_A_NAME.has(name)) return undefined;
  return { name, written: written(tokens, at, name, start), nameToken: at, parameters: [open, close] };
}

/** Index of `operator` when it stands directly before the parenthesis or a few tokens back; else -1. */
function operatorBefore(tokens: TokenList, open: number, start: number): number {
  for (let at = open - 1; at >= start && at > open - 5; at--) {
    if (tokens.textAt(at) === "operator") return at;
    if (tokens.kindAt(at) === PAREN_CLOSE || tokens.kindAt(at) === COMMA) return -1;
  }
  return -1;
}

/** `Class<T>::name` as written, from the name backwards. */
function written(tokens: TokenList, nameToken: number, name: string, start: number): string {
  const parts = [name];
  let at = nameToken;
  if (tokens.kindAt(at - 1) === TILDE) {
    parts[0] = `~${name}`;
    at -= 1;
  }
  while (tokens.kindAt(at - 1) === SCOPE && at - 2 >= start) {
    at -= 2;
    if (tokens.kindAt(at) === GREATER) at = angleOpen(tokens, at, start) - 1;
    if (tokens.kindAt(at) !== IDENT) break;
    parts.unshift(tokens.textAt(at));
  }
  return parts.join("::");
}

/** `Class() : member{1}`: the brace belongs to the member. */
export function isMemberInitializer(tokens: TokenList, signature: Signature, open: number): boolean {
  const before = tokens.kindAt(open - 1);
  return tokens.kindAt(signature.parameters[1] + 1) === COLON && (before === IDENT || before === GREATER);
}

/** `struct EXPORT(16) Name {`: the parentheses are a macro's. */
export function isMacroInType(tokens: TokenList, signature: Signature, first: string, open: number): boolean {
  const after = signature.parameters[1] + 1;
  return (
    TYPE_WORDS.has(first) &&
    after < open &&
    tokens.kindAt(after) === IDENT &&
    !AFTER_PARAMETERS.has(tokens.textAt(after))
  );
}
