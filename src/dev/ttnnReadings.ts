/** Words and sources of tt-metalium's operator table: what a route or a source of `ttnnOperators.tsv` means. */
import type { PriceClass } from "../model/rule.ts";
import type { EvidenceLevel } from "../model/vocabulary.ts";

interface Repository {
  readonly at: string;
  /** Date of the commit, or the day on which a file without one was read. */
  readonly asOf: string;
}

const repository = (name: string, commit: string, asOf: string): Repository => ({ at: `${name}@${commit}`, asOf });

const METAL = repository("tenstorrent/tt-metal", "622c6fb9c08b", "2026-06-23");
const MLIR = repository("tenstorrent/tt-mlir", "19c86fca45ae", "2026-08-21");
const XLA = repository("tenstorrent/tt-xla", "95c1c1ce7063", "2026-08-21");
const TORCH_XLA = repository("tenstorrent/pytorch-xla", "5c82b1034208", "2026-04-10");
const TTNN_COMPILER = repository("tenstorrent/pytorch2.0_ttnn", "7fb5bbaaff3b", "2026-02-24");
const pytorch = (commit: string) => repository("pytorch/pytorch", commit, "2026-11-25");

/** A place that was read, at the level of its kind. */
export interface Reading {
  readonly source: string;
  readonly asOf: string;
  readonly level: EvidenceLevel;
}

const read =
  (level: EvidenceLevel) =>
  ({ at, asOf }: Repository, path: string): Reading => ({ source: `${at}:${path}`, asOf, level });
const code = read("implemented");

/** The file that binds a name of TT-NN. */
export const binding = (path: string): Reading => code(METAL, `ttnn/cpp/ttnn/operations/${path}`);

const CODE = {
  lowerings: code(TORCH_XLA, "codegen/xla_native_functions.yaml"),
  bridge: code(TORCH_XLA, "torch_xla/_dynamo/dynamo_bridge.py"),
  fallbacks: code(TORCH_XLA, "torch_xla/csrc/aten_xla_type.cpp"),
  "amp-body": code(TORCH_XLA, "torch_xla/csrc/xla_lower_util.cpp"),
  "lowered-body": code(TORCH_XLA, "torch_xla/csrc/ops/ops_lower_fn.cpp"),
  "min-body": code(TORCH_XLA, "torch_xla/csrc/ops/min_in_dim.cpp"),
  "cummax-body": code(TORCH_XLA, "torch_xla/csrc/ops/cummax.cpp"),
  "embedding-bag": code(TORCH_XLA, "torch_xla/csrc/ops/embedding_bag.cpp"),
  "pooling-body": code(TORCH_XLA, "torch_xla/csrc/pooling.cpp"),
  "division-body": code(TORCH_XLA, "torch_xla/csrc/tensor_methods.cpp"),
  "norm-body": code(TORCH_XLA, "torch_xla/csrc/ops/ops.cpp"),
  "strided-update": code(TORCH_XLA, "torch_xla/csrc/ops/as_strided_view_update.cpp"),
  core: code(pytorch("00b27fde5a5c"), "torch/_decomp/__init__.py"),
  composites: code(pytorch("03459473c0ec"), "aten/src/ATen/functorch/BatchRulesDecompositions.cpp"),
  comparisons: code(pytorch("015e928194a1"), "aten/src/ATen/native/TensorCompare.cpp"),
  foreach: code(pytorch("009ecb2b51f9"), "aten/src/ATen/native/ForeachOpsKernels.cpp"),
  decompositions: code(pytorch("000c58f3397f"), "torch/_decomp/decompositions.py"),
  functional: code(pytorch("00012f4bc0cc"), "torch/nn/functional.py"),
  "front-end": code(XLA, "python_package/tt_torch/backend/decompositions.py"),
  passes: code(XLA, "python_package/tt_torch/backend/passes.py"),
  "composite-calls": code(XLA, "python_package/tt_torch/composite_ops.py"),
  overrides: code(XLA, "python_package/tt_torch/torch_overrides.py"),
  "sparse-mlp": code(XLA, "python_package/tt_torch/sparse_mlp.py"),
  patterns: code(MLIR, "lib/Conversion/StableHLOToTTIR/StableHLOToTTIRPatterns.cpp"),
  decomposition: code(MLIR, "lib/Conversion/TTIRToTTIRDecomposition/TTIRToTTIRDecomposition.cpp"),
  "complex-types": code(MLIR, "lib/Dialect/StableHLO/Transforms/ComplexDataTypeConversion.cpp"),
  fusing: code(MLIR, "lib/Dialect/TTIR/Transforms/TTIRFusing.cpp"),
  workarounds: code(MLIR, "lib/Dialect/TTNN/IR/TTNNWorkaroundsPass.cpp"),
  narrowing: code(MLIR, "lib/Dialect/TTIR/Transforms/ElementTypeNormalization.cpp"),
  hoisted: code(MLIR, "lib/Dialect/TTIR/Transforms/HoistCPUOps/CPUHoistNonLowerableSHLOOps.cpp"),
  /** Tests that are expected to fail, skipped, or of what a compiler rejects. */
  "failing-unary": code(XLA, "tests/torch/ops/test_eltwise_unary_ops.py"),
  "failing-binary": code(XLA, "tests/torch/ops/test_eltwise_binary_ops.py"),
  "failing-eager": code(XLA, "tests/torch/test_torch_xla_basic.py"),
  inputs: code(XLA, "tests/infra/testers/single_chip/op/op_tester.py"),
  dynamic: code(XLA, "tests/torch/ops/test_get_dimension_size.py"),
  "failing-stablehlo": code(MLIR, "test/python/golden/test_stablehlo_ops.py"),
  "failing-pow": code(MLIR, "test/python/golden/ttir_ops/eltwise/test_ttir_binary.py"),
  "failing-sort": code(MLIR, "test/python/golden/ttir_ops/data_movement/test_data_movement.py"),
  "avg-pool-3d": code(MLIR, "test/ttmlir/Conversion/StableHLOToTTIR/avgpool3d_negative.mlir"),
  "view-as-complex": code(XLA, "tests/torch/ops/test_complex.py"),
} as const satisfies Readonly<Record<string, Reading>>;

