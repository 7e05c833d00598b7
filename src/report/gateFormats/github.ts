/** Annotations at the lines of a pull request, then the table as plain log lines. The job summary is `markdown`. */
import type { GateResult } from "../../model/gate.ts";
import { type Annotation, command, MOST } from "../formats/github.ts";
import { visible } from "../formats/visible.ts";
import { plural } from "../formats/words.ts";
import { allReasons, type GateFormat, limitLines, nameOf, type PlacedReason, verdictLine } from "./gateFormat.ts";
import { noticeText } from "./table.ts";

function annotationOf(result: GateResult, { target, reason }: PlacedReason): Annotation {
  const rule = reason.rule === null ? "" : ` [${reason.rule}]`;
  return {
    level: target.mode === "watch" ? "notice" : "error",
    title: `${nameOf(result, target)}: ${reason.symbol}`,
    message: `${reason.why}${rule}\nWay out: ${reason.wayOut}`,
    place: { path: reason.path, line: reason.line },
  };
}

/** Runners still read the older form of commands, anywhere in a line. */
function withoutOldCommand(line: string): string {
  return line.replaceAll("##[", "# #[");
}

/** Never begins with what a runner takes for a command. */
function logLine(text: string): string {
  return withoutOldCommand(`portgauge: ${visible(text)}`);
}

function annotate(annotation: Annotation): string {
  return withoutOldCommand(command(annotation));
}

function rest(result: GateResult, { target, reason }: PlacedReason): string {
  return logLine(
    `${reason.path}:${reason.line}: ${nameOf(result, target)}: ${reason.symbol}: ${reason.why}. Way out: ${reason.wayOut}`,
  );
}

export const github: GateFormat = (result) => {
  const left: Record<Annotation["level"], number> = { ...MOST };
  const shown: string[] = [];
  const hidden: string[] = [];
  for (const placed of allReasons(result)) {
    const annotation = annotationOf(result, placed);
    left[annotation.level] -= 1;
    if (left[annotation.level] >= 0) shown.push(annotate(annotation));
    else hidden.push(rest(result, placed));
  }
  const notices = result.notices.map((notice) => {
    left.warning -= 1;
    if (left.warning < 0) return logLine(noticeText(notice));
    const { path, line = 1, message } = notice;
    return annotate({ level: "warning", title: "portgauge", message, ...(path ? { place: { path, line } } : {}) });
  });
  const cut =
    hidden.length > 0 ? [logLine(`${plural(hidden.length, "further reason")}, not shown as annotations:`)] : [];
  return `${[...shown, ...notices, ...cut, ...hidden, ...limitLines(result).map((line) => logLine(`limits  ${line}`)), logLine(verdictLine(result))].join("\n")}\n`;
};
