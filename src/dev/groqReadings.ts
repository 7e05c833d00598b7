/** What the code of the models on GroqFlow's list shows of an operator, and what export leaves of the others. */
import type { Correction, Profile } from "./graphProfiles.ts";

/** Lines of `proof_points/README.md` that list a model. */
const LISTED = {
  GoogLeNet: 43,
  MobileNetV2: 44,
  ResNet50: 45,
  SqueezeNet: 46,
  "Yolo v6": 47,
  "Bert Base": 54,
  DistilBERT: 56,
  RoBERTa: 59,
  M5: 65,
} as const;

/** What a listed model's code shows of an operator: `how` says where, or what of the operator is not shown. */
function shownBy(model: keyof typeof LISTED, how: string): Correction {
  return {
    status: "supported",
    path: "proof_points/README.md",
    line: LISTED[model],
    notes: `Inferred from ${model}, which the vendor lists as working: ${how}. The compiler's own list of operators is not public.`,
  };
}

/** What export leaves in the graph of an operator that no listed model shows. */
const notShown = (leaves: string): Correction => ({
  status: "unknown",
  path: "groqflow/justgroqit/export.py",
  line: 58,
  notes: `Export at opset 16 leaves ${leaves}, which no model on the vendor's list contains; an operator that the closed analyser rejects fails the build.`,
});

export const GROQ: Profile = {
  when: { variant: ["on-prem"] },
  // Exported at opset 16, later operators arrive decomposed: the decomposed rows speak for them.
  // Integer products belong to quantization.
  skip: /^(?:<|groqcloud:|sklearn|xgboost|tf\.|torch\.|ONNX file|\w+Integer|Range)|LayerNormalization \(fused|opset 23/,
  renamed: {
    "Conv (1-D)": "aten::conv1d",
    "MaxPool (1-D)": "aten::max_pool1d",
    GroupNormalization: "aten::group_norm",
    Mish: "aten::mish",
  },
  corrected: {
    Conv: shownBy("ResNet50", "its convolutions"),
    Relu: shownBy("ResNet50", "its activations"),
    MaxPool: shownBy("ResNet50", "its first pooling"),
    Flatten: shownBy("ResNet50", "before its classifier"),
    Gemm: shownBy("ResNet50", "its classifier"),
    Add: shownBy("ResNet50", "its residual connections"),
    BatchNormalization: shownBy(
      "ResNet50",
      "export folds it into the convolution before it; one that stands alone is not shown",
    ),
    Clip: shownBy("MobileNetV2", "relu6 between constant bounds"),
    Concat: shownBy("SqueezeNet", "its fire modules"),
    Gather: shownBy("Bert Base", "its embeddings, and the first token by a constant index"),
    MatMul: shownBy("Bert Base", "its attention"),
    Softmax: shownBy("Bert Base", "its attention"),
    Erf: shownBy("Bert Base", "its gelu"),
    Tanh: shownBy("Bert Base", "its pooler"),
    "LayerNormalization (decomposed: ReduceMean, Sub, Pow, Sqrt, Div)": shownBy(
      "Bert Base",
      "its norms, exported as ReduceMean, Sub, Pow, Add, Sqrt, Div and Mul",
    ),
    ReduceMean: shownBy("M5", "a mean over one dimension"),
    Sub: shownBy("Bert Base", "its mask, and its norms"),
    Pow: shownBy("Bert Base", "the square in its norms; other powers are not shown"),
    Sqrt: shownBy("Bert Base", "the root in its norms"),
    Div: shownBy("Bert Base", "the scale of its attention; a rounding mode adds an operator that is not shown"),
    Mul: shownBy("Bert Base", "its mask, gelu and norms"),
    Transpose: shownBy("M5", "a permute before its classifier"),
    Reshape: shownBy("Yolo v6", "its outputs"),
    Unsqueeze: shownBy("Bert Base", "its mask"),
    Expand: shownBy("DistilBERT", "its mask, by expand_as"),
    Split: shownBy("Yolo v6", "its boxes are decoded by torch.split"),
    Sigmoid: shownBy("Yolo v6", "its scores"),
    ConvTranspose: shownBy("Yolo v6", "upsampling in its neck"),
    "Conv (1-D)": shownBy("M5", "its convolutions"),
    "MaxPool (1-D)": shownBy("M5", "its pooling"),
    LogSoftmax: shownBy("M5", "its output"),
    Where: shownBy("DistilBERT", "its scores are masked by masked_fill"),
    Cast: shownBy("Bert Base", "its mask, from bool to float"),
    CumSum: shownBy("RoBERTa", "its positions are a cumsum of integers; floats are not shown"),
    AveragePool: notShown("AveragePool"),
    "QuantizeLinear/DequantizeLinear (static int8 PTQ)": {
      notes:
        "The flow quantizes to int8 itself, on samples: convolutions, products and relu of PyTorch models. Quantized operators of a model's own are not shown.",
      path: "docs/user_guide.md",
      line: 344,
    },
    LSTM: {
      notes: "A flag of the compiler cuts LSTMs of long sequences into several programs: the length is fixed.",
    },
    TopK: notShown("TopK"),
    Resize: notShown("Resize"),
    ScatterND: notShown("ScatterND"),
    ScatterElements: notShown("ScatterElements"),
    GatherElements: notShown("GatherElements"),
    GatherND: {
      ...notShown("GatherND"),
      notes:
        "An index by one constant tensor is exported as Gather, which listed models contain; a mask, a slice or an index that is computed is not shown.",
    },
    Einsum: notShown("Einsum"),
    GridSample: notShown("GridSample"),
    RoiAlign: notShown("RoiAlign"),
    GroupNormalization: notShown("InstanceNormalization"),
    InstanceNormalization: notShown("InstanceNormalization"),
    Mish: notShown("Softplus"),
    Trilu: notShown("Trilu"),
    Det: notShown("Det"),
    GRU: notShown("GRU"),
    RNN: notShown("RNN"),
    Pad: notShown("Pad"),
    Tile: notShown("Tile"),
    ArgMax: notShown("ArgMax"),
  },
  verdicts: { supported: "native", partial: "adapt", unknown: "unknown", unsupported: "rewrite" },
  causes: { adapt: "operators-partial", unknown: "operators-unproven", rewrite: "operators-missing" },
};
