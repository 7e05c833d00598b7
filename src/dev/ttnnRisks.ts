/** What may differ on tt-metalium without a word, by the keys of `ttnnOperators.tsv`; an argument that chooses another route has its own. */
import type { RiskSource } from "./ttnnReadings.ts";

interface Risk {
  readonly text: string;
  readonly sources: readonly RiskSource[];
}

const NARROWED = "values are narrowed to bf16 in the compiler's path";
const INDEXED = "where the indexing becomes an embedding, whose table is bf16";
const UNSEEN = "may run on the host unseen";
const DIGITS = "lose digits on the way through fp32";

/** A fallback that torch-xla takes for some arguments. */
const fallback = (when: string): Risk => ({ text: `${when} ${UNSEEN}`, sources: ["fallbacks"] });
/** A form of the operator that torch-xla's list lacks. */
const unlisted = (when: string): Risk => ({ text: `${when} ${UNSEEN}`, sources: ["lowerings", "bridge"] });

/** Where and how values are narrowed. */
const PRECISION = {
  bf16: { text: NARROWED, sources: ["workarounds"] },
  "bf16-images": { text: "of images, values are narrowed to bf16 in its pooling", sources: ["workarounds"] },
  table: { text: "the table is narrowed to bf16 in the compiler's path", sources: ["workarounds"] },
  reverse: {
    text: `${NARROWED}: it becomes an embedding, whose table is bf16`,
    sources: ["decomposition", "workarounds"],
  },
  indexing: {
    text: `fp32 values, and integers indexed in several dimensions, are narrowed to bf16 ${INDEXED}`,
    sources: ["patterns", "workarounds"],
  },
  "pad-modes": {
    text: `with mode reflect, replicate or circular, fp32 values are narrowed to bf16 ${INDEXED}`,
    sources: ["patterns", "workarounds"],
  },
  "padding-mode": {
    text: `with a padding_mode other than zeros, fp32 values are narrowed to bf16 ${INDEXED}`,
    sources: ["patterns", "workarounds"],
  },
  "area-mode": { text: "with mode area, values are narrowed to bf16 in its pooling", sources: ["workarounds"] },
  "called-before": {
    text: `called as F.interpolate it is indexing before tt-xla's table is asked: fp32 values are narrowed to bf16 ${INDEXED}`,
    sources: ["passes", "patterns", "workarounds"],
  },
  "called-linear": {
    text: `modes linear and trilinear become indexing: fp32 values are narrowed to bf16 ${INDEXED}`,
    sources: ["passes", "patterns", "workarounds"],
  },
  half: {
    text: "what PyTorch computes in fp32 for bf16 and fp16 is computed in the input's type: tt-xla removes the casts",
    sources: ["passes"],
  },
  affine: { text: "fp32 weights are cast to the type of a bf16 input", sources: ["composite-calls"] },
  "unfused-tanh": { text: "where it is not fused, its tanh is computed in bf16", sources: ["workarounds"] },
  maxima: {
    text: "the maxima are found again in bf16, and their places kept in 16 bits",
    sources: ["patterns", "workarounds"],
  },
  "inner-tanh": { text: "its tanh is computed in bf16", sources: ["workarounds"] },
  "approximate-tanh": {
    text: "with approximate='tanh', its tanh is computed in bf16",
    sources: ["workarounds"],
  },
  "exact-gelu": {
    text: "with approximate='tanh', the compiler computes the form with erf instead",
    sources: ["fusing"],
  },
  integers: { text: `integers above 2^24 ${DIGITS}`, sources: ["workarounds"] },
  "rounding-integers": {
    text: `with a rounding_mode, integers above 2^24 ${DIGITS}`,
    sources: ["division-body"],
  },
  "trunc-integers": {
    text: `as a division with rounding_mode='trunc', integers above 2^24 ${DIGITS}`,
    sources: ["division-body"],
  },
  keys: {
    text: "fp32 keys are narrowed to bf16, integers to 16 bits; a stable order is not implemented",
    sources: ["workarounds", "failing-sort"],
  },
  narrow: { text: "fp64 becomes fp32 and int64 saturates to int32 without a message", sources: ["narrowing"] },
  products: { text: "fp32 operands are multiplied in TF32 or bf16", sources: ["precision"] },
} as const satisfies Readonly<Record<string, Risk>>;

