/** Warp size 32 in its disguises: `threadIdx.x & 31`, `tid / 32`, `lane >> 5`, `#define WARP_SIZE 32`. */
import {
  AMPERSAND,
  DOT,
  EQUALS,
  GREATER,
  IDENT,
  NUMBER,
  PAREN_CLOSE,
  PERCENT,
  SLASH,
  type TokenList,
} from "./tokens.ts";

const WARP_SIZE_NAME =
  /^(?:k?WARP_?SIZE|kWarpSize|WARP_?THREADS|LOG_?WARP_?SIZE|warp_size|warpsize|WARPSIZE|WarpSize|kThreadsPerWarp|THREADS_PER_WARP|NUM_THREADS_PER_WARP|LANES_PER_WARP|WARP_SZ|LANE_COUNT)$/;
/** Names of values that count threads; lane arithmetic begins with one of them. */
const COUNTS_THREADS = /tid|thread|lane|warp/i;

/** True for a name that stands for the number of lanes. */
export function isWarpSizeName(name: string): boolean {
  return WARP_SIZE_NAME.test(name);
}

/** Token of the literal when lane arithmetic with 32 lanes begins at this name; else -1. */
export function laneLiteral(tokens: TokenList, at: number): number {
  const literal = literalBehind(tokens, at);
  // The operator first: it is one number, and a name is text.
  return literal >= 0 && COUNTS_THREADS.test(tokens.textAt(at)) ? literal : -1;
}

/** The literal of lane arithmetic whose left side ends with the name at `at`, or -1. */
function literalBehind(tokens: TokenList, at: number): number {
  let next = at + 1;
  if (tokens.kindAt(next) === DOT && /^[xyz]$/.test(tokens.textAt(next + 1))) next += 2;
  while (tokens.kindAt(next) === PAREN_CLOSE) next += 1;
  const operator = tokens.kindAt(next);
  if (operator === GREATER && tokens.kindAt(next + 1) === GREATER)
    return isNumber(tokens, next + 2, /^5u?$/) ? next + 2 : -1;
  if (operator === AMPERSAND) return isNumber(tokens, next + 1, /^(?:31|0x1[fF])[uU]?$/) ? next + 1 : -1;
  if (operator === PERCENT || operator === SLASH) return isNumber(tokens, next + 1, /^32[uU]?$/) ? next + 1 : -1;
  return -1;
}

function isNumber(tokens: TokenList, at: number, pattern: RegExp): boolean {
  return tokens.kindAt(at) === NUMBER && pattern.test(tokens.textAt(at));
}

/** True where a name for the warp size gets the value 32 (or 5, its logarithm): `constexpr int kWarpSize = 32`. */
export function definesWarpSize(tokens: TokenList, at: number): boolean {
  return (
    tokens.kindAt(at) === IDENT &&
    isWarpSizeName(tokens.textAt(at)) &&
    tokens.kindAt(at + 1) === EQUALS &&
    isNumber(tokens, at + 2, /^(?:32|5|0x20)[uU]?$/)
  );
}
