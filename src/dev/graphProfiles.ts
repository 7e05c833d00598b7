/** What `importGraphOperators` knows of the facts of each graph-level target: their shape, and what they say too much. */
import type { Rule, TableSource } from "../model/rule.ts";
import type { EvidenceLevel, Verdict } from "../model/vocabulary.ts";
import { GROQ } from "./groqReadings.ts";
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

export const PROFILES: Readonly<Record<string, Profile>> = {
  groq: GROQ,
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
