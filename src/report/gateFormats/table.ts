/** For a terminal: where, why, what to do; then one line per target; then the verdict. */
import type { GateNotice, GateResult, GateTarget } from "../../model/gate.ts";
import { VERDICTS } from "../../model/vocabulary.ts";
import { displayWidth, padded, visible } from "../formats/visible.ts";
import { counted, inDays, plural } from "../formats/words.ts";
import {
  addedText,
  allReasons,
  type GateFormat,
  limitLines,
  nameOf,
  type PlacedReason,
  revisionText,
  statusOf,
  verdictLine,
} from "./gateFormat.ts";

const RED = "\u001b[31m";
const GREEN = "\u001b[32m";
const RESET = "\u001b[0m";

function reasonLines(result: GateResult, { target, reason }: PlacedReason): string[] {
  const level = target.mode === "watch" ? "watch" : "error";
  const rule = reason.rule === null ? "no rule" : visible(reason.rule);
  return [
    `  ${reason.line}  ${level}  ${nameOf(result, target)}  ${visible(reason.symbol)}  [${rule}]`,
    `      why  ${visible(reason.why)}`,
    `      out  ${visible(reason.wayOut)}`,
  ];
}

/** Reasons under their file, files and lines in order. */
function placesOf(result: GateResult): string[] {
  const byPath = new Map<string, PlacedReason[]>();
  for (const placed of allReasons(result)) {
    const { path } = placed.reason;
    byPath.set(path, [...(byPath.get(path) ?? []), placed]);
  }
  return [...byPath]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, reasons]) => [
      visible(path),
      ...reasons.sort((a, b) => a.reason.line - b.reason.line).flatMap((placed) => reasonLines(result, placed)),
      "",
    ]);
}

function mixOf({ verdicts, accepted }: GateTarget): string {
  const parts = VERDICTS.filter((verdict) => verdicts[verdict]).map((verdict) => `${verdict} ${verdicts[verdict]}`);
  if (accepted > 0) parts.push(`accepted ${accepted}`);
  return parts.join(", ");
}

function rowOf(result: GateResult, target: GateTarget): string[] {
  return [
    nameOf(result, target),
    counted(target.newUsages),
    counted(target.goneUsages),
    counted(target.newBlockers),
    counted(target.newSilentRisks),
    addedText(target),
    target.budget === null ? "–" : inDays(target.budget),
    statusOf(target),
    mixOf(target),
  ];
}

const HEAD = ["target", "new", "gone", "blockers", "silent", "days added", "budget", "", "new usages by verdict"];
const RIGHT = new Set([1, 2, 3, 4]);

function grid(rows: readonly string[][]): string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0, RIGHT.has(column) ? "right" : "left"))
      .join("  ")
      .trimEnd(),
  );
}

export function noticeText({ path, line, message }: GateNotice): string {
  const place = path === undefined ? "" : `${visible(path)}${line === undefined ? "" : `:${line}`}: `;
  return `${place}${visible(message)}`;
}

export const table: GateFormat = (result, { color }) => {
  const { base, head, changedFiles, vendoredUsages, targets, notices, pass } = result;
  const verdict = verdictLine(result);
  const lines = [
    `base ${visible(revisionText(base))}, head ${visible(revisionText(head))}: ${plural(changedFiles, "changed file")} read`,
    "",
    ...placesOf(result),
    ...grid([HEAD, ...targets.map((target) => rowOf(result, target))]),
    "",
    ...limitLines(result).map((line) => `limits  ${line}`),
    ...(vendoredUsages > 0 ? [`${plural(vendoredUsages, "new usage")} in third-party folders, not counted`] : []),
    ...notices.map((notice) => `note: ${noticeText(notice)}`),
    color ? `${pass ? GREEN : RED}${verdict}${RESET}` : verdict,
  ];
  return `${lines.join("\n")}\n`;
};
