/** For a wiki or a comment: the effort table, blockers, what drives the range. Always under 60 kB. */
import type { Report } from "../../../model/report.ts";
import { rowGrouping } from "../divisions.ts";
import type { Format, FormatOptions } from "../format.ts";
import { coverageLine, incompleteLines, nothingFound, notInNumbers, rangeLines } from "../limits.ts";
import { code, escaped } from "../markdownText.ts";
import { shortNames, shortRevision } from "../words.ts";
import {
  availabilityList,
  blockerList,
  type Context,
  driverTable,
  effortTable,
  headline,
  silentList,
} from "./chapters.ts";

/** Comments on GitHub hold 65,536 characters. */
const MOST_BYTES = 60_000;
/** Entries per list, tried from the first until the text is short enough; 0: the headline alone. */
const LIMITS = [40, 20, 10, 5, 2, 0] as const;

function chapter(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", `#### ${title}`, "", ...lines];
}

function body(context: Context): string[] {
  const { report, options, names, most } = context;
  const limits = { report, options, names };
  const bullet = (line: string): string => `- ${escaped(line)}`;
  if (most === 0) return [...headline(context), "", "The rest is too long for this format: see the JSON report."];
  return [
    ...headline(context),
    ...chapter(`Effort by ${rowGrouping(options)}`, effortTable(context)),
    ...chapter("Blockers", blockerList(context)),
    ...chapter("What the P90 hangs on", driverTable(context)),
    ...chapter("Silent risks: compiles or runs, and may be wrong or fall back unseen", silentList(context)),
    ...chapter("How to get at the hardware", availabilityList(context)),
    ...chapter("Guessed, or not in the numbers", notInNumbers(limits).map(bullet)),
    ...chapter("Ranges", rangeLines(limits).map(bullet)),
  ];
}

function rendered(report: Report, options: FormatOptions, most: number): string {
  const { root, revision, tool } = report;
  const names = shortNames(report);
  const places = new Map(report.usages.map(({ id, path, line }) => [id, `${path}:${line}`]));
  const at = revision === null ? "" : ` @ ${code(shortRevision(revision))}`;
  const lines = [
    "<!-- portgauge:scan -->",
    `### Porting effort of ${code(root)}${at}`,
    "",
    escaped(coverageLine(report)),
    ...incompleteLines(report).flatMap((line) => ["", `**${escaped(line)}**`]),
    "",
    ...(report.usages.length === 0 ? nothingFound(report) : body({ report, options, names, places, most })),
    "",
    `${tool.name} ${escaped(tool.version)}, rules ${code(tool.ruleset.slice(0, 12))}`,
  ];
  return `${lines.join("\n")}\n`;
}

export const markdown: Format = (report, options) => {
  for (const most of LIMITS) {
    const text = rendered(report, options, most);
    if (most === 0 || Buffer.byteLength(text) < MOST_BYTES) return text;
  }
  return "";
};
