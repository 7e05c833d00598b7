/** What shows a feature: names, opcodes, library symbols. Data only. */
import type { KernelFeature } from "../../model/vocabulary.ts";

/** A name in device code and the features that it shows; the first pattern that fits wins. */
export const FEATURES_BY_NAME: readonly (readonly [RegExp, readonly KernelFeature[]])[] = [
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
  [/^__(?:d(?:add|sub|mul|div|rcp|sqrt)|fma)_r[nzud]$|^cuDoubleComplex$/, ["fp64"]],
  [
    /^(?:__)?(?:nv_)?half2?$|^__half\w*$|^__\w*2half\w*$|^__(?:low2|high2|lows2|highs2)(?:half|float)\w*$|^make_half2$/,
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
export const FEATURES_BY_OPCODE: readonly (readonly [RegExp, KernelFeature])[] = [
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
export const FEATURES_BY_SYMBOL: readonly (readonly [string, readonly KernelFeature[]])[] = [
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

/** Arithmetic that half and bfloat16 share by name. */
export const SIXTEEN_BIT =
  /^__h(?:add|sub|mul|fma|neg|div|abs|max|min|eq|ne|lt|le|gt|ge|isnan|isinf)\w*$|^h2?(?:exp|exp2|exp10|log|log2|log10|sqrt|rsqrt|sin|cos|rcp|floor|ceil|rint|trunc|tanh)$/;

/** Methods of cooperative groups that move data between lanes. */
export const FEATURES_BY_MEMBER: ReadonlyMap<string, KernelFeature> = new Map([
  ["shfl", "warp-shuffle"],
  ["shfl_down", "warp-shuffle"],
  ["shfl_up", "warp-shuffle"],
  ["shfl_xor", "warp-shuffle"],
  ["ballot", "warp-vote"],
  ["match_any", "warp-match"],
  ["match_all", "warp-match"],
]);
