import type { Archetype } from "../../model/vocabulary.ts";

/** Words in a kernel's name; the first that fits wins, so the more specific stand first. */
const BY_NAME: readonly (readonly [RegExp, Archetype])[] = [
  [/cross_?entropy|xent/, "cross-entropy"],
  [/attn|attention|flash|mha|mqa/, "attention"],
  [/rms_?norm/, "rmsnorm"],
  [/layer_?norm|(?:^|_)ln_|group_?norm|batch_?norm/, "layernorm"],
  [/softmax/, "softmax"],
  [/rope|rotary/, "rope"],
  [/adam|lamb|sgd|lion|optimizer/, "optimizer-step"],
  [/quant|fp8_cast|cast_fp8/, "quantize"],
  [/gemm|matmul|(?:^|_)mm(?:_|$)|bmm|linear|grouped_mm|(?:^|_)dot(?:_|$)/, "gemm"],
  [/conv/, "conv"],
  [/pool/, "pooling"],
  [/top_?k/, "topk"],
  [/sort/, "sort"],
  [/scan|cumsum|cumprod/, "scan"],
  [/hist(?:ogram)?/, "histogram"],
  [/embed/, "embedding"],
  [/gather|scatter|permut|index_select/, "gather-scatter"],
  [/transpose/, "transpose"],
  [/stencil|laplac/, "stencil"],
  [/spmv|spmm/, "spmv"],
  [/fft/, "fft"],
  [/dropout|rand|philox/, "rng"],
  [/(?:^|_)(?:copy|fill|memset|zero)(?:_|$)/, "copy-fill"],
  [/reduce|(?:^|_)(?:sum|max|mean)(?:_|$)/, "reduction"],
  [/gelu|silu|swiglu|relu|sigmoid|activation|(?:^|_)(?:add|mul|exp)(?:_|$)|elementwise|pointwise/, "elementwise"],
];

/** What a body's language names say when the kernel's name says nothing. */
const BY_IDIOM: readonly (readonly [string, RegExp, Archetype])[] = [
  ["scan", /\.(?:cumsum|cumprod|associative_scan)$/, "scan"],
  ["sort", /\.sort$/, "sort"],
  ["topk", /\.topk$/, "topk"],
  ["histogram", /\.histogram$/, "histogram"],
  ["matrix product", /\.(?:dot|dot_scaled|warpgroup_mma|tcgen05_mma\w*)$/, "gemm"],
  ["softmax", /\.softmax$/, "softmax"],
  ["random numbers", /\.(?:rand|randn|randint|philox)\w*$/, "rng"],
  ["reduction", /\.(?:sum|max|min|reduce|argmax|argmin)$/, "reduction"],
];

/** What a kernel computes, from its name and the names that its body uses; `plain`: no feature says otherwise. */
export function archetypeOf(
  name: string,
  used: ReadonlySet<string>,
  plain: boolean,
): { archetype: Archetype | null; signals: string[] } {
  const lower = name.toLowerCase();
  for (const [words, archetype] of BY_NAME) {
    const word = words.exec(lower)?.[0];
    if (word !== undefined) return { archetype, signals: [`name: ${word.replace(/^_|_$/g, "")}`] };
  }
  const names = [...used];
  for (const [idiom, pattern, archetype] of BY_IDIOM) {
    if (names.some((symbol) => pattern.test(symbol))) return { archetype, signals: [`idiom: ${idiom}`] };
  }
  const moves = names.some((symbol) => symbol.endsWith(".load")) && names.some((symbol) => symbol.endsWith(".store"));
  if (moves && plain) return { archetype: "elementwise", signals: ["idiom: loads and stores only"] };
  return { archetype: null, signals: [] };
}
