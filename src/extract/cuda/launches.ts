/** Kernel launches: chevrons, and the calls of the runtime and driver that launch. */
import type { Facts } from "../../model/inventory.ts";
import { angleClose, angleOpen } from "./angles.ts";
import { argumentRanges, textOf } from "./facts.ts";
import { kernelBehind } from "./kernelVariables.ts";
import type { Macro } from "./preprocessor.ts";
import { BRACKET_CLOSE, CHEVRON, GREATER, IDENT, NUMBER, PAREN_CLOSE, PAREN_OPEN, type TokenList } from "./tokens.ts";

export interface Launch {
  /** Name of the kernel, without namespaces and template arguments. */
  readonly kernel: string;
  readonly token: number;
  readonly facts: Facts;
}

/** Which argument is the kernel, the bytes of shared memory and, behind those, the stream. */
interface LaunchCall {
  readonly kernelAt: number;
  readonly bytesAt?: number;
  readonly streamAt?: number;
  readonly facts: Facts;
}

const API_LAUNCHES: ReadonlyMap<string, LaunchCall> = new Map([
  ["cudaLaunchKernel", { kernelAt: 0, bytesAt: 4, streamAt: 5, facts: {} }],
  ["cudaLaunchKernelExC", { kernelAt: 1, facts: {} }],
  ["cudaLaunchKernelEx", { kernelAt: 1, facts: {} }],
  ["cudaLaunchCooperativeKernel", { kernelAt: 0, bytesAt: 4, streamAt: 5, facts: { cooperative: true } }],
  ["cudaLaunch", { kernelAt: 0, facts: {} }],
  ["cuLaunchKernel", { kernelAt: 0, bytesAt: 7, streamAt: 8, facts: {} }],
  ["cuLaunchKernelEx", { kernelAt: 1, facts: {} }],
  ["cuLaunchCooperativeKernel", { kernelAt: 0, bytesAt: 7, streamAt: 8, facts: { cooperative: true } }],
  ["cuLaunchGrid", { kernelAt: 0, facts: {} }],
]);

export function launchesIn(tokens: TokenList, from: number, to: number): Launch[] {
  const launches: Launch[] = [];
  for (let at = from; at < to; at++) {
    const kind = tokens.kindAt(at);
    const launch =
      kind === CHEVRON ? chevronLaunch(tokens, at, from) : kind === IDENT ? apiLaunch(tokens, at, from, to) : undefined;
    if (launch) launches.push(launch);
  }
  return launches;
}

function chevronLaunch(tokens: TokenList, chevron: number, from: number): Launch | undefined {
  if (tokens.textAt(chevron - 1) === "operator") return undefined;
  const name = calleeBefore(tokens, chevron, from);
  if (name < from) return undefined;
  const facts = { form: "chevron", ...configuration(tokens, chevron) };
  return { kernel: kernelBehind(tokens, name, from), token: name, facts };
}

/** Token of the called name: behind template arguments, parentheses and indices. */
function calleeBefore(tokens: TokenList, chevron: number, from: number): number {
  let at = chevron - 1;
  for (let steps = 0; at >= from && steps < 8; steps++) {
    const kind = tokens.kindAt(at);
    if (kind === IDENT) return at;
    if (kind === GREATER) at = angleOpen(tokens, at, from) - 1;
    else if (kind === BRACKET_CLOSE) at = tokens.matchAt(at) - 1;
    else if (kind === PAREN_CLOSE) {
      const open = tokens.matchAt(at);
      const inside = open < 0 ? -1 : lastName(tokens, open + 1, at);
      if (inside >= 0) return inside;
      at = open - 1;
    } else at -= 1;
  }
  return -1;
}

/** Last plain name in a range, template arguments skipped: `&ns::kernel<T>` → kernel. */
function lastName(tokens: TokenList, from: number, to: number): number {
  for (let at = to - 1; at >= from; at--) {
    const kind = tokens.kindAt(at);
    if (kind === GREATER) at = angleOpen(tokens, at, from);
    else if (kind === IDENT) return at;
  }
  return -1;
}

function apiLaunch(tokens: TokenList, at: number, from: number, to: number): Launch | undefined {
  const api = API_LAUNCHES.get(tokens.textAt(at));
  if (!api) return undefined;
  let open = at + 1;
  if (tokens.kindAt(open) !== PAREN_OPEN) {
    open = angleClose(tokens, open, to) + 1;
    if (open <= 0 || tokens.kindAt(open) !== PAREN_OPEN) return undefined;
  }
  const ranges = argumentRanges(tokens, open);
  const range = ranges[api.kernelAt];
  const name = range ? lastName(tokens, range[0], range[1]) : -1;
  if (name < 0) return undefined;
  const facts = {
    form: "api",
    ...api.facts,
    ...sharedAndStream(tokens, ranges[api.bytesAt ?? -1], ranges[api.streamAt ?? -1]),
  };
  return { kernel: kernelBehind(tokens, name, from), token: name, facts };
}

