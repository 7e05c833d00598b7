/** One sticky comment of a pull request, and the job summary. Always under 60 kB. */
import type { GateResult, GateTarget } from "../../model/gate.ts";
import { VERDICTS } from "../../model/vocabulary.ts";
import { code, escaped, tableOf } from "../formats/markdownText.ts";
import { counted, inDays, plural } from "../formats/words.ts";
import {
  addedText,
  allReasons,
  changesSomething,
  type GateFormat,
  limitLines,
  nameOf,
  type PlacedReason,
  revisionText,
  statusOf,
  verdictLine,
} from "./gateFormat.ts";

/** By this a bot finds its earlier comment. */
export const MARKER = "<!-- portgauge:gate -->";
/** Comments on GitHub hold 65,536 characters. */
const MOST_BYTES = 60_000;

const MARK = { pass: "✅", FAIL: "❌", watch: "👀" } as const;

function headline(result: GateResult): string {
  const most = [...result.targets].sort((a, b) => b.days.p50 - a.days.p50)[0];
  const status = result.pass ? MARK.pass : MARK.FAIL;
  if (!most || most.days.p50 === 0) return `### portgauge: this change adds no days to the port ${status}`;
  return `### portgauge: this change adds ${addedText(most).slice(1)} to the ${escaped(nameOf(result, most))} port ${status}`;
}

function tableLines(result: GateResult): string[] {
  const rows = result.targets.map((target) => [
    `${code(nameOf(result, target))}${target.mode === "watch" ? " (watch)" : ""}`,
    counted(target.newUsages),
    counted(target.goneUsages),
    strongIf(target.newBlockers),
    strongIf(target.newSilentRisks),
    addedText(target),
    `${target.budget === null ? "–" : inDays(target.budget)} ${MARK[statusOf(target)]}`,
  ]);
  return tableOf(
    [
      ["target", "left"],
      ["new usages", "right"],
      ["gone", "right"],
      ["new blockers", "right"],
      ["silent risks", "right"],
      ["days added (P10–P90)", "right"],
      ["budget", "right"],
    ],
    rows,
  );
}

function strongIf(count: number): string {
  return count === 0 ? "0" : `**${counted(count)}**`;
}

function reasonLine(result: GateResult, { target, reason }: PlacedReason): string {
  const rule = reason.rule === null ? "" : ` ${code(reason.rule)}`;
  const where = code(`${reason.path}:${reason.line}`);
  return `- ${where} ${code(reason.symbol)} on ${escaped(nameOf(result, target))}: ${escaped(reason.why)}.${rule}<br>Way out: ${escaped(reason.wayOut)}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", `**${title}**`, "", ...lines];
}

function mixLine(result: GateResult, target: GateTarget): string {
  const parts = VERDICTS.filter((verdict) => target.verdicts[verdict]).map(
    (verdict) => `${target.verdicts[verdict]} ${verdict}`,
  );
  if (target.accepted > 0) parts.push(`${target.accepted} accepted`);
  return `- ${escaped(nameOf(result, target))}: ${parts.join(", ") || "none"}`;
}

function commentOf(result: GateResult, most: number): string {
  const reasons = allReasons(result);
  const shown = reasons.slice(0, most);
  const failing = shown.filter(({ target }) => !target.pass).map((placed) => reasonLine(result, placed));
  const watched = shown.filter(({ target }) => target.pass).map((placed) => reasonLine(result, placed));
  const left = reasons.length - shown.length;
  const notices = result.notices.slice(0, most).map(({ path, line, message }) => {
    const place = path === undefined ? "" : `${code(`${path}${line === undefined ? "" : `:${line}`}`)} `;
    return `- ${place}${escaped(message)}`;
  });
  const vendored = result.vendoredUsages;
  return [
    MARKER,
    headline(result),
    "",
    ...tableLines(result),
    ...section("Fails the gate", failing),
    ...section("Would fail, were it not only watched", watched),
    ...(left > 0 ? ["", `${plural(left, "further reason")} in the JSON report.`] : []),
    ...section("Notes", notices),
    ...section(
      "New usages by verdict",
      result.targets.map((target) => mixLine(result, target)),
    ),
    ...section(
      "Limits",
      limitLines(result).map((line) => `- ${escaped(line)}`),
    ),
    "",
    `${escaped(verdictLine(result))}. Base ${code(revisionText(result.base))}, head ${code(revisionText(result.head))}, ${plural(result.changedFiles, "changed file")} read${vendored > 0 ? `, ${plural(vendored, "new usage")} in third-party folders not counted` : ""}. Accept on purpose with \`portgauge-ignore[RULE] reason: …\` beside the code.`,
    "",
  ].join("\n");
}

export const markdown: GateFormat = (result) => {
  if (!changesSomething(result)) return `${MARKER}\n✅ portgauge: this change touches nothing that a port hangs on.\n`;
  for (const most of [Number.POSITIVE_INFINITY, 100, 40, 10]) {
    const text = commentOf(result, most);
    if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  }
  return commentOf(result, 0);
};
