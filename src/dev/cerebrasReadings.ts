/** What else was read by hand of Cerebras' operators: decompositions, losses, the strings of the library, single ones. */

/** Lines of `decomp/_decompositions.py` that register a decomposition, with what its body computes otherwise. */
export const DECOMPOSED: Readonly<Record<string, readonly [line: number, silentRisk?: string]>> = {
  "aten::acos": [42, "a cubic polynomial approximates it in every type"],
  "aten::acosh": [209, "computed as log(x + sqrt(x*x - 1)): the square overflows for large x"],
  "aten::angle": [402],
  "aten::asin": [66, "a cubic polynomial approximates it in every type"],
  "aten::atan": [194],
  "aten::cdist": [300, "p = inf is not treated: the general formula gives 1"],
  "aten::cosh": [202],
  "aten::dot": [28],
  "aten::expm1": [451, "computed as exp(x) - 1: digits are lost near 0"],
  "aten::flip": [418],
  "aten::glu": [29],
  "aten::hardswish": [30],
  "aten::index_add": [31],
  "aten::log10": [221, "1/ln(10) is rounded to 0.4343"],
  "aten::log1p": [215, "computed as log(1 + x): digits are lost near 0"],
  "aten::log2": [227, "1/ln(2) is rounded to 1.4427"],
  "aten::reflection_pad1d": [33],
  "aten::reflection_pad2d": [34],
  "aten::roll": [35],
  "aten::sinh": [293, "computed as a difference of exponentials: digits are lost near 0"],
  "aten::softplus_backward": [36],
  "aten::std": [37],
  "aten::tan": [254],
  "aten::triu": [259, "indices are compared in the tensor's own type: large ones are not exact in a half type"],
  "aten::unbind": [39],
  "aten::var": [38],
  "aten::weight_norm": [90, "PyTorch's step that takes norms of bfloat16 weights in fp32 is left out"],
};

/** Losses of `cerebras.pytorch.nn` whose class calls PyTorch's own: lines of `nn/modules`. */
export const WRAPPED_LOSSES: Readonly<Record<string, string>> = {
  "aten::binary_cross_entropy": "BCELoss.py:15",
  "aten::binary_cross_entropy_with_logits": "BCEWithLogitsLoss.py:15",
  "aten::cosine_embedding_loss": "CosineEmbeddingLoss.py:15",
  "aten::hinge_embedding_loss": "HingeEmbeddingLoss.py:15",
  "aten::kl_div": "KLDivLoss.py:15",
  "aten::l1_loss": "L1Loss.py:15",
  "aten::margin_ranking_loss": "MarginRankingLoss.py:15",
  "aten::mse_loss": "MSELoss.py:15",
  "aten::multilabel_soft_margin_loss": "MultiLabelSoftMarginLoss.py:15",
  "aten::nll_loss": "NLLLoss.py:15",
  "aten::poisson_nll_loss": "PoissonNLLLoss.py:15",
  "aten::triplet_margin_loss": "TripletMarginLoss.py:15",
  "aten::triplet_margin_with_distance_loss": "TripletMarginWithDistanceLoss.py:15",
};

/** Operators that the shipped library's strings name, under which name. */
export const NAMED: Readonly<Record<string, string>> = {
  "aten::all": "Reduce",
  "aten::amin": "Reduce",
  "aten::any": "Reduce",
  "aten::avg_pool2d": "Pool",
  "aten::bitwise_or": "Or",
  "aten::bitwise_xor": "Xor",
  "aten::bmm": "DotGeneral",
  "aten::conv1d": "Convolution",
  "aten::conv3d": "Convolution",
  "aten::conv_transpose1d": "Convolution",
  "aten::conv_transpose3d": "Convolution",
  "aten::cumprod": "CumProd",
  "aten::cumsum": "CumSum",
  "aten::elu": "Elu",
  "aten::erf": "Erf",
  "aten::hardsigmoid": "HardSigmoid",
  "aten::index_put": "ScatterNd",
  "aten::logical_and": "And",
  "aten::logical_not": "Not",
  "aten::logical_xor": "Xor",
  "aten::max_pool2d": "Pool",
  "aten::pad": "pad",
  "aten::prod": "Reduce",
  "aten::reciprocal": "Reciprocal",
  "aten::round": "Round",
  "aten::scatter_reduce": "Scatter",
  "aten::softplus": "Softplus",
  "aten::tril": "MatrixBandPart",
};

