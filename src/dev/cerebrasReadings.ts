/** What else was read by hand of Cerebras' operators: losses and single ones. */

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

/** The shipped library, whose strings are read. */
export const LIBRARY = "cerebras_pytorch_lib.cpython-311-x86_64-linux-gnu.so";

/** The manual's page on kernels that the compiler makes itself, with a list of losses. */
export const AUTOGEN = "fundamentals/kernel-autogeneration-with-autogen";

/** Where a file stands. */
export type Place = "zoo" | "package" | "library" | "manual" | "manual-2.1";

/** A row that says something of its own. */
export interface Reading {
  readonly verdict: "native" | "adapt";
  readonly why: string;
  readonly replacement?: string;
  readonly silentRisk?: string;
  readonly level: "implemented" | "documented" | "inferred";
  readonly place: Place;
  readonly at: string;
  /** Further places that the remark speaks of. */
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
const fusedStep = (name: string, file: string, [line, ...others]: readonly number[], silentRisk: string): Reading => ({
  verdict: "adapt",
  why: "The package has an optimizer of this name; that PyTorch's fused step compiles is not shown.",
  replacement: `cerebras.pytorch.optim.${name}`,
  silentRisk,
  level: "implemented",
  place: "package",
  at: `optim/${file}.py:${line}`,
  also: others.map((other) => ["package", `optim/${file}.py:${other}`]),
});
const ownLoss = (name: string, line: number, why: string, silentRisk?: string): Reading => ({
  verdict: "adapt",
  why,
  replacement: `cerebras.pytorch.nn.${name}`,
  ...(silentRisk ? { silentRisk } : {}),
  level: "implemented",
  place: "package",
  at: `nn/modules/${name}.py:${line}`,
  also: [["manual", AUTOGEN]],
});
const diagonal: Reading = {
  verdict: "adapt",
  why: "A comment in the package waits for its support and multiplies by an identity matrix.",
  replacement: "a product with torch.eye, summed over one dimension",
  level: "implemented",
  place: "package",
  at: "metrics/fbeta_score.py:31",
};

const tabled = (line: number): Reading => ({
  verdict: "native",
  why: "The zoo's table of activations has it; no model or configuration of the zoo chooses it.",
  level: "inferred",
  place: "zoo",
  at: `layers/activations.py:${line}`,
});

const linearPart: Reading = {
  verdict: "native",
  why: "PyTorch makes linear layers of matrices of it, which the zoo's models have.",
  level: "inferred",
  place: "zoo",
  at: "models/vision/fc_mnist/model.py:74",
};

export const READINGS: Readonly<Record<string, Reading>> = {
  "aten::_fused_adam": fusedStep(
    "Adam",
    "AdamBase",
    [233, 241, 123],
    "eps is 1e-6 by default, in PyTorch 1e-8, and is added before the correction of bias; there is no maximize",
  ),
  "aten::_fused_adamw": fusedStep(
    "AdamW",
    "AdamBase",
    [191, 199, 123],
    "by default eps is 1e-6, in PyTorch 1e-8, and weight_decay 0, in PyTorch 1e-2; eps is added before the correction of bias; there is no maximize",
  ),
  "aten::_fused_sgd": fusedStep(
    "SGD",
    "SGD",
    [13, 109],
    "with momentum and dampening the first step is damped as well, in PyTorch it is not",
  ),
  "aten::adaptive_avg_pool2d": {
    verdict: "native",
    why: "A layer of the zoo has it with an output of one pixel; none of its models uses the layer.",
    level: "inferred",
    place: "zoo",
    at: "layers/ClassifierHead.py:21",
  },
  "aten::addmm": linearPart,
  "aten::batch_norm": {
    verdict: "native",
    why: "A layer of the zoo has it, which no model of the zoo uses; the library's strings name FusedBatchNorm.",
    level: "inferred",
    place: "zoo",
    at: "layers/BatchChannelNorm.py:71",
    also: [["library", LIBRARY]],
  },
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
    why: "The package has a class of this loss that calls PyTorch's own; neither the manual's list of losses nor the library's strings name it.",
    level: "inferred",
    place: "package",
    at: "nn/modules/CTCLoss.py:15",
    also: [
      ["manual", AUTOGEN],
      ["library", LIBRARY],
    ],
  },
  "aten::diag": { ...diagonal, level: "inferred" },
  "aten::diagonal": diagonal,
  "aten::gaussian_nll_loss": ownLoss(
    "GaussianNLLLoss",
    18,
    "The package's own class computes it without PyTorch's check of signs. The manual lists it among the losses that compile.",
    "a negative variance is clamped to eps where PyTorch raises",
  ),
  "aten::group_norm": {
    verdict: "native",
    why: "The zoo's VAE has it, of which it is not shown that it is traced; the library's strings name GroupNorm.",
    level: "inferred",
    place: "zoo",
    at: "models/vision/dit/layers/vae/VAEEncoder.py:105",
    also: [["library", LIBRARY]],
  },
  "aten::huber_loss": ownLoss(
    "HuberLoss",
    16,
    "The package's own class computes it from a where; delta must be positive. The manual lists it among the losses that compile.",
  ),
  "aten::instance_norm": {
    verdict: "adapt",
    why: "The zoo has a layer that emulates it by a group norm with one group for each channel.",
    replacement: "cerebras.modelzoo.layers.GroupInstanceNorm",
    silentRisk: "the layer has a weight and a bias by default, PyTorch's has none",
    level: "implemented",
    place: "zoo",
    at: "layers/GroupInstanceNorm.py:18",
    also: [["zoo", "layers/norms.py:48"]],
  },
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
  "aten::leaky_relu": {
    verdict: "native",
    why: "The manual of release 2.1.0 puts it in place of GELU in GPT-3; the library's strings name LeakyRelu.",
    level: "documented",
    place: "manual-2.1",
    at: "wsc/general/autogen.html",
    also: [["library", LIBRARY]],
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
  "aten::mish": tabled(181),
  "aten::multi_margin_loss": ownLoss(
    "MultiMarginLoss",
    11,
    "The package's own class computes it; p must be 1 or 2, and reduction none is refused. The manual lists it among the losses that compile.",
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
  "aten::relu6": tabled(184),
  "aten::smooth_l1_loss": ownLoss(
    "SmoothL1Loss",
    16,
    "The package's own class computes it from a where; beta must not be negative. The manual lists it among the losses that compile.",
    "beta = 0 divides by zero in the branch that is not taken: gradients may be NaN",
  ),
  "aten::upsample_bicubic2d": interpolation("implemented"),
  "aten::upsample_bilinear2d": interpolation("inferred"),
  "aten::upsample_nearest2d": interpolation("inferred"),
};
