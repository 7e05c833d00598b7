/** A finding in the words of a failure: where, why, and what to do about it. */
import type { Finding } from "../model/finding.ts";
import type { GateReason } from "../model/gate.ts";

/** What a broken limit says of a finding. */
export interface Complaint {
  readonly finding: Finding;
  readonly why: string;
}

export function whyBlocked({ rule }: Finding): string {
  return `no path on this target${rule?.why ? `: ${rule.why.replace(/\.$/, "")}` : ""}`;
}

export function whySilent({ rule }: Finding): string {
  return `silent risk: ${rule?.silentRisk ?? "compiles or runs and may be wrong"}`;
}

export function whyUnknown({ reason }: Finding): string {
  return `unknown: ${reason ?? "no rule speaks of this symbol"}`;
}

export function whyCostly({ rule, verdict }: Finding, days: string): string {
  return `${verdict}${rule?.why ? `: ${rule.why.replace(/\.$/, "")}` : ""}; its cause adds ${days}`;
}

function accepting({ rule, usage }: Finding): string {
  return `accept it with portgauge-ignore[${rule?.id ?? usage.symbol}] reason: …`;
}

/** The rule's own ways out, else its replacement, else what the verdict leaves. */
function wayOutOf(finding: Finding): string {
  const { rule, verdict } = finding;
  if (rule?.waysOut && rule.waysOut.length > 0) return rule.waysOut.map((way) => way.title).join("; or ");
  if (rule?.replacement) return `use ${rule.replacement}`;
  if (verdict === "unknown") return `write a rule for it, or ${accepting(finding)}`;
  if (verdict === "blocked") return `guard it off for this target, or ${accepting(finding)}`;
  return rule?.doneWhen
    ? `port it with this change: ${rule.doneWhen}`
    : `port it with this change, or ${accepting(finding)}`;
}

/** One reason per place, symbol and rule; what several limits say of it is joined. */
export function reasonsOf(complaints: readonly Complaint[]): GateReason[] {
  const reasons = new Map<string, GateReason>();
  for (const { finding, why } of complaints) {
    const { path, line, symbol } = finding.usage;
    const rule = finding.rule?.id ?? null;
    const key = `${path}\0${line}\0${symbol}\0${rule}`;
    const known = reasons.get(key);
    if (known?.why.includes(why)) continue;
    reasons.set(key, {
      path,
      line,
      symbol,
      rule,
      why: known ? `${known.why}; ${why}` : why,
      wayOut: wayOutOf(finding),
    });
  }
  return [...reasons.values()];
}
