import type { Usage } from "./inventory.ts";
import type { Rule } from "./rule.ts";
import type { EvidenceLevel, Verdict } from "./vocabulary.ts";

/** A usage with its verdict on one target. */
export interface Finding {
  readonly usage: Usage;
  readonly verdict: Verdict;
  /** The rule that decided; null when no rule says, or a guard does. */
  readonly rule: Rule | null;
  /** The strongest evidence of the rule; null when there is no rule. */
  readonly evidence: EvidenceLevel | null;
  /** Rules that speak of a part of the usage beside the one that decided. */
  readonly beside?: readonly Rule[];
  readonly silentRisk: boolean;
  /** Why there is no rule, or which guard made it native. */
  readonly reason?: string;
}
