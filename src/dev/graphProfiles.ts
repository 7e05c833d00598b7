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
  /** Facts that a rule written by hand carries, for the releases that they speak of. */
  readonly carried?: (fact: OperatorFact) => boolean;
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
  rebellions: REBELLIONS,
};
