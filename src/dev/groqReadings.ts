/** What the code of the models on GroqFlow's list shows of an operator, and what export leaves of the others. */
import type { TableSource } from "../model/rule.ts";
import type { Correction, OperatorFact, Profile } from "./graphProfiles.ts";

/** Lines of `proof_points/README.md` that list a model. */
const LISTED = {
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

const GROQFLOW = { repo: "groq/groqflow@d7fef7e787af", asOf: "2025-03-07" };
const YOLO = { repo: "meituan/YOLOv6@f2114f37ff12", asOf: "2023-04-28" };
/** Single files were had, at commits without a date: the day of reading. */
const BERT = { repo: "huggingface/transformers@004ad5f50b62", asOf: "2026-11-25" };
const ROBERTA = { repo: "huggingface/transformers@000824f17f92", asOf: "2026-11-25" };
const DISTILBERT = { repo: "huggingface/transformers@00b326f4caca", asOf: "2026-11-25" };

const M5_CODE = "demo_helpers/demo_helpers/models.py";
const BERT_CODE = "src/transformers/models/bert/modeling_bert.py";
const ROBERTA_CODE = "src/transformers/models/roberta/modeling_roberta.py";
const DISTILBERT_CODE = "src/transformers/models/distilbert/modeling_distilbert.py";

/** Where the code of a listed model has the operator. */
const CODE: Readonly<Record<string, readonly [from: typeof YOLO, place: string]>> = {
  "Conv (1-D)": [GROQFLOW, `${M5_CODE}:20`],
  "MaxPool (1-D)": [GROQFLOW, `${M5_CODE}:22`],
  ReduceMean: [GROQFLOW, `${M5_CODE}:48`],
  Transpose: [GROQFLOW, `${M5_CODE}:49`],
  LogSoftmax: [GROQFLOW, `${M5_CODE}:51`],
  Sigmoid: [YOLO, "yolov6/models/effidehead.py:113"],
  Reshape: [YOLO, "yolov6/models/effidehead.py:114"],
  Split: [YOLO, "yolov6/utils/general.py:32"],
  ConvTranspose: [YOLO, "yolov6/layers/common.py:185"],
  MatMul: [BERT, BERT_CODE],
  Softmax: [BERT, BERT_CODE],
  Div: [BERT, BERT_CODE],
  Gather: [BERT, BERT_CODE],
  Tanh: [BERT, BERT_CODE],
  Pow: [BERT, BERT_CODE],
  Sqrt: [BERT, BERT_CODE],
  "LayerNormalization (decomposed: ReduceMean, Sub, Pow, Sqrt, Div)": [BERT, BERT_CODE],
  CumSum: [ROBERTA, ROBERTA_CODE],
  Expand: [DISTILBERT, DISTILBERT_CODE],
  Where: [DISTILBERT, DISTILBERT_CODE],
};

function codeOf([fact]: readonly OperatorFact[]): readonly TableSource[] {
  const code = CODE[fact?.op ?? ""];
  return code ? [{ source: `${code[0].repo}:${code[1]}`, asOf: code[0].asOf, shows: "the model's code" }] : [];
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
  beside: codeOf,
  // Exported at opset 16, later operators arrive decomposed: the decomposed rows speak for them.
  // Integer products belong to quantization; average pooling is a rule written by hand.
  skip: /^(?:AveragePool$|<|groqcloud:|sklearn|xgboost|tf\.|torch\.|ONNX file|\w+Integer|Range)|LayerNormalization \(fused|opset 23/,
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
    Where: shownBy(
      "DistilBERT",
      "its scores are masked by masked_fill; a condition alone is exported as NonZero, whose size depends on the data",
    ),
    Cast: shownBy("Bert Base", "its mask, from bool to float"),
    CumSum: shownBy("RoBERTa", "its positions are a cumsum of integers; floats are not shown"),
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
    ScatterND: {
      ...notShown("ScatterND"),
      notes:
        "One mask with a scalar is exported as Where, which the listed DistilBERT contains; else export at opset 16 leaves ScatterND, which no model on the vendor's list contains.",
    },
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
    Pad: notShown("Pad, or Slice where it is circular"),
    Tile: notShown("Tile"),
    ArgMax: notShown("ArgMax"),
  },
  verdicts: { supported: "native", partial: "adapt", unknown: "unknown", unsupported: "rewrite" },
  causes: { adapt: "operators-partial", unknown: "operators-unproven", rewrite: "operators-missing" },
};
