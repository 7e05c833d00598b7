/** What `importGraphOperators` knows of the facts of each graph-level target: their shape, and what they say too much. */
import type { Rule, TableSource } from "../model/rule.ts";
import type { EvidenceLevel, Verdict } from "../model/vocabulary.ts";
import { REBELLIONS } from "./rebellionsReadings.ts";

export const STATUSES = ["supported", "partial", "unknown", "unsupported"] as const;
export type Status = (typeof STATUSES)[number];

export interface FactSource {
  readonly type: "repo" | "web" | "binary-string" | "repo-index" | "negative-search";
  readonly repo?: string;
  readonly commit?: string;
  readonly date?: string;
  readonly path?: string;
  /** Of a negative search: what was looked through. */
  readonly paths?: readonly string[];
  readonly line?: number;
  readonly url?: string;
}

export interface OperatorFact {
  readonly op: string;
  readonly level: "aten" | "torch" | "nn" | "onnx";
  readonly status: Status;
  readonly surface?: string;
  readonly notes: string;
  readonly evidenceLevel: EvidenceLevel;
  readonly source: FactSource;
}

/** A fact as it should have been written down; `path` and `line` are the source's. */
export type Correction = Partial<Pick<OperatorFact, "status" | "notes" | "evidenceLevel">> &
  Pick<FactSource, "url" | "repo" | "commit" | "date" | "path" | "line">;

/** What differs from target to target. */
export interface Profile {
  /** Variants in which operators are lowered at all. */
  readonly when?: Rule["when"];
  /** Names that are no operators of a model, or that another fact of the same name answers better. */
  readonly skip: RegExp;
  /** Sources that are no use of the operator: an example in a comment. */
  readonly examples?: RegExp;
  /** Remarks that show no more than that the name occurs. */
  readonly weak?: RegExp;
  /** Remarks of operators that exist under the vendor's own import only. */
  readonly moved?: RegExp;
  /** Remarks that say more than their source. */
  readonly reworded?: readonly (readonly [from: string, to: string])[];
  /** Facts whose name says another operator than its first word. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** What the code of a model shows where a fact takes its export for granted: by the fact's name. */
  readonly corrected?: Readonly<Record<string, Correction>>;
  readonly verdicts: Readonly<Record<Status, Verdict>>;
  /** The piece of work of everything that is not native. */
  readonly causes: Readonly<Partial<Record<Verdict, string>>>;
  /** Remark that decides alone, whatever another surface says. */
  readonly decisive?: RegExp;
  /** What a row cites beside its first source: the sources of its other facts, and these. */
  readonly beside?: (facts: readonly OperatorFact[]) => readonly TableSource[];
  readonly silentRisk?: (facts: readonly OperatorFact[]) => string | undefined;
}

const shownBy = (model: string) =>
  `Inferred from the ${model} proof point, whose standard ONNX export uses this op; the compiler operator list itself is not public.`;

/** Lines of `proof_points/README.md` that list a model. */
const YOLO = 47;
const DISTILBERT = 56;
const ROBERTA = 59;

export const PROFILES: Readonly<Record<string, Profile>> = {
  groq: {
    when: { variant: ["on-prem"] },
    // Exported at opset 16, later operators arrive decomposed: the decomposed rows speak for them.
    // Integer products belong to quantization; a constant range is folded before export.
    // No code of a proof point cuts or squeezes a tensor that export does not fold: a rule speaks for both.
    skip: /^(?:<|groqcloud:|sklearn|xgboost|tf\.|torch\.|ONNX file|\w+Integer|Range|Slice$|Squeeze$)|opset 1[78]\)|opset 23/,
    renamed: { "Conv (1-D)": "aten::conv1d", "MaxPool (1-D)": "aten::max_pool1d" },
    corrected: {
      Constant: {
        notes: "Export folds a fill of fixed shape into a constant before the compiler sees it.",
        repo: "groq/mlagility",
        commit: "09f1594ee572",
        date: "2025-07-31",
        path: "src/onnxflow/justbuildit/export.py",
        line: 235,
      },
      Split: { notes: shownBy("Yolo v6 (boxes are decoded by torch.split)"), line: YOLO },
      Where: { notes: shownBy("DistilBERT (scores are masked by masked_fill)"), line: DISTILBERT },
      CumSum: {
        status: "supported",
        path: "proof_points/README.md",
        notes: `${shownBy("RoBERTa (positions are a cumsum of integers)")} Floats are not shown.`,
        line: ROBERTA,
      },
      BatchNormalization: {
        notes:
          "Export folds it into the convolution before it, as in the ResNet50 proof point; one that stands alone is not shown.",
      },
      AveragePool: {
        status: "unknown",
        notes:
          "Average pooling of the proof points covers the whole map (GlobalAveragePool); a smaller window is not shown. The check runs inside the closed onnxmodelanalyzer tool, which aborts the build on any unsupported op.",
      },
    },
    verdicts: { supported: "native", partial: "adapt", unknown: "unknown", unsupported: "rewrite" },
    causes: { adapt: "operators-partial", unknown: "operators-unproven", rewrite: "operators-missing" },
  },
  cerebras: {
    when: { variant: ["pytorch"] },
    // The vendor has layers of its own under the names of PyTorch's, which only its examples name.
    skip: /^(?:cirh::|cerebras\.|torch\.optim|bitsandbytes|nn\.Transformer|torch\.nn\.Transformer)/,
    examples: /\/RepeatedLayer\.py$/,
    weak: /First use sits in code that may/,
    moved: /import must change/,
    corrected: {
      "torch.index_select": {
        status: "supported",
        notes:
          "Used 1 time in 1 vendor reference model; vendor support promise covers only the way the model zoo uses it.",
      },
      "torch.sqrt": {
        status: "supported",
        notes:
          "Used 3 times in 2 vendor reference models; vendor support promise covers only the way the model zoo uses it.",
        path: "src/cerebras/modelzoo/models/vision/generic_image_encoders/losses/KoLeoLoss.py",
        line: 49,
      },
    },
    silentRisk: (facts) =>
      facts.some(({ op }) => op === "torch.nn.GaussianNLLLoss")
        ? "a negative variance is clamped to eps where PyTorch raises"
        : undefined,
    reworded: [
      [
        "Replacement class under cerebras.pytorch.nn; import must change.",
        "A class of this name stands under cerebras.pytorch.nn; that PyTorch's own compiles is not shown.",
      ],
    ],
    verdicts: { supported: "native", partial: "adapt", unknown: "unknown", unsupported: "rewrite" },
    causes: { adapt: "operators-partial", unknown: "operators-unproven", rewrite: "operators-missing" },
  },
  rebellions: REBELLIONS,
};
