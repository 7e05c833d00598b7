import type { DiffResult, DiffSide, DiffTarget, Rejudged } from "../../model/diff.ts";
import { VERDICTS } from "../../model/vocabulary.ts";
import { visible } from "../formats/visible.ts";
import { counted, inDays, inRange, keyOf, plural } from "../formats/words.ts";

/** Rejudged symbols listed; the JSON has all. */
const MOST = 12;

function sideText({ name, revision, ruleset }: DiffSide): string {
  const at = revision === null || revision === name ? "" : ` @ ${visible(revision.slice(0, 12))}`;
  return `${visible(name)}${at} (rules ${ruleset.slice(0, 8)})`;
}

function daysText(days: DiffTarget["effort"]["a"]): string {
  return days ? `${inDays(days.p50)} (${inRange(days)})` : "no total";
}

function effortText({ effort: { a, b, p50 } }: DiffTarget): string {
  const change = p50 === null ? "" : `, ${p50 < 0 ? "−" : "+"}${inDays(Math.abs(p50))}`;
  return `${daysText(a)} → ${daysText(b)}${change}`;
}

function signed(value: number): string {
  return value < 0 ? `−${counted(-value)}` : `+${counted(value)}`;
}

function rejudgedLines(changed: readonly Rejudged[]): string[] {
  const lines = changed
    .slice(0, MOST)
    .map(({ symbol, from, to, usages }) => `      ${visible(symbol)}  ${from.verdict} → ${to.verdict}  ×${usages}`);
  return changed.length > MOST ? [...lines, `      and ${counted(changed.length - MOST)} more`] : lines;
}

function targetLines(target: DiffTarget): string[] {
  const { byCode, byRules, newBlockers, goneBlockers } = target;
  const mix = VERDICTS.filter((verdict) => byCode.verdicts[verdict])
    .map((verdict) => `${verdict} ${signed(byCode.verdicts[verdict] ?? 0)}`)
    .join(", ");
  return [
    `${keyOf(target)}  ${effortText(target)}`,
    `  by code   ${plural(byCode.newUsages, "new usage")}, ${byCode.goneUsages} gone${mix ? `: ${mix}` : ""}`,
    ...rejudgedLines(byCode.changed),
    `  by rules  ${plural(byRules.usages, "usage")} judged otherwise`,
    ...rejudgedLines(byRules.changed),
    ...(newBlockers.length > 0 ? [`  new blockers   ${newBlockers.map(visible).join(", ")}`] : []),
    ...(goneBlockers.length > 0 ? [`  gone blockers  ${goneBlockers.map(visible).join(", ")}`] : []),
    "",
  ];
}

export function table({ a, b, sameRules, targets }: DiffResult): string {
  const rules = sameRules ? "the same rules: all that moved is code" : "different rules";
  return `${[`${sideText(a)} → ${sideText(b)}: ${rules}`, "", ...targets.flatMap(targetLines)].join("\n")}`;
}
