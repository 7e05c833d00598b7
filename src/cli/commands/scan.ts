/** `portgauge scan`: the per-target effort table. */
import { basename, isAbsolute } from "node:path";
import { prefixOf, revisionOf } from "../../host/revision.ts";
import { startStopwatch, UNWATCHED } from "../../host/stopwatch.ts";
import { nearNames } from "../../model/nearNames.ts";
import type { Report } from "../../model/report.ts";
import { UserError } from "../../model/userError.ts";
import { type Scan, scan } from "../../pipeline.ts";
import type { FormatOptions } from "../../report/formats/format.ts";
import { FORMATS, type FormatName, piecesOf } from "../../report/formats/index.ts";
import { knownBeside } from "../../report/formats/knowledge.ts";
import { visible } from "../../report/formats/visible.ts";
import { plural } from "../../report/formats/words.ts";
import { EXIT, say } from "../exit.ts";
import { inspectorFor } from "../inspector.ts";
import { shippedKnowledge } from "../knowledge.ts";
import { deliver, destinationsOf } from "../output.ts";
import { profileText } from "../profile.ts";
import { terminalProgress } from "../progress.ts";
import { FAIL_ON, type ScanFlags } from "../scanOptions.ts";
import { assessSettings, configFor, projectSettings, ruleFolders } from "../settings.ts";

const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];

/** Runs a scan; returns the exit code. */
export async function runScan(paths: readonly string[], flags: ScanFlags): Promise<number> {
  const roots = paths.length > 0 ? paths : ["."];
  const destinations = destinationsOf(flags.format, flags.output, FORMAT_NAMES, "table");
  checkFailOn(flags.failOn ?? []);
  const config = await configFor(roots, flags.config);
  const knowledge = await shippedKnowledge(ruleFolders(flags, config));
  const request: Scan = {
    root: rootName(roots),
    revision: roots.length === 1 ? revisionOf(roots[0] as string) : null,
    ...projectSettings(roots, flags, config),
    assess: assessSettings(flags, config),
  };
  const progress = terminalProgress(flags.quiet ?? false);
  const watch = flags.profile ? startStopwatch() : undefined;
  const report = await scan(request, knowledge, inspectorFor(roots, flags, knowledge, progress.step, watch), watch);
  progress.done();
  const options: FormatOptions = {
    tests: request.assess.tests,
    ...(flags.by === undefined ? {} : { by: flags.by }),
    ...knownBeside(report, knowledge.ruleSetOf, knowledge.model),
    prefix: roots.length === 1 ? prefixOf(roots[0] as string) : "",
  };
  for (const destination of destinations) {
    const write = () =>
      deliver(destination, piecesOf(destination.format, report, forDestination(options, destination.file)));
    await (watch ?? UNWATCHED).stage("format", write);
  }
  if (watch) say(profileText(watch.read()));
  if (!flags.quiet) sayDiagnostics(report, flags.verbose ?? false);
  return exitCode(report, flags);
}

/** As given, never absolute: a report must not say where on a machine it was made. */
function rootName(roots: readonly string[]): string {
  return roots.map((root) => (isAbsolute(root) ? basename(root) : root)).join(" ");
}

function checkFailOn(wanted: readonly string[]): void {
  const problems = wanted
    .filter((word) => !(FAIL_ON as readonly string[]).includes(word))
    .map((word) => {
      const [near] = nearNames(word, FAIL_ON);
      return `--fail-on: unknown verdict "${word}".${near ? ` Did you mean ${near}?` : ""} Known: ${FAIL_ON.join(", ")}`;
    });
  if (problems.length > 0) throw new UserError(problems.join("\n"));
}

/** Width and colour belong to a terminal only. */
function forDestination(options: FormatOptions, file: string | undefined): FormatOptions {
  if (file !== undefined || !process.stdout.isTTY) return options;
  return { ...options, width: process.stdout.columns, color: process.env.NO_COLOR === undefined };
}

const MOST_DIAGNOSTICS = 10;

function sayDiagnostics({ coverage: { diagnostics } }: Report, verbose: boolean): void {
  const shown = verbose
    ? diagnostics
    : diagnostics.filter(({ code }) => code !== "encoding").slice(0, MOST_DIAGNOSTICS);
  for (const { path, line, code, message } of shown) {
    say(`portgauge: ${visible(path)}${line === undefined ? "" : `:${line}`}: ${code}: ${message}`);
  }
  const rest = diagnostics.filter(({ code }) => verbose || code !== "encoding").length - shown.length;
  if (rest > 0) say(`portgauge: ${rest} more diagnostics; --verbose or the JSON report lists them all`);
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
      return [`--fail-on ${word}: ${what} on ${target.id}:${target.variant}${beside}, ${place}`];
    }),
  );
}

function exitCode(report: Report, flags: ScanFlags): number {
  const broken = breaches(report, flags.failOn ?? []);
  for (const line of broken) say(`portgauge: ${line}`);
  if (broken.length > 0) return EXIT.policyBroken;
  if (flags.strict && !report.complete) {
    say("portgauge: --strict: something could not be read, so the report is not complete");
    return EXIT.incomplete;
  }
  return EXIT.finished;
}
