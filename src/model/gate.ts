/** What a change adds, per target: the result of `portgauge gate` that every format prints. */
import type { Days } from "./report.ts";
import type { Verdict } from "./vocabulary.ts";

/** Limits of one target. A limit that is not set is 0 blockers, 0 silent risks and any number of days. */
export interface TargetPolicy {
  /** `watch` reports and never fails. */
  readonly mode: "fail" | "watch";
  /** P50 of the days that a change may add. */
  readonly maxDays?: number;
  readonly maxBlockers?: number;
  readonly maxSilent?: number;
  readonly failOnUnknown?: boolean;
}

/** Places where usages of a rule or symbol are accepted, from the config. */
export interface Allowance {
  readonly rule: string;
  readonly paths: readonly string[];
  readonly reason: string;
}

/** One place that broke a policy (or would, were the target not only watched). */
export interface GateReason {
  readonly path: string;
  readonly line: number;
  readonly symbol: string;
  /** Null when no rule speaks of the symbol. */
  readonly rule: string | null;
  readonly why: string;
  readonly wayOut: string;
}

/** About the gate's own working, never a reason to fail: suppressions that do nothing, what was not seen. */
export interface GateNotice {
  readonly code: string;
  readonly message: string;
  readonly path?: string;
  readonly line?: number;
}

export interface GateTarget {
  readonly id: string;
  readonly version: string;
  readonly variant: string;
  readonly mode: TargetPolicy["mode"];
  readonly newUsages: number;
  readonly goneUsages: number;
  /** Blocked causes that gained a place. */
  readonly newBlockers: number;
  readonly newSilentRisks: number;
  readonly days: Days;
  /** `maxDays` of the policy; null when days are not limited. */
  readonly budget: number | null;
  /** The policy in words. */
  readonly limits: string;
  readonly pass: boolean;
  readonly reasons: readonly GateReason[];
  /** New usages by verdict, accepted ones left out. */
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  /** New usages that a suppression or an allowance accepts. */
  readonly accepted: number;
}

export interface GateResult {
  /** Commit, `index`, `working tree`, or the baseline file's name. */
  readonly base: string;
  readonly head: string;
  readonly pass: boolean;
  readonly targets: readonly GateTarget[];
  readonly notices: readonly GateNotice[];
  readonly changedFiles: number;
  /** New usages in third-party folders: seen, never counted. */
  readonly vendoredUsages: number;
  /** True when a broken policy does not set the exit code. */
  readonly reportOnly: boolean;
}
