/** Features of a kernel or device function, told from the tokens of its declaration and body. */
import type { Doubles } from "../../model/inventory.ts";
import type { KernelFeature } from "../../model/vocabulary.ts";
import { angleOpen } from "./angles.ts";
import { asmAt, type LiteralMacros } from "./asm.ts";
import { type NameResolver, readChain } from "./chains.ts";
import type { DoubleNames } from "./doubleNames.ts";
import { bodyDoubles } from "./doubles.ts";
import {
  FEATURES_BY_MEMBER,
  FEATURES_BY_NAME,
  FEATURES_BY_OPCODE,
  FEATURES_BY_SYMBOL,
  SIXTEEN_BIT,
} from "./featureTables.ts";
import { isWarpSizeName, laneLiteral } from "./lanes.ts";
import {
  ARROW,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  CHEVRON,
  COLON,
  DOT,
  EQUALS,
  GREATER,
  IDENT,
  LESS,
  MINUS,
  PAREN_OPEN,
  PLUS,
  QUESTION,
  SCOPE,
  SEMICOLON,
  SLASH,
  STAR,
  type TokenList,
} from "./tokens.ts";

export interface BodyFeatures {
  readonly features: Set<KernelFeature>;
  readonly doubles: Doubles | undefined;
  /** Names that link may follow: called functions, and macros and types of the project. */
  readonly calls: readonly string[];
  readonly loops: number;
  /** True when numbers are added, multiplied … in it, indices apart. */
  readonly arithmetic: boolean;
}

export interface FeatureContext {
  readonly resolver: NameResolver;
  readonly literals: LiteralMacros;
  readonly doubles: DoubleNames;
  /** Features that a name lends because of what the file says of it: variables in constant memory, macros, typedefs. */
  readonly lent: (name: string) => readonly KernelFeature[] | undefined;
}

const remembered = new Map<string, readonly KernelFeature[]>();
const NONE: readonly KernelFeature[] = [];
const MEMORY = 100_000;

/** Features that a name shows by itself. */
export function featuresOfName(name: string): readonly KernelFeature[] {
  const known = remembered.get(name);
  if (known) return known;
  const found = FEATURES_BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? NONE;
  if (remembered.size < MEMORY) remembered.set(name, found);
  return found;
}

const BASIC_WORDS = new Set(
  (
    "void bool char short int long float double unsigned signed size_t auto const static inline volatile extern struct class typename template constexpr else return " +
    "int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t __global__ __device__ __host__ __shared__ __forceinline__ __restrict__ uint"
  ).split(" "),
);
/** Control words that a parenthesis follows. */
const CONTROL = new Set("if for while switch return sizeof catch alignof decltype static_assert defined".split(" "));
const LOOPS = new Set(["for", "while", "do"]);

export function bodyFeatures(
  tokens: TokenList,
  from: number,
  to: number,
  context: FeatureContext & { readonly owner: string | undefined },
): BodyFeatures {
  const features = new Set<KernelFeature>();
  const calls = new Set<string>();
  let loops = 0;
  let sixteenBit = false;
  for (let at = from; at < to; at++) {
    const kind = tokens.kindAt(at);
    if (kind === CHEVRON) features.add("dynamic-parallelism");
    if (kind !== IDENT) continue;
    const text = tokens.textAt(at);
    if (LOOPS.has(text)) loops += 1;
    const before = tokens.kindAt(at - 1);
    if (before === DOT || before === ARROW) {
      memberFeatures(text, features);
      if (tokens.kindAt(at + 1) === PAREN_OPEN) calls.add(`.${text}`);
      continue;
    }
    for (const feature of featuresOfName(text)) features.add(feature);
    for (const feature of context.lent(text) ?? NONE) features.add(feature);
    sixteenBit ||= SIXTEEN_BIT.test(text);
    if (text === "extern" && isDynamicShared(tokens, at)) features.add("dynamic-shared-memory");
    for (const { opcode } of asmAt(tokens, at, context.literals) ?? []) asmFeatures(opcode, features);
    if (asmAt(tokens, at, context.literals)) features.add("inline-ptx");
    if (isWarpSizeName(text) || laneLiteral(tokens, at) >= 0) features.add("warp-size-32");
    if (before !== SCOPE) libraryFeatures(tokens, at, to, context.resolver, features);
    if (!isFollowable(tokens, at, text)) continue;
    calls.add(text);
    const owner = before === SCOPE ? nameBefore(tokens, at - 2, from) : context.owner;
    if (owner !== undefined) calls.add(`${owner}::${text}`);
  }
  if (sixteenBit && !features.has("bf16")) features.add("fp16");
  const isNamed = features.has("fp64");
  const { computes, doubles } = bodyDoubles(tokens, from, to, context.doubles);
  if (computes) features.add("fp64");
  return {
    features,
    doubles: isNamed ? "types" : doubles,
    calls: [...calls],
    loops,
    arithmetic: hasArithmetic(tokens, from, to),
  };
}

