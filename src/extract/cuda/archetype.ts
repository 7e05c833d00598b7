/** What a kernel computes, told from its name and idioms. */
import type { Archetype } from "../../model/vocabulary.ts";
import type { BodyFeatures } from "./features.ts";

/** Words of a kernel's name; the first that fits wins, special before general. */
const BY_NAME: readonly (readonly [Archetype, RegExp])[] = [
  ["attention", /attention|attn|flash|fmha|mha(?![a-z])|qkv/],
  ["rmsnorm", /rms_?norm/],
  ["layernorm", /layer_?norm|group_?norm|batch_?norm|(?:^|_)norm(?:_|$)/],
  ["cross-entropy", /cross_?entropy|nll_?loss|xentropy/],
  ["softmax", /soft_?max/],
  ["rope", /rope(?![a-z])|rotary/],
  ["optimizer-step", /adam|sgd|lamb(?![a-z])|lion|adagrad|optimi[sz]er|momentum/],
  ["quantize", /quant|dequant|q[2-8]_[0k1]|int8_?pack|fp8_?cast/],
  ["embedding", /embed/],
  ["topk", /top_?k/],
  ["sort", /sort|bitonic/],
  ["histogram", /hist(?:o|_|$)/],
  ["spmv", /spmv|spmm|csr|sparse/],
  ["gemm", /gemm|gemv|mat_?mul|mat_?vec|matrix_?mul|mmv|mmq|mul_?mat|syrk|(?:^|_)mm(?:_|$)/],
  ["conv", /conv(?!ert)|im2col|depthwise/],
  ["pooling", /pool/],
  ["fft", /fft|dct(?![a-z])/],
  ["rng", /rand|rng|philox|mersenne|sobol|monte_?carlo|dropout/],
  ["scan", /scan|prefix_?sum|cumsum/],
  ["reduction", /reduc|sum(?:_|$)|argm(?:ax|in)|dot_?prod|block_?max/],
  ["transpose", /transpose|permute/],
  ["gather-scatter", /gather|scatter|index_?(?:select|add|put)|lookup/],
  ["stencil", /stencil|jacobi|laplac|blur|sobel|diffus|hotspot|heat|wave|filter|advect|srad/],
  ["copy-fill", /copy|memset|(?:^|_)fill|(?:^|_)init(?:_|$)|zero(?:_|$)|pack/],
  [
    "elementwise",
    /elementwise|(?:^|_)(?:add|mul|scale|axpy|saxpy|relu|gelu|silu|swiglu|sigmoid|tanh|activation|bias|unary|binary|clamp|vec_?add|vector_?add)(?:_|$)/,
  ],
];

export function archetypeOf(name: string, body: BodyFeatures): { archetype: Archetype | null; signals: string[] } {
  const plain = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  const byName = BY_NAME.find(([, pattern]) => pattern.test(plain))?.[0];
  if (byName) return { archetype: byName, signals: [`name:${name}`] };
  if (body.features.has("curand-device")) return { archetype: "rng", signals: ["feature:curand-device"] };
  const synchronises = ["shared-memory", "block-sync", "warp-shuffle", "atomics", "cooperative-groups"] as const;
  if (body.loops === 0 && !synchronises.some((feature) => body.features.has(feature))) {
    return { archetype: "elementwise", signals: ["idiom:no-loop-no-exchange"] };
  }
  return { archetype: null, signals: [] };
}