/** Of an expression that is kept as a fact. */
const LONGEST_TEXT = 80;

type Range = readonly [from: number, to: number];

function sharedAndStream(tokens: TokenList, bytes: Range | undefined, stream: Range | undefined): Facts {
  return {
    ...(bytes && textOf(tokens, bytes) !== "0" ? { dynamicShared: true, bytes: bytesOf(textOf(tokens, bytes)) } : {}),
    ...(stream && !/^(?:0|NULL|nullptr)$/.test(textOf(tokens, stream)) ? { stream: true } : {}),
  };
}

/** A number, or the expression as written. */
function bytesOf(text: string): number | string {
  const value = /^\d+[uUlLzZ]*$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  return Number.isSafeInteger(value) ? value : text.slice(0, LONGEST_TEXT);
}

/** Threads of a block where literals say: `256`, `dim3(16, 16)`. */
function blockSizeOf(tokens: TokenList, [from, to]: Range): number | undefined {
  const isDim = tokens.textAt(from) === "dim3" && tokens.kindAt(from + 1) === PAREN_OPEN;
  const sizes = isDim ? argumentRanges(tokens, from + 1) : ([[from, to]] as const);
  let threads = 1;
  for (const [at, end] of sizes)
    threads *= end - at === 1 && tokens.kindAt(at) === NUMBER ? sizeOf(tokens.textAt(at)) : Number.NaN;
  return Number.isSafeInteger(threads) ? threads : undefined;
}

const sizeOf = (text: string): number => Number(text.replace(/[uUlL]+$/, ""));

/** Grid, block, shared memory and stream between the chevrons. */
function configuration(tokens: TokenList, chevron: number): Facts {
  const close = chevronClose(tokens, chevron);
  if (close < 0) return {};
  const [, block, shared, stream] = splitConfiguration(tokens, chevron + 1, close);
  const blockSize = block && blockSizeOf(tokens, block);
  return {
    ...(blockSize !== undefined ? { blockSize } : {}),
    ...sharedAndStream(tokens, shared, stream),
  };
}

/** Longest launch configuration that is followed. */
const LONGEST = 1000;

/** First token of the `>>>` that closes a chevron, or -1. */
function chevronClose(tokens: TokenList, chevron: number): number {
  for (let at = chevron + 1; at < chevron + LONGEST && at < tokens.count; at++) {
    const kind = tokens.kindAt(at);
    if (kind === GREATER && tokens.kindAt(at + 1) === GREATER && tokens.kindAt(at + 2) === GREATER) return at;
    if (kind === PAREN_OPEN) at = Math.max(at, tokens.matchAt(at));
  }
  return -1;
}

function splitConfiguration(tokens: TokenList, from: number, to: number): (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  let start = from;
  for (let at = from; at < to; at++) {
    const kind = tokens.kindAt(at);
    if (kind === PAREN_OPEN || kind === 123 || kind === 91) at = Math.max(at, Math.min(tokens.matchAt(at), to));
    else if (kind === 44) {
      ranges.push([start, at]);
      start = at + 1;
    }
  }
  if (start < to) ranges.push([start, to]);
  return ranges;
}

/** Macros that launch a kernel they are given: name → which argument it is. */
export type LaunchMacros = ReadonlyMap<string, number>;

/** How many macros deep a launch may hide. */
const DEEPEST_MACRO = 4;

export function launchMacros(tokens: TokenList, macros: readonly Macro[]): LaunchMacros {
  const found = new Map<string, number>();
  const note = (macro: Macro, launches: readonly Launch[]): void => {
    for (const { kernel } of launches) {
      const at = macro.parameters?.indexOf(kernel) ?? -1;
      if (at >= 0) found.set(macro.name, at);
    }
  };
  for (const macro of macros) note(macro, launchesIn(tokens, macro.from, macro.to));
  for (let depth = 1, before = -1; depth < DEEPEST_MACRO && found.size !== before; depth++) {
    before = found.size;
    for (const macro of macros) note(macro, invokedLaunches(tokens, macro.from, macro.to, found));
  }
  return found;
}

/** `LAUNCH(kernel, grid, block, …)`: a launch where the macro is used. */
export function invokedLaunches(tokens: TokenList, from: number, to: number, macros: LaunchMacros): Launch[] {
  if (macros.size === 0) return [];
  const launches: Launch[] = [];
  for (let at = from; at < to; at++) {
    if (tokens.kindAt(at) !== IDENT || tokens.kindAt(at + 1) !== PAREN_OPEN) continue;
    const argument = macros.get(tokens.textAt(at));
    const range = argument === undefined ? undefined : argumentRanges(tokens, at + 1)[argument];
    const name = range ? lastName(tokens, range[0], range[1]) : -1;
    if (name >= 0) launches.push({ kernel: tokens.textAt(name), token: name, facts: { form: "macro" } });
  }
  return launches;
}