/** The shipped library, whose strings are read. */
export const LIBRARY = "cerebras_pytorch_lib.cpython-311-x86_64-linux-gnu.so";

/** Where a file stands. */
export type Place = "zoo" | "package" | "library";

/** A row that says something of its own. */
export interface Reading {
  readonly verdict: "native" | "adapt";
  readonly why: string;
  readonly replacement?: string;
  readonly silentRisk?: string;
  readonly level: "implemented" | "inferred";
  readonly place: Place;
  readonly at: string;
  /** Further places that the remark speaks of, of the same level. */
  readonly also?: readonly (readonly [Place, string])[];
}

const interpolation = (level: Reading["level"]): Reading => ({
  verdict: "adapt",
  why: "The zoo interpolates by a product with coefficients made beforehand, in place of a bicubic interpolate.",
  replacement: "a product with a matrix of coefficients made on the host",
  level,
  place: "zoo",
  at: "layers/ViTEmbeddingLayer.py:243",
});
const fusedStep = (name: string, line: number): Reading => ({
  verdict: "adapt",
  why: "The package has an optimizer of this name; that PyTorch's fused step compiles is not shown.",
  replacement: `cerebras.pytorch.optim.${name}`,
  level: "implemented",
  place: "package",
  at: `optim/__init__.py:${line}`,
});
const ownLoss = (name: string, line: number, why: string, silentRisk?: string): Reading => ({
  verdict: "adapt",
  why,
  replacement: `cerebras.pytorch.nn.${name}`,
  ...(silentRisk ? { silentRisk } : {}),
  level: "implemented",
  place: "package",
  at: `nn/modules/${name}.py:${line}`,
});
const diagonal: Reading = {
  verdict: "adapt",
  why: "A comment in the package waits for its support and multiplies by an identity matrix.",
  replacement: "a product with torch.eye, summed over one dimension",
  level: "implemented",
  place: "package",
  at: "metrics/fbeta_score.py:31",
};

const linearPart: Reading = {
  verdict: "native",
  why: "PyTorch makes linear layers of matrices of it, which the zoo's models have.",
  level: "inferred",
  place: "zoo",
  at: "models/vision/fc_mnist/model.py:74",
};