const DOCUMENTS = {
  precision: read("documented")(METAL, "docs/source/tt-metalium/tt_metal/advanced_topics/fp32_accuracy.rst"),
  "polygamma-issue": {
    source: "https://github.com/tenstorrent/tt-metal/issues/55105",
    asOf: "2026-11-25",
    level: "documented",
  },
} as const satisfies Readonly<Record<string, Reading>>;

const tests = (repo: Repository, folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(files).map(([key, file]) => [key, read("tested")(repo, `${folder}/${file}`)] as const),
  );

/** Tests that run on the device with numbers in floating point (bitwise operators: integers), not skipped, expected to pass. */
const TESTS: Readonly<Record<string, Reading>> = {
  ...tests(XLA, "tests/torch/ops", {
    unary: "test_eltwise_unary_ops.py",
    binary: "test_eltwise_binary_ops.py",
    add: "test_add.py",
    arange: "test_arange.py",
    complex: "test_complex.py",
    "composite-ops": "test_composite_ops.py",
    conv2d: "test_conv2d.py",
    dot: "test_dot.py",
    expand: "test_expand.py",
    histc: "test_histc.py",
    linear: "test_linear.py",
    "masked-scatter": "test_masked_scatter.py",
    matmul: "test_matmul.py",
    relu6: "test_relu6.py",
    repeat: "test_repeat.py",
    silu: "test_silu.py",
    squeeze: "test_squeeze.py",
    sum: "test_sum.py",
  }),
  ...tests(XLA, "tests/torch/graphs", {
    conv3d: "test_conv3d.py",
    hardsigmoid: "fusion_patterns/test_hardsigmoid.py",
    mean: "fusion_patterns/test_spatial_mean.py",
    mish: "fusion_patterns/test_mish.py",
    softmax: "fusion_patterns/test_softmax.py",
  }),
  ...tests(MLIR, "test/python/golden", {
    stablehlo: "test_stablehlo_ops.py",
    "ttir-unary": "ttir_ops/eltwise/test_ttir_unary.py",
    "ttir-binary": "ttir_ops/eltwise/test_ttir_binary.py",
    "ttir-ternary": "ttir_ops/eltwise/test_ttir_ternary.py",
    reduction: "ttir_ops/reduction/test_reduction.py",
    "data-movement": "ttir_ops/data_movement/test_data_movement.py",
    pooling: "ttir_ops/pooling/test_pooling.py",
    normalization: "ttir_ops/normalization/test_normalization.py",
    conv1d: "ttir_ops/convolution/test_conv1d.py",
    "conv-transpose2d": "ttir_ops/convolution/test_conv_transpose2d.py",
  }),
  "recorded-embedding": read("tested")(TTNN_COMPILER, "docs/operations/aten.embedding.default.md"),
};

