/** Features of a kernel or device function, told from the tokens of its declaration and body. */
import type { KernelFeature } from "../../model/vocabulary.ts";
import { asmAt, type LiteralMacros } from "./asm.ts";
import type { NameResolver } from "./chains.ts";
import { readChain } from "./chains.ts";
import { ARROW, CHEVRON, DOT, IDENT, LESS, NUMBER, PAREN_OPEN, SCOPE, type TokenList } from "./tokens.ts";

/** A name in device code and the features that it shows; the first pattern that fits wins. */
const BY_NAME: readonly (readonly [RegExp, readonly KernelFeature[]])[] = [
  [/^__shared__$/, ["shared-memory"]],
  [/^__syncthreads(?:_\w+)?$|^__barrier_sync/, ["block-sync"]],
  [/^__shfl/, ["warp-shuffle"]],
  [/^__(?:all|any|ballot|uni)(?:_sync)?$/, ["warp-vote"]],
  [/^__match_/, ["warp-match"]],
  [/^__reduce_\w+_sync$/, ["warp-reduce"]],
  [/^__syncwarp$/, ["warp-sync"]],
  [/^__activemask$/, ["active-mask"]],
  [/^atomic[A-Z]\w*$/, ["atomics"]],
  [/^tex(?:[123]D\w*|Cubemap\w*)$|^cudaTextureObject_t$/, ["texture"]],
  [/^surf(?:[123]D\w*|Cubemap\w*)$|^cudaSurfaceObject_t$/, ["surface"]],
  [/^__constant__$/, ["constant-memory"]],
  [/^double[1-4]?$|^__(?:d(?:add|sub|mul|div|fma|rcp|sqrt)_r[nzud])$|^cuDoubleComplex$/, ["fp64"]],
  [
    /^(?:__)?(?:nv_)?half2?$|^__half\w*$|^__h(?:add|sub|mul|fma|neg|div|abs|max|min|eq|ne|lt|le|gt|ge)\w*$|^(?:__\w*2half\w*|__half\w*|__low2\w+|__high2\w+|make_half2|h2?(?:exp|log|sqrt|rsqrt|sin|cos|rcp|floor|ceil)\w*)$/,
    ["fp16"],
  ],
  [/^(?:__)?nv_bfloat16\w*$|^__\w*bfloat16\w*$/, ["bf16"]],
  [/^__nv_fp8\w*$|^__nv_cvt_\w*fp8\w*$/, ["fp8"]],
  [/^__nv_fp4\w*$|^__nv_cvt_\w*fp4\w*$/, ["fp4"]],
  [/^__dp[24]a(?:_\w+)?$/, ["int8-dot"]],
  [/^__v(?:abs|add|sub|avg|cmp|hadd|max|min|neg|sad|set|ib)\w*$/, ["simd-intrinsics"]],
  [/^__(?:exp|exp10|log|log2|log10|pow|sin|cos|tan|tanh|sincos)f$|^__(?:fdividef|saturatef)$/, ["fast-math"]],
  [/^__launch_bounds__$/, ["launch-bounds"]],
  [/^curand(?:_\w+|State\w*)$/, ["curand-device"]],
  [/^__threadfence(?:_\w+)?$/, ["memory-fence"]],
  [/^__ldg$/, ["read-only-cache"]],
  [/^printf$/, ["printf"]],
  [/^assert$/, ["assert"]],
  [/^clock(?:64)?$|^globaltimer$/, ["clock"]],
  [/^__pipeline_\w+$|^__cp_async\w*$/, ["cp-async"]],
  [/^__cluster\w*$|^clusterDim\w*$/, ["cluster"]],
];

/** PTX by the beginning of the opcode; all that fit hold. */
const BY_OPCODE: readonly (readonly [RegExp, KernelFeature])[] = [
  [/^mma\./, "mma-ptx"],
  [/^wmma\./, "wmma"],
  [/^wgmma\./, "wgmma"],
  [/^tcgen05\./, "tcgen05"],
  [/^(?:ld|st)matrix\./, "ldmatrix"],
  [/^cp\.async\.bulk/, "tma"],
  [/^cp\.async\./, "cp-async"],
  [/^mbarrier\./, "mbarrier"],
  [/^shfl\./, "warp-shuffle"],
  [/^vote\./, "warp-vote"],
  [/^match\./, "warp-match"],
  [/^redux\./, "warp-reduce"],
  [/^activemask/, "active-mask"],
  [/^bar\.warp/, "warp-sync"],
  [/^(?:bar|barrier)\.(?:sync|cta|red|arrive)/, "block-sync"],
  [/^barrier\.cluster|::cluster|^mapa\.|\.cluster\b/, "cluster"],
  [/^(?:atom|red)\./, "atomics"],
  [/^(?:membar|fence)\./, "memory-fence"],
  [/\.f64\b/, "fp64"],
  [/\.f16(?:x2)?\b/, "fp16"],
  [/\.bf16(?:x2)?\b/, "bf16"],
  [/\.e[45]m[23]/, "fp8"],
  [/\.e2m1/, "fp4"],
  [/^dp[24]a\./, "int8-dot"],
  [/^ld\.global(?:\.\w+)*\.nc/, "read-only-cache"],
];

