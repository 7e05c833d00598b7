/** What was read by hand in the sources of tt-metalium's operator table, where the collected facts say less. */
import type { FactSource } from "./importTtnn.ts";

/** Where the named test skips the operator, or runs it on the host, and another file of the repository tests it. */
export const NAMED: Readonly<Record<string, string>> = {
  "aten::relu": "test/python/golden/ttir_ops/eltwise/test_ttir_unary.py",
  "aten::unsqueeze": "test/python/golden/ttir_ops/data_movement/test_data_movement.py",
  "aten::logical_not": "test/python/golden/ttir_ops/eltwise/test_ttir_unary.py",
  "aten::permute": "test/python/golden/ttir_ops/data_movement/test_data_movement.py",
  "aten::prod": "test/python/golden/ttir_ops/reduction/test_reduction.py",
  "aten::to": "test/python/golden/ttir_ops/data_movement/test_data_movement.py",
  "aten::where": "test/python/golden/ttir_ops/eltwise/test_ttir_ternary.py",
  "aten::scaled_dot_product_attention": "tests/torch/ops/test_composite_ops.py",
};

/**
 * Read in the tests themselves: the one named for these operators knows only what they become (`matmul` for `mm`,
 * `slice` for `split`), measures instead of testing, or is expected to fail.
 */
export const UNNAMED = new Set(
  `addbmm addmm amax amin argsort baddbmm bmm chunk clamp_max clamp_min complex conj embedding_dense_backward fill flip full_like isclose
  log_softmax masked_fill mm mv new_empty_strided new_full new_ones new_zeros ones ones_like rand randint remainder rsub scalar_tensor
  select split t take_along_dim unbind upsample_bilinear2d upsample_nearest2d view zero zeros zeros_like`
    .split(/\s+/)
    .map((name) => `aten::${name}`),
);

/** Python's names of operators that the facts know by the name of their folder. */
export const BOUND_AS: Readonly<Record<string, string>> = {
  "ttnn.conv3d": "ttnn.experimental.conv3d",
  "ttnn.dropout": "ttnn.experimental.dropout",
  "ttnn.isin": "ttnn.experimental.isin",
  "ttnn.scaled_dot_product_attention": "ttnn.transformer.scaled_dot_product_attention",
  "ttnn.moreh_group_norm_backward": "ttnn.operations.moreh.group_norm_backward",
  "ttnn.moreh_layer_norm_backward": "ttnn.operations.moreh.layer_norm_backward",
  "ttnn.moreh_logsoftmax_backward": "ttnn.operations.moreh.logsoftmax_backward",
  "ttnn.moreh_nll_loss": "ttnn.operations.moreh.nll_loss",
  "ttnn.moreh_nll_loss_backward": "ttnn.operations.moreh.nll_loss_backward",
  "ttnn.moreh_softmax_backward": "ttnn.operations.moreh.softmax_backward",
};

/** Counterparts that fit better than the collected one. */
export const COUNTERPARTS: Readonly<Record<string, string>> = {
  // relu_bw is the case of threshold 0.
  "aten::threshold_backward": "ttnn.threshold_bw",
  // TT-NN rotates images by an angle.
  "aten::rot90": "",
};

/** A route that does not go by the operator's own name. */
interface Route {
  readonly how: string;
  readonly source: FactSource;
  /** Every part reaches the device: nothing is left to port. */
  readonly native: boolean;
  /** The tests of its name show nothing of it. */
  readonly untested?: boolean;
}

const CORE_DECOMPOSITIONS: FactSource = {
  repo: "pytorch/pytorch",
  path: "torch/_decomp/__init__.py",
  commit: "00b27fde5a5cb17d9206ad50a244c84ce4ef31d5",
};
const COMPOSITES: FactSource = {
  repo: "pytorch/pytorch",
  path: "aten/src/ATen/functorch/BatchRulesDecompositions.cpp",
  commit: "03459473c0ec8fea0afc2b32d0d5f45346c2a072",
};
const FUNCTIONAL: FactSource = {
  repo: "pytorch/pytorch",
  path: "torch/nn/functional.py",
  commit: "00012f4bc0cca9bf3ae6cc63822fd03175fbc82b",
};
const FRONT_END: FactSource = {
  repo: "tenstorrent/tt-xla",
  path: "python_package/tt_torch/backend/decompositions.py",
  commit: "95c1c1ce7063d0b81ce567bbb840481be44a3157",
};
const STABLEHLO_PATTERNS: FactSource = {
  repo: "tenstorrent/tt-mlir",
  path: "lib/Conversion/StableHLOToTTIR/StableHLOToTTIRPatterns.cpp",
  commit: "19c86fca45ae7c3d8f886c0401d8b40a40d2f294",
};

const core = { how: "taken apart by core_aten_decompositions, from which tt-xla starts", source: CORE_DECOMPOSITIONS };
const frontEnd = { how: "taken apart by tt-xla into products with constant matrices", source: FRONT_END };
const composite = (parts: string) => ({ how: `PyTorch itself takes it apart into ${parts}`, source: COMPOSITES });

export const ROUTES: Readonly<Record<string, Route>> = {
  "aten::heaviside": { ...core, native: true },
  "aten::isposinf": { ...core, native: true },
  "aten::l1_loss": { ...core, native: true },
  "aten::native_group_norm_backward": { ...core, native: true },
  "aten::native_layer_norm_backward": { ...core, native: true },
  "aten::rot90": { ...core, native: true },
  // Beyond a few test elements it searches in a sorted list, and bucketize has no route.
  "aten::isin": { ...core, how: `${core.how}: comparisons for few test elements, a search for many`, native: false },
  "aten::fold": { ...core, how: `${core.how}, as col2im: index_put that accumulates`, native: false },
  "aten::grid_sampler": { ...core, how: "taken apart by tt-xla into gathers", source: FRONT_END, native: false },
  "aten::dropout": {
    how: "tt-mlir tests ttir.dropout, which no pattern from StableHLO makes",
    source: STABLEHLO_PATTERNS,
    native: false,
  },
  // All 18 variations tested in isolation cover the whole range.
  "aten::slice_scatter": {
    how: "taken apart by tt-xla, no test of the route; the variations that pytorch2.0_ttnn tests are no-ops that it removes",
    source: { ...FRONT_END, path: `${FRONT_END.path}:421` },
    native: false,
    untested: true,
  },
  "aten::upsample_linear1d": { ...frontEnd, native: true },
  "aten::upsample_nearest1d": { ...frontEnd, native: true },
  "aten::upsample_trilinear3d": { ...frontEnd, native: true },
  "aten::avg_pool1d": { ...composite("avg_pool2d"), native: true },
  "aten::cosine_similarity": { ...composite("norms, a product and a sum"), native: true },
  "aten::cross_entropy_loss": { ...composite("log_softmax and nll_loss"), native: true },
  "aten::diff": { ...composite("slices and a difference"), native: true },
  "aten::instance_norm": { ...composite("batch_norm"), native: true },
  "aten::ldexp": { ...composite("a power of two and a product"), native: true },
  "aten::max_pool1d": { ...composite("max_pool2d_with_indices"), native: false },
  "aten::meshgrid": { ...composite("views"), native: true },
  "aten::one_hot": {
    how: "tt-xla's own decompositions call it, with the number of classes given; without one the data decides the shape",
    source: FRONT_END,
    native: true,
  },
  "aten::outer": { ...composite("a product that broadcasts"), native: true },
  "aten::tanhshrink": { how: "PyTorch itself writes it as x - tanh(x)", source: FUNCTIONAL, native: true },
};
