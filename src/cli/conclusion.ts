/** What a scan says on stderr when it is done, and the exit code of what the user asked it to watch for. */
import type { Report } from "../model/report.ts";
import { visible } from "../report/formats/visible.ts";
import { plural } from "../report/formats/words.ts";
import { EXIT } from "./exit.ts";
import type { ScanFlags } from "./scanOptions.ts";

type Flags = Pick<ScanFlags, "quiet" | "verbose" | "failOn" | "strict">;

export interface Conclusion {
  /** Lines for stderr. */
  readonly notes: readonly string[];
  readonly exit: number;
}

export function conclude(report: Report, flags: Flags): Conclusion {
  const notes = flags.quiet ? [] : diagnosticNotes(report, flags.verbose ?? false);
  const broken = breaches(report, flags.failOn ?? []);
  if (broken.length > 0) return { notes: [...notes, ...broken], exit: EXIT.policyBroken };
  if (!flags.strict || report.complete) return { notes, exit: EXIT.finished };
  const incomplete = "portgauge: --strict: something could not be read, so the report is not complete";
  return { notes: [...notes, incomplete], exit: EXIT.incomplete };
}

const MOST_DIAGNOSTICS = 10;

function diagnosticNotes({ coverage: { diagnostics } }: Report, verbose: boolean): string[] {
  const known = diagnostics.filter(({ code }) => verbose || code !== "encoding");
  const shown = verbose ? known : known.slice(0, MOST_DIAGNOSTICS);
  const notes = shown.map(
    ({ path, line, code, message }) =>
      `portgauge: ${visible(path)}${line === undefined ? "" : `:${line}`}: ${code}: ${message}`,
  );
  const rest = known.length - shown.length;
  if (rest > 0) notes.push(`portgauge: ${rest} more diagnostics; --verbose or the JSON report lists them all`);
  return notes;
}

/** Usages that a policy speaks of: the project's own. */
function breaches(report: Report, wanted: readonly string[]): string[] {
  const own = report.usages.filter((usage) => !usage.vendored);
  const beside = own.length < report.usages.length ? " outside vendored code" : "";
  return report.targets.flatMap((target) =>
    wanted.flatMap((word) => {
      const fitting = target.findings.filter((finding) =>
        word === "silent" ? finding.silentRisk : finding.verdict === word,
      );
      const ids = new Set(fitting.flatMap((finding) => finding.usages));
      const [first, ...others] = own.filter(({ id }) => ids.has(id));
      if (!first) return [];
      const count = others.length + 1;
      const what = word === "silent" ? `${plural(count, "usage")} with silent risk` : plural(count, `${word} usage`);
      const place = visible(`first ${first.path}:${first.line} ${first.symbol}`);
      return [`portgauge: --fail-on ${word}: ${what} on ${target.id}:${target.variant}${beside}, ${place}`];
    }),
  );
}
