import type { TargetPolicy } from "../model/gate.ts";

function atMost(limit: number, noun: string): string[] {
  if (limit >= Number.MAX_SAFE_INTEGER) return [];
  return [limit === 0 ? `no new ${noun}` : `at most ${limit} new ${noun}`];
}

/** A policy in words: what a pass means. */
export function limitsText(policy: TargetPolicy): string {
  const { mode, maxDays, maxBlockers, maxSilent, failOnUnknown } = policy;
  const limits = [
    ...atMost(maxBlockers ?? 0, "blockers"),
    ...atMost(maxSilent ?? 0, "silent risks"),
    ...(failOnUnknown ? ["nothing unknown"] : []),
    ...(maxDays === undefined || maxDays >= Number.MAX_SAFE_INTEGER ? [] : [`at most ${maxDays} d`]),
  ];
  const isDefault = [maxDays, maxBlockers, maxSilent, failOnUnknown].every((limit) => limit === undefined);
  const text = limits.length > 0 ? limits.join(", ") : "nothing fails";
  return `${text}${isDefault ? " (default policy)" : ""}${mode === "watch" ? " (watched only)" : ""}`;
}