export const READINGS: Readonly<Record<string, Reading>> = {
  "aten::_fused_adam": fusedStep("Adam", 10),
  "aten::_fused_adamw": fusedStep("AdamW", 10),
  "aten::_fused_sgd": fusedStep("SGD", 20),
  "aten::adaptive_avg_pool2d": {
    verdict: "native",
    why: "A layer of the zoo has it with an output of one pixel; none of its models uses the layer.",
    level: "inferred",
    place: "zoo",
    at: "layers/ClassifierHead.py:21",
  },
  "aten::addmm": linearPart,
  "aten::cat": {
    verdict: "native",
    why: "Models of the zoo use it; one stacks and views instead, as a workaround for the batch dimension.",
    level: "implemented",
    place: "zoo",
    at: "layers/SparseMoEBlock.py:901",
    also: [["zoo", "models/nlp/dpo/model.py:170"]],
  },
  "aten::cross_entropy_loss": {
    verdict: "native",
    why: "A loss of the zoo uses it; label smoothing is computed beside it, as a workaround.",
    level: "implemented",
    place: "zoo",
    at: "losses/T5ForConditionalGenerationLoss.py:87",
    also: [["zoo", "losses/T5ForConditionalGenerationLoss.py:39"]],
  },
  "aten::empty_like": {
    verdict: "native",
    why: "The package allocates with it where tensors are initialised; in the traced step it is not shown.",
    level: "inferred",
    place: "package",
    at: "core/device.py:466",
  },
  "aten::new_zeros": {
    verdict: "native",
    why: "A model of the zoo calls it where decoder inputs are not given.",
    level: "inferred",
    place: "zoo",
    at: "models/nlp/t5/t5_model.py:1213",
  },
  "aten::t": linearPart,
  "aten::ctc_loss": {
    verdict: "native",
    why: "The package has a class of this loss that calls PyTorch's own; the library's strings name nothing like it.",
    level: "inferred",
    place: "package",
    at: "nn/modules/CTCLoss.py:15",
    also: [["library", LIBRARY]],
  },
  "aten::diag": { ...diagonal, level: "inferred" },
  "aten::diagonal": diagonal,
  "aten::gaussian_nll_loss": ownLoss(
    "GaussianNLLLoss",
    18,
    "The package's own class computes it without PyTorch's check of signs.",
    "a negative variance is clamped to eps where PyTorch raises",
  ),
  "aten::huber_loss": ownLoss(
    "HuberLoss",
    16,
    "The package's own class computes it from a where; delta must be positive.",
  ),
  "aten::isfinite": {
    verdict: "adapt",
    why: "A comment in the package says that it fails in lowering, and compares with infinity instead.",
    replacement: 'torch.abs(x) < float("inf")',
    level: "implemented",
    place: "package",
    at: "amp/grad_scaler.py:382",
  },
  "aten::kthvalue": {
    verdict: "adapt",
    why: "The package sorts a whole tensor in traced code where others take the k largest.",
    replacement: "torch.sort and an index",
    level: "inferred",
    place: "package",
    at: "sparse/utils.py:769",
  },
  "aten::layer_norm": {
    verdict: "native",
    why: "The package tells of its own kernel of it, and layers of the zoo use it.",
    silentRisk: "at precision levels 1, the default, and 2 its output has the half type",
    level: "implemented",
    place: "package",
    at: "decomp/_decompositions.py:177",
    also: [
      ["package", "backends.py:60"],
      ["zoo", "layers/AdaLayerNorm.py:23"],
    ],
  },
  "aten::linalg_vector_norm": {
    verdict: "native",
    why: "A loss of the zoo takes a norm of order 2 of vectors, which the library's strings name; other orders are not shown.",
    level: "inferred",
    place: "zoo",
    at: "models/vision/generic_image_encoders/losses/KoLeoLoss.py:73",
    also: [["library", LIBRARY]],
  },
  "aten::linspace": {
    verdict: "adapt",
    why: "The zoo calls it on the host, while the model is built; in the traced step it is not shown.",
    replacement: "torch.arange, scaled",
    level: "inferred",
    place: "zoo",
    at: "models/vision/dit/layers/schedulers.py:22",
  },
  "aten::multi_margin_loss": ownLoss(
    "MultiMarginLoss",
    11,
    "The package's own class computes it; p must be 1 or 2, and reduction none is refused.",
  ),
  "aten::one_hot": {
    verdict: "adapt",
    why: "The package has a function of its own, which the zoo calls: the number of classes must be given.",
    replacement: "cerebras.pytorch.nn.functional.one_hot",
    silentRisk: "it returns int32 where PyTorch returns int64",
    level: "implemented",
    place: "package",
    at: "nn/functional.py:17",
    also: [["zoo", "layers/SparseMoEBlock.py:712"]],
  },
  "aten::smooth_l1_loss": ownLoss(
    "SmoothL1Loss",
    16,
    "The package's own class computes it from a where; beta must not be negative.",
    "beta = 0 divides by zero in the branch that is not taken: gradients may be NaN",
  ),
  "aten::upsample_bicubic2d": interpolation("implemented"),
  "aten::upsample_bilinear2d": interpolation("inferred"),
  "aten::upsample_nearest2d": interpolation("inferred"),
};