/** What runs elsewhere, for some arguments or always. */
const PLACES = {
  host: { text: UNSEEN, sources: ["bridge"] },
  "host-dilation": fallback("with a dilation,"),
  "host-average": fallback("with divisor_override, or with ceil_mode and count_include_pad,"),
  "host-int64": fallback("of int64,"),
  "host-multiply": fallback("with reduce='multiply',"),
  "host-generator": fallback("with a generator,"),
  "host-sampling": fallback("with a generator, or for several samples without replacement,"),
  "host-mask": fallback("a boolean mask becomes nonzero, which"),
  "host-condition": fallback("with the condition alone it is nonzero, which"),
  "host-decimals": unlisted("with decimals,"),
  "host-repeats": unlisted("with a tensor of repeats,"),
  "host-renorm": unlisted("with max_norm, its renormalisation, which has no lowering of its name,"),
  "host-volumes": unlisted("of volumes,"),
  "host-modes": unlisted("with mode nearest-exact or bicubic,"),
} as const satisfies Readonly<Record<string, Risk>>;

/** What else comes out differently. */
const RESULTS = {
  scales: { text: "a given scale_factor is replaced by the ratio of the sizes", sources: ["front-end"] },
  "scales-nearest": {
    text: "a scale given beside the output's size is replaced by the ratio of the sizes",
    sources: ["front-end"],
  },
  "scales-linear": {
    text: "with mode bilinear, a given scale_factor is replaced by the ratio of the sizes",
    sources: ["front-end"],
  },
  antialias: {
    text: "with mode nearest or bilinear, antialias and recompute_scale_factor are ignored",
    sources: ["passes"],
  },
  divisor: { text: "with a window of the whole image, divisor_override is ignored", sources: ["front-end"] },
  seed: {
    text: "seeds do not reproduce: the compiler passes seed 0, which means none, and drops the generator's state",
    sources: ["patterns"],
  },
  "seed-dropout": {
    text: "with dropout_p, seeds do not reproduce: the compiler passes seed 0, which means none",
    sources: ["patterns"],
  },
  nan: {
    text: "NaN may be lost in fp32: tt-mlir expects tests of roots and logarithms that give NaN to fail",
    sources: ["failing-stablehlo"],
  },
  domain: {
    text: "NaN and infinity are handled differently: tt-xla expects its eager test, with inputs outside the domain, to fail over them",
    sources: ["failing-eager"],
  },
  "nan-pow": { text: "NaN may be lost in fp32: tt-mlir expects its test to fail for it", sources: ["failing-pow"] },
  powers: {
    text: "NaN may be lost in fp32: it takes powers, whose test tt-mlir expects to fail for it",
    sources: ["failing-pow"],
  },
  "norm-powers": {
    text: "for most p, NaN may be lost in fp32: it takes powers, whose test tt-mlir expects to fail for it",
    sources: ["failing-pow"],
  },
  correlation: { text: "may give NaN: tt-xla expects its test to fail so", sources: ["failing-binary"] },
  rounding: {
    text: "with rounding_mode='floor', may give NaN: tt-xla expects its test of floor_divide to fail so",
    sources: ["failing-binary"],
  },
  polygamma: { text: "TT-NN gives zero for order 7 and more over a band of inputs", sources: ["polygamma-issue"] },
} as const satisfies Readonly<Record<string, Risk>>;

export const RISKS: Readonly<Record<string, Risk>> = { ...PRECISION, ...PLACES, ...RESULTS };