/** Keys of what may show a risk. */
export type RiskSource = keyof typeof CODE | keyof typeof DOCUMENTS;

export const READINGS: Readonly<Record<string, Reading>> = { ...CODE, ...DOCUMENTS, ...TESTS };

/** How an operator gets from PyTorch to the device, or why it does not. */
interface Route {
  /** `$` is the operator's own detail; without one it stands behind. */
  readonly how: string;
  readonly level: EvidenceLevel;
  /** Before the operator's own sources. */
  readonly sources: readonly (keyof typeof CODE)[];
  /** What an operator to adapt costs, where it is not a local edit. */
  readonly price?: PriceClass;
}

const CORE = "taken apart by core_aten_decompositions, from which tt-xla starts";
const MISSING = "no lowering of its name found";

export const ROUTES: Readonly<Record<string, Route>> = {
  "tested-xla": { how: "tested in tt-xla", level: "tested", sources: [] },
  "tested-mlir": { how: "tested in tt-mlir", level: "tested", sources: [] },
  recorded: { how: "runs on the device are recorded in pytorch2.0_ttnn", level: "tested", sources: [] },
  lowered: {
    how: "torch-xla lowers it, and tt-mlir what it becomes",
    level: "implemented",
    sources: ["lowerings", "patterns"],
  },
  "lowered-complex": {
    how: "torch-xla lowers it, and tt-mlir takes complex numbers apart into pairs",
    level: "implemented",
    sources: ["lowerings", "complex-types"],
  },
  "lowered-partly": { how: "torch-xla lowers it", level: "implemented", sources: ["lowerings"], price: "check" },
  untested: {
    how: "torch-xla lists a lowering, no test of the route was found",
    level: "inferred",
    sources: ["lowerings"],
    price: "check",
  },
  core: { how: CORE, level: "implemented", sources: ["core"] },
  "core-partly": { how: CORE, level: "inferred", sources: ["core"] },
  "core-forward": {
    how: "it becomes $, which core_aten_decompositions takes apart, from which tt-xla starts",
    level: "implemented",
    sources: ["core"],
  },
  composite: { how: "PyTorch itself takes it apart into $", level: "implemented", sources: ["composites"] },
  functional: { how: "PyTorch itself writes it as $", level: "implemented", sources: ["functional"] },
  "front-end": { how: "tt-xla takes it apart $", level: "implemented", sources: ["front-end"] },
  failing: { how: "its test in tt-xla is expected to fail: $", level: "implemented", sources: [] },
  skipped: { how: "its test in tt-xla is skipped as not supported", level: "implemented", sources: [] },
  said: { how: "$", level: "implemented", sources: [] },
  unmatched: { how: "$", level: "inferred", sources: ["patterns"] },
  "data-shaped": {
    how: "the data decide the shape of the result, and tt-xla's test of a dynamic dimension is expected to fail",
    level: "inferred",
    sources: ["dynamic"],
  },
  host: {
    how: `${MISSING}; torch-xla runs such operators on the host`,
    level: "inferred",
    sources: ["lowerings", "bridge"],
  },
  none: { how: MISSING, level: "inferred", sources: ["lowerings"] },
};
