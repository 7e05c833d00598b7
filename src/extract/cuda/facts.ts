/** Facts of calls that rules ask for: lane masks, widths, attributes. */
import type { Facts } from "../../model/inventory.ts";
import { angleClose } from "./angles.ts";
import { BRACE_OPEN, BRACKET_OPEN, COMMA, LESS, NUMBER, PAREN_OPEN, type TokenList } from "./tokens.ts";

/** Token ranges of a call's arguments. */
export function argumentRanges(tokens: TokenList, open: number): (readonly [from: number, to: number])[] {
  const close = tokens.matchAt(open);
  if (close < open) return [];
  const ranges: [number, number][] = [];
  let from = open + 1;
  for (let at = from; at < close; at++) {
    const kind = tokens.kindAt(at);
    if (kind === COMMA) {
      ranges.push([from, at]);
      from = at + 1;
    } else if (kind === PAREN_OPEN || kind === BRACE_OPEN || kind === BRACKET_OPEN) {
      const inner = tokens.matchAt(at);
      if (inner > at && inner < close) at = inner;
    } else if (kind === LESS) {
      const angle = angleClose(tokens, at, close);
      if (angle > 0) at = angle;
    }
  }
  if (from < close) ranges.push([from, close]);
  return ranges;
}

export function textOf(tokens: TokenList, [from, to]: readonly [number, number]): string {
  return tokens.text.slice(tokens.startAt(from), tokens.endAt(to - 1)).replace(/\s+/g, " ");
}

const TAKES_MASK = /^__(?:shfl|ballot|any|all|match|reduce|syncwarp)\w*$/;
/** Calls whose second argument says what they are about, and the fact that it is. */
const SECOND_ARGUMENT = new Map([
  ["cudaDeviceGetAttribute", "attribute"],
  ["cudaFuncSetAttribute", "attribute"],
  ["cuDeviceGetAttribute", "attribute"],
  ["cuFuncSetAttribute", "attribute"],
  ["cudaStreamBeginCapture", "capture"],
  ["cuStreamBeginCapture", "capture"],
  ["cublasSetMathMode", "mathMode"],
  ["cudnnSetConvolutionMathType", "mathMode"],
  ["cudnnSetRNNMatrixMathType", "mathMode"],
]);
const MANAGED: Facts = { managed: true };
const PINNED: Facts = { pinned: true };
/** What kind of memory a call gives. */
const MEMORY = new Map([
  ["cudaMallocManaged", MANAGED],
  ["cuMemAllocManaged", MANAGED],
  ["cudaMallocHost", PINNED],
  ["cudaHostAlloc", PINNED],
  ["cudaHostRegister", PINNED],
  ["cuMemAllocHost", PINNED],
  ["cuMemHostAlloc", PINNED],
  ["cuMemHostRegister", PINNED],
]);

/** Facts of a call whose name stands at `at`. */
export function callFacts(tokens: TokenList, at: number, name: string, family: string): Facts | undefined {
  const fact = SECOND_ARGUMENT.get(name);
  const isMasked = family === "device" && name.startsWith("__") && TAKES_MASK.test(name);
  if (fact === undefined && !isMasked) return MEMORY.get(name);
  const open = tokens.kindAt(at + 1) === PAREN_OPEN ? at + 1 : angleClose(tokens, at + 1, tokens.count) + 1;
  const ranges = argumentRanges(tokens, open);
  if (fact !== undefined) return ranges[1] ? { [fact]: textOf(tokens, ranges[1]) } : undefined;
  return laneFacts(tokens, name, ranges);
}

function laneFacts(tokens: TokenList, name: string, ranges: readonly (readonly [number, number])[]): Facts {
  const isSync = name.endsWith("_sync") || name === "__syncwarp";
  const mask = isSync && ranges[0] ? maskFacts(tokens, ranges[0]) : {};
  const widthAt = name.startsWith("__shfl") ? (isSync ? 3 : 2) : -1;
  const width =
    widthAt >= 0 && ranges[widthAt] ? textOf(tokens, ranges[widthAt] as readonly [number, number]) : undefined;
  return { ...mask, ...(width === undefined ? {} : { width: /^\d+$/.test(width) ? Number(width) : width }) };
}

function maskFacts(tokens: TokenList, range: readonly [number, number]): Facts {
  const literal = numberOf(tokens, range);
  if (literal === undefined) return { mask: "expr" };
  return { mask: `0x${literal.value.toString(16)}`, maskBits: literal.bits };
}

interface Literal {
  readonly value: bigint;
  readonly bits: 32 | 64;
}

/** The value and width of a literal argument, `~0ull` and casts included. */
function numberOf(tokens: TokenList, [from, to]: readonly [number, number]): Literal | undefined {
  let at = to - 1;
  if (tokens.kindAt(at) !== NUMBER) return undefined;
  const [, written, suffix = ""] = /^(0[xX][0-9a-fA-F']+|\d[\d']*)([uUlL]*)$/.exec(tokens.textAt(at)) ?? [];
  if (written === undefined) return undefined;
  const value = BigInt(written.replaceAll("'", ""));
  const bits = value > 0xffffffffn || /l/i.test(suffix) ? 64 : 32;
  at -= 1;
  const sign = at >= from ? tokens.textAt(at) : "";
  const allOnes = bits === 64 ? 0xffffffffffffffffn : 0xffffffffn;
  if ((sign === "~" && value === 0n) || (sign === "-" && value === 1n)) return { value: allOnes, bits };
  return sign === "" || sign === ")" ? { value, bits } : undefined;
}

/** `texture<float, 2>`: what the texture or surface holds, as written between the angles. */
export function textureFacts(tokens: TokenList, at: number): Facts | undefined {
  const close = tokens.kindAt(at + 1) === LESS ? angleClose(tokens, at + 1, tokens.count) : -1;
  return close > at + 2 ? { texture: textOf(tokens, [at + 2, close]) } : undefined;
}

/** `__launch_bounds__(256, 2)` as written between the parentheses. */
export function boundsFacts(tokens: TokenList, at: number): Facts | undefined {
  const ranges = argumentRanges(tokens, at + 1);
  return ranges.length === 0 ? undefined : { bounds: ranges.map((range) => textOf(tokens, range)).join(", ") };
}

/** `__cluster_dims__(2, 1, 1)` likewise. */
export function clusterFacts(tokens: TokenList, at: number): Facts | undefined {
  const bounds = boundsFacts(tokens, at)?.bounds;
  return bounds === undefined ? undefined : { cluster: bounds };
}
