/** What moved between two reports, and why. */
import type { Days } from "./report.ts";
import type { Verdict } from "./vocabulary.ts";

export interface DiffSide {
  /** As the user named it. */
  readonly name: string;
  readonly revision: string | null;
  readonly ruleset: string;
}

/** A symbol whose usages got another verdict or rule. */
export interface Rejudged {
  readonly symbol: string;
  readonly from: { readonly verdict: Verdict; readonly rule: string | null };
  readonly to: { readonly verdict: Verdict; readonly rule: string | null };
  readonly usages: number;
}

export interface DiffTarget {
  readonly id: string;
  readonly version: string;
  readonly variant: string;
  /** Null: one report lacks a total, or the target. */
  readonly effort: { readonly a: Days | null; readonly b: Days | null; readonly p50: number | null };
  readonly byCode: {
    readonly newUsages: number;
    readonly goneUsages: number;
    /** Usages that stayed and whose facts or guard changed. */
    readonly changed: readonly Rejudged[];
    /** By verdict: how many more usages (negative: fewer). */
    readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  };
  /** Usages that stayed as they are. Empty when both reports rest on the same rules. */
  readonly byRules: { readonly changed: readonly Rejudged[]; readonly usages: number };
  readonly newBlockers: readonly string[];
  readonly goneBlockers: readonly string[];
}

export interface DiffResult {
  readonly a: DiffSide;
  readonly b: DiffSide;
  readonly sameRules: boolean;
  readonly targets: readonly DiffTarget[];
}
