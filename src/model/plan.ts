/** What `plan` makes of findings: pieces of work, before any day is counted. */
import type { Finding } from "./finding.ts";
import type { Kernel } from "./inventory.ts";
import type { PortUnit, TargetManifest, WayOut } from "./rule.ts";
import type { ResolvedTarget } from "./target.ts";
import type { EvidenceLevel, Goal, Strategy, Team, Verdict, Workload } from "./vocabulary.ts";

/** How test code counts: on a row of its own, as any other code, or not at all. */
export type TestsMode = "separate" | "include" | "exclude";

export interface EstimateOptions {
  readonly target: ResolvedTarget;
  readonly manifest: TargetManifest;
  readonly workload: Workload;
  readonly goal: Goal;
  readonly team: Team;
  /** Overrides what the repository suggests. */
  readonly strategy?: Strategy;
  /** Default: `separate`. */
  readonly tests?: TestsMode;
}

/**
 * What kind of sum prices an item. `usages`: by price class of its findings; `kernel`: kernels written again;
 * `free`: stands for its usages and costs nothing; the rest are the project's own items.
 */
export type PlannedKind = "usages" | "kernel" | "free" | "mechanical" | "repair" | "build" | "validation" | "tuning";

/** Code lines of a kernel that must be written again, or of device code that belongs to no kernel. */
export interface KernelWork {
  readonly name: string;
  readonly path: string;
  readonly sloc: number;
  readonly complexity: Kernel["complexity"];
  /** An instance of a template that an earlier kernel stands for: same size and name but for numbers. */
  readonly instance?: true;
}

/** A file's place in an item: what it brings to the sum. */
export interface FilePart {
  readonly path: string;
  readonly component: string;
  /** Distinct symbols of the item in this file. */
  readonly apis: number;
  readonly occurrences: number;
  /** Code lines, for items that are priced by size. */
  readonly sloc: number;
}

export interface PlannedItem {
  /** At most 12 characters; from target and cause (and file for kernels): survives unrelated edits. */
  readonly id: string;
  readonly kind: PlannedKind;
  readonly cause: string;
  readonly category: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly rules: readonly string[];
  readonly findings: readonly Finding[];
  readonly files: readonly FilePart[];
  readonly kernels: readonly KernelWork[];
  readonly after: readonly string[];
  readonly doneWhen: string;
  /** How to find out, when the item drives the range. */
  readonly settle: string;
  readonly evidence: EvidenceLevel;
  readonly silentRisk: boolean;
  /** Ways out of a blocker, deduplicated by title. */
  readonly waysOut: readonly WayOut[];
}

/** A port to the target that the repository already has, as far as its signs reach. */
export interface RunningPort {
  /** What shows it, in words with places. */
  readonly signs: readonly string[];
  /** True for files that it builds or runs. */
  readonly covers: (path: string) => boolean;
}

export interface WorkPlan {
  readonly unit: PortUnit;
  readonly strategy: Strategy;
  /** Resolved: `training` or `inference`. */
  readonly workload: Exclude<Workload, "auto">;
  /** Code lines, in thousands, of first-party files to bring up in which something is left to do. */
  readonly openKsloc: number;
  /** The same of files to bring up in which nothing is left to do: they must still be built and run once. */
  readonly readyKsloc: number;
  readonly buildFiles: number;
  /** Build files of code that already runs on the target. */
  readonly readyBuildFiles: number;
  /** What of the code already runs there: its causes are looked at, not ported. */
  readonly running?: RunningPort;
  readonly hasTests: boolean;
  readonly items: readonly PlannedItem[];
}
