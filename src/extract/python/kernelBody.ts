import type { Archetype, Complexity, KernelFeature } from "../../model/vocabulary.ts";
import { archetypeOf } from "./archetype.ts";

/** Languages in which kernels are written in Python: decorator → dialect. */
export interface Dialect {
  readonly id: string;
  readonly family: string;
  /** Resolved names below these belong to the kernel's language. */
  readonly language: readonly string[];
}

const TRITON: Dialect = { id: "triton", family: "triton", language: ["triton."] };
const GLUON: Dialect = { id: "gluon", family: "triton", language: ["triton."] };
const NUMBA: Dialect = { id: "numba", family: "numba-cuda", language: ["numba.cuda."] };
const CUPY: Dialect = { id: "cupy", family: "cupy", language: ["cupyx.jit.", "cupy."] };
const CUTE: Dialect = { id: "cute", family: "python-packages", language: ["cutlass."] };

const TILELANG: Dialect = { id: "tilelang", family: "python-packages", language: ["tilelang."] };
const HELION: Dialect = { id: "helion", family: "python-packages", language: ["helion."] };
const WARP: Dialect = { id: "warp", family: "python-packages", language: ["warp."] };

/** Decorators of functions that are written in a kernel's language and are no kernels: helpers, launchers. */
export const HELPER_DECORATORS: Readonly<Record<string, Dialect>> = {
  "cutlass.cute.jit": CUTE,
  "tilelang.language.macro": TILELANG,
  "warp.func": WARP,
};

/** Decorators of kernels by resolved name. */
export const KERNEL_DECORATORS: Readonly<Record<string, Dialect>> = {
  "triton.jit": TRITON,
  "triton.runtime.jit": TRITON,
  "triton.runtime.jit.jit": TRITON,
  "triton.experimental.gluon.jit": GLUON,
  "numba.cuda.jit": NUMBA,
  "cupyx.jit.rawkernel": CUPY,
  "cutlass.cute.kernel": CUTE,
  "tilelang.language.prim_func": TILELANG,
  "helion.kernel": HELION,
  "warp.kernel": WARP,
};

/** What a name of the kernel's language says of the kernel; the first that fits. Ends of resolved names. */
const FEATURE_OF: readonly (readonly [RegExp, readonly KernelFeature[]])[] = [
  [/\.atomic(?:_\w+|\.\w+)$/, ["atomics"]],
  [/\.(?:debug_barrier|syncthreads\w*|thread_barrier|barrier|sync_threads)$/, ["block-sync"]],
  [/\.(?:inline_asm_elementwise|inline_asm)$/, ["inline-ptx"]],
  [/(?:tensor_descriptor|TensorDescriptor|descriptor_load|descriptor_store|\.tma\.\w+|\.tma)$/, ["tma"]],
  [/\.mbarrier(?:\.\w+)?$/, ["mbarrier"]],
  [/\.warpgroup_mma\w*$/, ["wgmma"]],
  [/\.tcgen05\w*$/, ["tcgen05"]],
  [/\.async_copy(?:\.\w+)?$/, ["cp-async"]],
  [/\.(?:alloc_shared|allocate_shared_memory|shared\.array|alloc_smem|shared_memory)$/, ["shared-memory"]],
  [/\.shfl(?:_\w+)?$/, ["warp-shuffle"]],
  [/\.(?:ballot_sync|any_sync|all_sync|eq_sync|vote_sync_intrinsic)$/, ["warp-vote"]],
  [/\.match_(?:any|all)_sync$/, ["warp-match"]],
  [/\.syncwarp$/, ["warp-sync"]],
  [/\.activemask$/, ["active-mask"]],
  [/\.threadfence\w*$/, ["memory-fence"]],
  [/\.const\.array_like$/, ["constant-memory"]],
  [/\.cg\.this_grid$/, ["cooperative-groups", "grid-sync"]],
  [/\.(?:device_print)$/, ["printf"]],
  [/\.(?:device_assert)$/, ["assert"]],
  [/\.(?:globaltimer|clock\w*)$/, ["clock"]],
  [/\.static_range$/, ["unroll"]],
  [/\.float64$/, ["fp64"]],
  [/\.float16$/, ["fp16"]],
  [/\.bfloat16$/, ["bf16"]],
  [/\.float8\w*$/, ["fp8"]],
  [/\.float4\w*$/, ["fp4"]],
  [/\.libdevice\.fast_\w+$/, ["fast-math"]],
  [/^cutlass\.cute\./, ["cute"]],
];

const DATA_TYPES: ReadonlySet<KernelFeature> = new Set<KernelFeature>(["fp64", "fp16", "bf16", "fp8", "fp4"]);
const MATRIX = /\.(?:dot|dot_scaled|gemm|warpgroup_mma|tcgen05_mma\w*|mma_v2)$/;
const REDUCES = /\.(?:sum|max|min|reduce|argmax|argmin|softmax|cumsum|cumprod|associative_scan|sort|histogram)$/;

/** One kernel while its body is read. */
export class KernelBody {
  readonly name: string;
  readonly token: number;
  readonly dialect: Dialect;
  readonly features = new Set<KernelFeature>();
  readonly calls = new Set<string>();
  /** Told by the decorator, or by a value that is returned: no kernel but a device function. */
  helper: boolean;
  readonly #met = new Set<string>();

  constructor(name: string, token: number, dialect: Dialect, helper: boolean) {
    this.name = name;
    this.token = token;
    this.dialect = dialect;
    this.helper = helper;
  }

  owns(symbol: string): boolean {
    return this.dialect.language.some((prefix) => symbol.startsWith(prefix));
  }

  /** Notes a name of the language; false when it was met before. */
  meets(symbol: string): boolean {
    if (this.#met.has(symbol)) return false;
    this.#met.add(symbol);
    for (const [pattern, features] of FEATURE_OF) {
      if (!pattern.test(symbol)) continue;
      for (const feature of features) this.features.add(feature);
    }
    return true;
  }

  archetype(): { archetype: Archetype | null; signals: string[] } {
    const plain = [...this.features].every((feature) => DATA_TYPES.has(feature));
    return archetypeOf(this.name, this.#met, plain);
  }

  complexity(archetype: Archetype | null): Complexity {
    const names = [...this.#met];
    const matrix = names.some((name) => MATRIX.test(name));
    if (matrix && archetype === "attention") return "fused-attention";
    if (this.features.has("tma") || this.features.has("mbarrier")) return "async-pipeline";
    if (matrix) return "tensor-core";
    if (this.features.has("warp-shuffle") || this.features.has("warp-vote")) return "warp";
    if (this.features.has("shared-memory") || names.some((name) => REDUCES.test(name))) return "tile";
    return "elementwise";
  }
}
