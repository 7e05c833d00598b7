/**
 * The words of the product, each list in the order reports print it.
 * Plain arrays, not schemas: the hot path and `--help` must not pay for zod.
 */

/** What a usage becomes on a target, from no work to no path. `unknown` is never shown as fine. */
export const VERDICTS = ["native", "rename", "drop", "adapt", "rewrite", "blocked", "unknown"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How well a rule is known, strongest first. */
export const EVIDENCE_LEVELS = ["tested", "implemented", "documented", "claimed", "inferred"] as const;
export type EvidenceLevel = (typeof EVIDENCE_LEVELS)[number];

/** The syntactic kind of a usage. */
export const USAGE_KINDS = [
  "call",
  "type",
  "constant",
  "include",
  "kernel",
  "launch",
  "builtin",
  "asm",
  "qualifier",
  "import",
  "attribute",
  "string",
  "op",
  "build",
  "tool",
  "package",
  "env",
] as const;
export type UsageKind = (typeof USAGE_KINDS)[number];

/** Features of a kernel: its own body and the device functions of the project that it calls. */
export const KERNEL_FEATURES = [
  "shared-memory",
  "dynamic-shared-memory",
  "block-sync",
  "warp-shuffle",
  "warp-vote",
  "warp-match",
  "warp-reduce",
  "warp-sync",
  "active-mask",
  "warp-size-32",
  "atomics",
  "cooperative-groups",
  "grid-sync",
  "cluster",
  "texture",
  "surface",
  "constant-memory",
  "managed-memory",
  "inline-ptx",
  "wmma",
  "mma-ptx",
  "wgmma",
  "tcgen05",
  "ldmatrix",
  "cp-async",
  "tma",
  "mbarrier",
  "fp64",
  "fp16",
  "bf16",
  "fp8",
  "fp4",
  "int8-dot",
  "simd-intrinsics",
  "fast-math",
  "launch-bounds",
  "dynamic-parallelism",
  "cutlass",
  "cute",
  "cub",
  "thrust",
  "libcudacxx",
  "curand-device",
  "memory-fence",
  "read-only-cache",
  "printf",
  "assert",
  "clock",
  "unroll",
  "templated",
] as const;
export type KernelFeature = (typeof KERNEL_FEATURES)[number];

/** What a hand-written kernel computes, where it can be told. */
export const ARCHETYPES = [
  "elementwise",
  "reduction",
  "scan",
  "softmax",
  "layernorm",
  "rmsnorm",
  "rope",
  "gemm",
  "attention",
  "conv",
  "pooling",
  "transpose",
  "gather-scatter",
  "embedding",
  "sort",
  "topk",
  "histogram",
  "stencil",
  "spmv",
  "fft",
  "rng",
  "quantize",
  "cross-entropy",
  "optimizer-step",
  "copy-fill",
] as const;
export type Archetype = (typeof ARCHETYPES)[number];

/**
 * How hard a kernel is to write again; the effort model gives each class its factor
 * (effort-model, section 3: element-wise 0.5 … fused attention 3.0).
 */
export const COMPLEXITIES = [
  "elementwise",
  "tile",
  "warp",
  "async-pipeline",
  "tensor-core",
  "fused-attention",
] as const;
export type Complexity = (typeof COMPLEXITIES)[number];

export const LANGUAGES = [
  "cuda",
  "cpp",
  "hip",
  "python",
  "notebook",
  "cmake",
  "make",
  "bazel",
  "meson",
  "ninja",
  "shell",
  "docker",
  "yaml",
  "toml",
  "requirements",
  "foreign",
] as const;
export type Language = (typeof LANGUAGES)[number];

export const GOALS = ["functional", "tuned", "parity"] as const;
export type Goal = (typeof GOALS)[number];

export const TEAMS = ["cuda", "expert", "new"] as const;
export type Team = (typeof TEAMS)[number];

export const WORKLOADS = ["auto", "inference", "training"] as const;
export type Workload = (typeof WORKLOADS)[number];

export const STRATEGIES = ["alias-header", "hipify-build", "in-place", "parallel-tree", "new-backend"] as const;
export type Strategy = (typeof STRATEGIES)[number];
