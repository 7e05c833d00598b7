/**
 * Parity knowledge as data. Shipped rules are compiled from `rules/` at build time (`dev/compileRules.ts`);
 * a user's rules are read and validated at run time. Both end as these shapes.
 */
import type { Facts } from "./inventory.ts";
import type { EvidenceLevel, UsageKind, Verdict } from "./vocabulary.ts";

/** Where a statement comes from. */
export interface Evidence {
  readonly level: EvidenceLevel;
  /** `owner/repo@commit:path[:line]` or an address. */
  readonly source: string;
  /** The target's version that the source speaks of. */
  readonly version?: string;
  /** ISO date: the source's own where known, else when it was read. */
  readonly asOf: string;
  /** What the source shows, in our words: the test's name, the declaration, … */
  readonly shows?: string;
}

/** A way out of a blocker or rewrite. */
export interface WayOut {
  readonly title: string;
  /** What the change is, priced by the effort model; absent: it has no price, and alone voids the total. */
  readonly price?: PriceClass;
}

/**
 * The kind of change a rule asks for. Rules never hold hours: `rules/effort.yaml` prices these classes
 * (effort-model, section 3).
 */
export const PRICE_CLASSES = [
  "none", // nothing to do
  "rename", // a tool does it
  "check", // mechanical, with a check by hand
  "config", // a line of build, package or environment configuration
  "local", // a local edit
  "gap", // a library behaves otherwise
  "missing", // no equivalent: write it
  "kernel", // a kernel is written again: priced by its size and complexity
  "operator", // an operator is replaced by another or composed of others
  "model", // a model is brought up on a graph-level target
  "training-shell", // loop, optimizer, loader, checkpointing are replaced by the vendor's
  "api-swap", // client code against a hosted API
  "unknown",
] as const;
export type PriceClass = (typeof PRICE_CLASSES)[number];

/** Conditions on a usage's facts: a value (equal, or contained in a list fact), one of several, or a range. */
export type Where = Readonly<
  Record<
    string,
    | string
    | number
    | boolean
    | readonly (string | number | boolean)[]
    | { readonly min?: number; readonly max?: number }
  >
>;

export interface Rule {
  /** `<target>:<name>`, unique. */
  readonly id: string;
  readonly target: string;
  /** Exact symbols, prefixes with a trailing `*`, `family:<name>`, or `*`. */
  readonly match: readonly string[];
  /** Only usages of these kinds. */
  readonly kinds?: readonly UsageKind[];
  readonly where?: Where;
  /** Only for these variants or versions (`>=7.0`, `<7.0`) of the target. */
  readonly when?: { readonly version?: string; readonly variant?: readonly string[] };
  readonly verdict: Verdict;
  /** It compiles or runs and may be wrong or fall back unseen: what to look for. */
  readonly silentRisk?: string;
  readonly replacement?: string;
  /** Since and until when the name exists on both sides, as an imported table tells. */
  readonly versions?: string;
  readonly why?: string;
  readonly waysOut?: readonly WayOut[];
  readonly price?: PriceClass;
  /** Root cause: usages of all rules with one cause form one work item. Default: the rule's own name. */
  readonly cause?: string;
  /** Title of the work item; default: from cause and verdict. */
  readonly title?: string;
  /** Row of `byCategory`. */
  readonly category?: string;
  readonly doneWhen?: string;
  /** How to find out, when this drives the range. */
  readonly settle?: string;
  /** Holds for code under a guard of its own target too (a version broke ported code). */
  readonly guarded?: boolean;
  /**
   * Speaks of a part of the usage, beside the rule that decides: adds its words to the answer, and decides only where
   * that rule's verdict asks for less. Who writes a kernel again edits its literals on the way.
   */
  readonly beside?: boolean;
  /** The file that it stands in: below the package for a shipped rule, as named by the user for their own. */
  readonly file?: string;
  /** From a user's own rules: wins over a shipped rule of the same specificity. */
  readonly overlay?: true;
  readonly evidence: readonly Evidence[];
  /** Code in which a usage must select exactly this rule / must not. */
  readonly hit?: readonly Example[];
  readonly miss?: readonly Example[];
}

