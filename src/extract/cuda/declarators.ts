/** Is a name used here, or declared? Told from its neighbours: names the project declares are not NVIDIA's. */
import {
  AMPERSAND,
  BRACE_CLOSE,
  BRACE_OPEN,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  COLON,
  COMMA,
  EQUALS,
  GREATER,
  IDENT,
  MINUS,
  PAREN_CLOSE,
  PAREN_OPEN,
  SCOPE,
  SEMICOLON,
  STAR,
  type TokenList,
} from "./tokens.ts";

/** Words after which an expression begins: what follows is used, not declared. */
export const BEFORE_EXPRESSION: ReadonlySet<string> = new Set(
  "return else do case throw new delete goto in not and or xor sizeof co_return co_await co_yield alignof typeid operator".split(
    " ",
  ),
);
/** Words of a declaration that are no type by themselves: what follows them may still be the type. */
const SPECIFIERS = new Set(
  (
    "const static inline extern volatile constexpr consteval constinit virtual friend explicit register mutable thread_local typename typedef using " +
    "public private protected __device__ __host__ __global__ __shared__ __constant__ __managed__ __forceinline__ __noinline__ __restrict__ __inline__ " +
    "template class struct enum union namespace"
  ).split(" "),
);
const TAGS = new Set(["class", "struct", "enum", "union", "using", "namespace"]);

const AFTER_DECLARATOR = new Set([SEMICOLON, EQUALS, COMMA, PAREN_CLOSE, BRACKET_OPEN, PAREN_OPEN, BRACE_OPEN, COLON]);

/**
 * True for the declared name in `cudaError_t cudaStatus =`, `float *cuBuffer;`, `struct cudaThing {`.
 * In an argument list `a * b` could be either: a listed name is then taken as used, an unlisted one as declared.
 */
export function isDeclared(tokens: TokenList, at: number, listed: boolean): boolean {
  const next = tokens.kindAt(at + 1);
  let before = at - 1;
  const kind = tokens.kindAt(before);
  if (kind === IDENT) {
    const word = tokens.textAt(before);
    if (TAGS.has(word)) return next === BRACE_OPEN || next === COLON || next === EQUALS;
    return AFTER_DECLARATOR.has(next) && isType(word);
  }
  if (kind === GREATER) return AFTER_DECLARATOR.has(next) && tokens.kindAt(before - 1) !== MINUS;
  if (kind === COMMA) return !listed && AFTER_DECLARATOR.has(next) && continuesDeclaration(tokens, before);
  if (kind !== STAR && kind !== AMPERSAND) return false;
  if (!AFTER_DECLARATOR.has(next)) return false;
  while (tokens.kindAt(before) === STAR || tokens.kindAt(before) === AMPERSAND) before -= 1;
  // `type *name` at the beginning of a statement or parameter; otherwise it is a product or an address.
  if (tokens.kindAt(before) === GREATER) return next !== PAREN_OPEN;
  if (tokens.kindAt(before) !== IDENT || !isType(tokens.textAt(before))) return false;
  return beginsDeclaration(tokens, before, listed);
}

function isType(word: string): boolean {
  return !BEFORE_EXPRESSION.has(word) && !SPECIFIERS.has(word);
}

/** True when nothing but specifiers stands between the type and the boundary before it. */
function beginsDeclaration(tokens: TokenList, type: number, statementOnly: boolean): boolean {
  let before = type - 1;
  while (tokens.kindAt(before) === IDENT && SPECIFIERS.has(tokens.textAt(before))) before -= 1;
  const kind = tokens.kindAt(before);
  if (kind === IDENT) return !BEFORE_EXPRESSION.has(tokens.textAt(before));
  if (kind === 0 || kind === SEMICOLON || kind === BRACE_OPEN || kind === BRACE_CLOSE) return true;
  return !statementOnly && (kind === PAREN_OPEN || kind === COMMA);
}

/** Tokens that are looked back over for the beginning of a list of declarators. */
const LONGEST_LIST = 300;

/** `cudaError_t a = f(1), b`: the comma stands in a declaration that began with a type and a name. */
function continuesDeclaration(tokens: TokenList, comma: number): boolean {
  let at = comma - 1;
  for (let steps = 0; steps < LONGEST_LIST; steps++, at--) {
    const kind = tokens.kindAt(at);
    if (kind === PAREN_CLOSE || kind === BRACKET_CLOSE) at = Math.min(at, tokens.matchAt(at));
    else if (kind === PAREN_OPEN || kind === BRACKET_OPEN) return false;
    else if (kind === 0 || kind === SEMICOLON || kind === BRACE_OPEN || kind === BRACE_CLOSE) break;
  }
  let type = at + 1;
  while (tokens.kindAt(type) === IDENT && SPECIFIERS.has(tokens.textAt(type))) type += 1;
  if (tokens.kindAt(type) !== IDENT || BEFORE_EXPRESSION.has(tokens.textAt(type))) return false;
  let name = type + 1;
  while (tokens.kindAt(name) === SCOPE || (tokens.kindAt(name) === IDENT && tokens.kindAt(name - 1) === SCOPE))
    name += 1;
  while (tokens.kindAt(name) === STAR || tokens.kindAt(name) === AMPERSAND) name += 1;
  return tokens.kindAt(name) === IDENT && AFTER_DECLARATOR.has(tokens.kindAt(name + 1));
}
