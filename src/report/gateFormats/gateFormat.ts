import type { GateReason, GateResult, GateTarget } from "../../model/gate.ts";
import type { Rule } from "../../model/rule.ts";
import { inDays, inRange, plural } from "../formats/words.ts";

/** What the result itself does not hold; a format works without any of it. */
export interface GateFormatOptions {
  readonly version?: string;
  readonly ruleset?: string;
  readonly ruleOf?: (id: string) => Rule | undefined;
  readonly color?: boolean;
}

/** Turns a gate's result into text. Pure. */
export type GateFormat = (result: GateResult, options: GateFormatOptions) => string;

/** A reason with the target that it is about; one place may break several targets' policies. */
export interface PlacedReason {
  readonly target: GateTarget;
  readonly reason: GateReason;
}

/** In the order of targets; every format lists exactly these. */
export function allReasons({ targets }: GateResult): PlacedReason[] {
  return targets.flatMap((target) => target.reasons.map((reason) => ({ target, reason })));
}

/** The id where that tells the targets apart, else with its variant. */
export function nameOf({ targets }: GateResult, target: GateTarget): string {
  const alone = targets.filter(({ id }) => id === target.id).length === 1;
  return alone ? target.id : `${target.id}@${target.version}:${target.variant}`;
}

export function statusOf({ mode, pass, reasons }: GateTarget): "pass" | "FAIL" | "watch" {
  if (!pass) return "FAIL";
  return mode === "watch" && reasons.length > 0 ? "watch" : "pass";
}

/** `+1.5 d (0.6–4 d)` */
export function addedText({ days }: GateTarget): string {
  return days.p50 === 0 && days.p90 === 0 ? "0 d" : `+${inDays(days.p50)} (${inRange(days)})`;
}

/** True when the change does something that a reviewer would want to see. */
export function changesSomething({ targets, notices }: GateResult): boolean {
  return notices.length > 0 || targets.some((target) => target.newUsages + target.goneUsages + target.accepted > 0);
}

/** `gate: FAIL for 2 reasons (hip)`: the line that an exit code of 1 never goes without. */
export function verdictLine(result: GateResult): string {
  const failing = result.targets.filter((target) => !target.pass);
  if (failing.length === 0) return "gate: pass";
  const reasons = failing.reduce((sum, target) => sum + target.reasons.length, 0);
  const names = failing.map((target) => nameOf(result, target)).join(", ");
  const only = result.reportOnly ? "; report only, so the exit code is 0" : "";
  return `gate: FAIL for ${plural(reasons, "reason")} (${names})${only}`;
}

/** Policies in words, each with the targets that it holds for. */
export function limitLines(result: GateResult): string[] {
  const byLimits = new Map<string, string[]>();
  for (const target of result.targets) {
    byLimits.set(target.limits, [...(byLimits.get(target.limits) ?? []), nameOf(result, target)]);
  }
  return [...byLimits].map(([limits, names]) => `${names.join(", ")}: ${limits}`);
}

const SHORT = 12;

/** Commits short, everything else as it is. */
export function revisionText(revision: string): string {
  return /^[0-9a-f]{40,64}$/.test(revision) ? revision.slice(0, SHORT) : revision;
}
