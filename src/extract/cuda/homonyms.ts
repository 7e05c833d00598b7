/** Names of CUDA's that programs also give to variables of their own (`half`, `gridDim`), and how far those reach. */
import { isDeclared } from "./declarators.ts";
import { isVariable, type Known } from "./known.ts";
import {
  BRACE_CLOSE,
  BRACE_OPEN,
  BRACKET_CLOSE,
  COMMA,
  GREATER,
  LESS,
  PAREN_CLOSE,
  PAREN_OPEN,
  SEMICOLON,
  type TokenList,
} from "./tokens.ts";

/** Spellings that nobody uses for something else; a `typedef` of one for another target is no variable. */
const VENDORS_OWN = /^(?:__|nv_)/;
/** Tokens that are looked back over for the block around a declaration. */
const FARTHEST = 20_000;
/** Tokens that are looked back over for an open angle. */
const LONGEST_LIST = 300;

/** For one stretch of tokens: true where a name is a variable of the program's own, or declares it. */
export function homonyms(tokens: TokenList, to: number): (at: number, text: string, known: Known) => boolean {
  const reach = new Map<string, number>();
  return (at, text, known) => {
    if (known.family !== "device" || VENDORS_OWN.test(text) || !(known.kind === "type" || isVariable(text)))
      return false;
    if (at < (reach.get(text) ?? 0)) return true;
    if (!declares(tokens, at)) return false;
    reach.set(text, scopeEnd(tokens, at, to));
    return true;
  };
}

function declares(tokens: TokenList, at: number): boolean {
  // `typedef __half half`, `using half = __half`: another name of the same type.
  if (/^(?:using|__half)$/.test(tokens.textAt(at - 1))) return false;
  const isListed = tokens.kindAt(at - 1) === COMMA;
  return isDeclared(tokens, at, !isListed) && !(isListed && isTemplateArgument(tokens, at));
}

/** `auto x = f<float, half, 2>()`: an angle is open before the name. */
function isTemplateArgument(tokens: TokenList, at: number): boolean {
  let open = 0;
  for (let back = at - 1; back > Math.max(0, at - LONGEST_LIST) && open <= 0; back--) {
    const kind = tokens.kindAt(back);
    if (kind === SEMICOLON || kind === BRACE_OPEN || kind === BRACE_CLOSE) return false;
    if (kind === PAREN_CLOSE) back = Math.min(back, tokens.matchAt(back));
    else if (kind === GREATER) open -= 1;
    else if (kind === LESS) open += 1;
  }
  return open > 0;
}

/** Where the block, or the function or loop whose parenthesis declares it, ends. */
function scopeEnd(tokens: TokenList, at: number, to: number): number {
  for (let back = at - 1; back > Math.max(0, at - FARTHEST); back--) {
    const kind = tokens.kindAt(back);
    const match = tokens.matchAt(back);
    if (kind === BRACE_CLOSE || kind === PAREN_CLOSE || kind === BRACKET_CLOSE) back = match >= 0 ? match : back;
    else if (kind === BRACE_OPEN) return match > at ? match : to;
    else if (kind === PAREN_OPEN) return match > at ? endBehind(tokens, match, to) : to;
  }
  return to;
}

/** End of the body, or of the one statement, behind a parenthesis. */
function endBehind(tokens: TokenList, close: number, to: number): number {
  for (let at = close + 1; at < to; at++) {
    const kind = tokens.kindAt(at);
    const match = tokens.matchAt(at);
    if (kind === SEMICOLON) return at;
    if (kind === BRACE_OPEN) return match > at ? match : to;
    if (kind === PAREN_OPEN && match > at) at = match;
  }
  return to;
}