/** Library names, by the beginning of the resolved symbol. */
const BY_SYMBOL: readonly (readonly [string, readonly KernelFeature[]])[] = [
  ["cub::", ["cub"]],
  ["thrust::", ["thrust"]],
  ["cuda::barrier", ["libcudacxx", "mbarrier"]],
  ["cuda::pipeline", ["libcudacxx", "cp-async"]],
  ["cuda::memcpy_async", ["libcudacxx", "cp-async"]],
  ["cuda::", ["libcudacxx"]],
  ["cooperative_groups::this_grid", ["cooperative-groups", "grid-sync"]],
  ["cooperative_groups::grid_group", ["cooperative-groups", "grid-sync"]],
  ["cooperative_groups::this_cluster", ["cooperative-groups", "cluster"]],
  ["cooperative_groups::cluster_group", ["cooperative-groups", "cluster"]],
  ["cooperative_groups::memcpy_async", ["cooperative-groups", "cp-async"]],
  ["cooperative_groups::", ["cooperative-groups"]],
  ["nvcuda::wmma::", ["wmma"]],
  ["cutlass::", ["cutlass"]],
  ["cute::", ["cute"]],
];

export interface BodyFeatures {
  readonly features: Set<KernelFeature>;
  /** Names that link may follow: called functions, and macros and types of the project. */
  readonly calls: readonly string[];
  readonly loops: number;
}

export interface FeatureContext {
  readonly resolver: NameResolver;
  readonly literals: LiteralMacros;
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
  const found = BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? NONE;
  if (remembered.size < MEMORY) remembered.set(name, found);
  return found;
}

/** Control words that a parenthesis follows. */
const CONTROL = new Set("if for while switch return sizeof catch alignof decltype static_assert defined".split(" "));
const LOOPS = new Set(["for", "while", "do"]);

export function bodyFeatures(tokens: TokenList, from: number, to: number, context: FeatureContext): BodyFeatures {
  const features = new Set<KernelFeature>();
  const calls = new Set<string>();
  let loops = 0;
  for (let at = from; at < to; at++) {
    const kind = tokens.kindAt(at);
    if (kind === CHEVRON) features.add("dynamic-parallelism");
    if (kind !== IDENT) continue;
    const text = tokens.textAt(at);
    if (LOOPS.has(text)) loops += 1;
    const before = tokens.kindAt(at - 1);
    if (before === DOT || before === ARROW) {
      memberFeatures(text, features);
      if (tokens.kindAt(at + 1) === PAREN_OPEN) calls.add(text);
      continue;
    }
    for (const feature of featuresOfName(text)) features.add(feature);
    for (const feature of context.lent(text) ?? NONE) features.add(feature);
    if (text === "extern" && isDynamicShared(tokens, at)) features.add("dynamic-shared-memory");
    for (const { opcode } of asmAt(tokens, at, context.literals) ?? []) asmFeatures(opcode, features);
    if (asmAt(tokens, at, context.literals)) features.add("inline-ptx");
    if (isWarpSize32(tokens, at)) features.add("warp-size-32");
    if (before !== SCOPE) libraryFeatures(tokens, at, to, context.resolver, features);
    if (isFollowable(tokens, at, text)) calls.add(text);
  }
  return { features, calls: [...calls], loops };
}

function isFollowable(tokens: TokenList, at: number, text: string): boolean {
  if (CONTROL.has(text)) return false;
  const next = tokens.kindAt(at + 1);
  return next === PAREN_OPEN || next === LESS || next === SCOPE || /^[A-Z][A-Z0-9_]+$/.test(text);
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
  const found = BY_SYMBOL.find(([prefix]) => resolved.symbol.startsWith(prefix))?.[1] ?? NONE;
  for (const feature of found) features.add(feature);
}

/** Methods of cooperative groups that move data between lanes. */
const BY_MEMBER: ReadonlyMap<string, KernelFeature> = new Map([
  ["shfl", "warp-shuffle"],
  ["shfl_down", "warp-shuffle"],
  ["shfl_up", "warp-shuffle"],
  ["shfl_xor", "warp-shuffle"],
  ["ballot", "warp-vote"],
  ["match_any", "warp-match"],
  ["match_all", "warp-match"],
]);

function memberFeatures(text: string, features: Set<KernelFeature>): void {
  const feature = BY_MEMBER.get(text);
  if (feature) features.add(feature);
}

function asmFeatures(opcode: string, features: Set<KernelFeature>): void {
  for (const [pattern, feature] of BY_OPCODE) if (pattern.test(opcode)) features.add(feature);
}

/** `extern __shared__`, alignment in between allowed. */
function isDynamicShared(tokens: TokenList, at: number): boolean {
  for (let next = at + 1; next < at + 10; next++) if (tokens.textAt(next) === "__shared__") return true;
  return false;
}

/** `threadIdx.x & 31`, `>> 5`, `% 32`, `/ 32`, `warpSize`-like constants. */
function isWarpSize32(tokens: TokenList, at: number): boolean {
  const text = tokens.textAt(at);
  if (/^(?:WARP_?SIZE|kWarpSize|WARP_?THREADS|LOG_?WARP_?SIZE|warp_size|kThreadsPerWarp)$/.test(text)) return true;
  if (!/tid|thread|lane|warp/i.test(text)) return false;
  let next = at + 1;
  if (tokens.kindAt(next) === DOT && /^[xyz]$/.test(tokens.textAt(next + 1))) next += 2;
  while (tokens.kindAt(next) === 41) next += 1;
  const operator = tokens.kindAt(next);
  const value = tokens.textAt(next + 1);
  if ((operator === 38 || operator === 37 || operator === 47) && tokens.kindAt(next + 1) === NUMBER) {
    return operator === 38 ? /^(?:31|0x1[fF])u?$/.test(value) : /^32u?$/.test(value);
  }
  return operator === 62 && tokens.kindAt(next + 1) === 62 && /^5u?$/.test(tokens.textAt(next + 2));
}