/** Example code; `lang` defaults to cuda. */
export type Example = string | { readonly lang: string; readonly code: string; readonly facts?: Facts };

/** A row of an imported table: an exact symbol with its answer on one target. */
export interface SymbolRow {
  readonly symbol: string;
  readonly verdict: Verdict;
  readonly replacement: string;
  readonly price: PriceClass | "";
  /** Key into the table's notes; empty: none. */
  readonly note: string;
  readonly level: EvidenceLevel;
  /** Key into the table's sources, or several with commas: the first speaks, the others for the rest of the note. */
  readonly source: string;
  /** `added<version` etc. on the CUDA side, then the target's side, as printed by explain. */
  readonly versions: string;
}

/** How the work on a target is counted (architecture, section 7). */
export type PortUnit = "source" | "kernel" | "graph" | "api";

export interface TargetManifest {
  readonly id: string;
  readonly name: string;
  /** Vendor's name in table heads: `AMD`, `Tenstorrent`. */
  readonly vendor: string;
  readonly version: string;
  /** Releases that the rules know; absent: any may be asked for. */
  readonly versions?: readonly [oldest: string, newest: string];
  readonly variant: string;
  readonly variants: readonly {
    readonly id: string;
    readonly title: string;
    /** Over the target's own, where a variant is another product. */
    readonly unit?: PortUnit;
    readonly trains?: boolean;
  }[];
  readonly unit: PortUnit;
  /** Macros and Python conditions that guard code of this target. */
  readonly guards: readonly string[];
  readonly trains: boolean;
  readonly availability: readonly { readonly what: string; readonly evidence: readonly Evidence[] }[];
  readonly toolchain: readonly ToolchainRow[];
  /** Architectures known to run there, or known not to. */
  readonly models?: readonly KnownModel[];
}

/** What is known of one architecture on a target. */
export interface KnownModel {
  /** Canonical name as in `rules/catalog/models.tsv` (`llama`). */
  readonly model: string;
  /** In a few words: `runs in the vendor's serving stack`, `compiles, accuracy not checked`. */
  readonly status: string;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  readonly variants?: readonly string[];
}

/** What the code base uses of the toolchain today (by symbols), and what answers it. */
export interface ToolchainRow {
  readonly concern: string;
  /** Symbols (exact or prefix*) whose usages show that the concern is real here. */
  readonly match: readonly string[];
  readonly answer: string;
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  readonly variants?: readonly string[];
}

/** A target's rules, ready to be asked. */
export interface RuleSet {
  readonly manifest: TargetManifest;
  /** Hand-written rules, shipped and the user's. */
  readonly rules: readonly Rule[];
  /** The imported row of a symbol as a rule of its own, if there is one. Hand-written rules win over it. */
  readonly symbolRule: (symbol: string) => Rule | undefined;
}

/** Compiled form of one target, as in `dist/rules/<target>.json`. */
export interface RuleSetData {
  readonly manifest: TargetManifest;
  readonly rules: readonly Rule[];
  readonly tables: readonly SymbolTable[];
}

/** An imported table: tab-separated rows in the order of `SymbolRow`'s fields, with interned sources and notes. */
export interface SymbolTable {
  readonly family: string;
  /** The rows hold only there: a hosted API beside a compiler, a kernel language beside PyTorch. */
  readonly when?: Rule["when"];
  readonly sources: Readonly<Record<string, TableSource>>;
  readonly notes: Readonly<Record<string, SymbolNote>>;
  readonly rows: string;
}

/** A source of rows, at the level that each row gives it or at one of its own. */
export type TableSource = Omit<Evidence, "level"> & Partial<Pick<Evidence, "level">>;

/** Words of the work item that the rules of one cause make. */
export type CauseWords = Pick<Rule, "title" | "doneWhen" | "settle">;

/** What several rows of a table share beside the verdict. */
export interface SymbolNote extends CauseWords {
  readonly why?: string;
  readonly silentRisk?: string;
  readonly cause?: string;
}