/** An operator behind an index or before an assignment: `a[i] * b`, `sum +=`. */
function hasArithmetic(tokens: TokenList, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const kind = tokens.kindAt(at);
    if (kind !== PLUS && kind !== MINUS && kind !== STAR && kind !== SLASH) continue;
    if (
      tokens.kindAt(at - 1) === BRACKET_CLOSE ||
      isAssignedProduct(tokens, at) ||
      (tokens.kindAt(at + 1) === EQUALS && kind !== STAR)
    )
      return true;
  }
  return false;
}

/** `= factor * a[i]`: a declaration has no `=` before. */
function isAssignedProduct(tokens: TokenList, operator: number): boolean {
  return (
    tokens.kindAt(operator - 2) === EQUALS &&
    tokens.kindAt(operator - 1) === IDENT &&
    tokens.kindAt(operator + 1) === IDENT &&
    tokens.kindAt(operator + 2) === BRACKET_OPEN
  );
}

/** `Class` of `Class<T>::`, its last token given. */
function nameBefore(tokens: TokenList, at: number, from: number): string | undefined {
  const name = tokens.kindAt(at) === GREATER ? angleOpen(tokens, at, from) - 1 : at;
  return tokens.kindAt(name) === IDENT ? tokens.textAt(name) : undefined;
}

function isFollowable(tokens: TokenList, at: number, text: string): boolean {
  if (CONTROL.has(text)) return false;
  const next = tokens.kindAt(at + 1);
  // A function by its name: `dot = Traits<T>::dot;`, `return dot;`, `wide ? dot4 : dot2`.
  if (next === SEMICOLON) return tokens.kindAt(at - 1) === SCOPE || tokens.textAt(at - 1) === "return";
  if (next === COLON) return tokens.kindAt(at - 1) === QUESTION;
  if (next === PAREN_OPEN || next === LESS || next === SCOPE || /^[A-Z][A-Z0-9_]+$/.test(text)) return true;
  // A type: what the project's headers say of it may matter (`typedef double real`).
  return (next === IDENT || next === STAR) && !BASIC_WORDS.has(text);
}

function libraryFeatures(
  tokens: TokenList,
  at: number,
  to: number,
  resolver: NameResolver,
  features: Set<KernelFeature>,
): void {
  const qualified = tokens.kindAt(at + 1) === SCOPE;
  if (!qualified && !resolver.hasUsed && !resolver.isAlias(tokens.textAt(at))) return;
  const resolved = resolver.resolve(readChain(tokens, at, to).parts);
  if (!resolved) return;
  for (const feature of featuresOfSymbol(resolved.symbol)) features.add(feature);
}

/** Features that a library's name shows. */
export function featuresOfSymbol(symbol: string): readonly KernelFeature[] {
  return FEATURES_BY_SYMBOL.find(([prefix]) => symbol.startsWith(prefix))?.[1] ?? NONE;
}

function memberFeatures(text: string, features: Set<KernelFeature>): void {
  const feature = FEATURES_BY_MEMBER.get(text);
  if (feature) features.add(feature);
}

function asmFeatures(opcode: string, features: Set<KernelFeature>): void {
  for (const [pattern, feature] of FEATURES_BY_OPCODE) if (pattern.test(opcode)) features.add(feature);
}

/** `extern __shared__`, alignment in between allowed. */
function isDynamicShared(tokens: TokenList, at: number): boolean {
  for (let next = at + 1; next < at + 10; next++) if (tokens.textAt(next) === "__shared__") return true;
  return false;
}
