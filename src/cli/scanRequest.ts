/** What a scan is asked, put together from flags, config and the place it runs in. */
import { basename, isAbsolute } from "node:path";
import { prefixOf, revisionOf } from "../host/revision.ts";
import type { Stopwatch } from "../host/stopwatch.ts";
import { nearNames } from "../model/nearNames.ts";
import { UserError } from "../model/userError.ts";
import type { Knowledge, Scan } from "../pipeline.ts";
import type { FormatOptions } from "../report/formats/format.ts";
import { FORMAT_NAMES, type FormatName } from "../report/formats/names.ts";
import { shippedKnowledge } from "./knowledge.ts";
import { type Destination, destinationsOf } from "./output.ts";
import { FAIL_ON, type ScanFlags } from "./scanOptions.ts";
import { assessSettings, configFor, projectSettings, ruleFolders } from "./settings.ts";

/** A scan as the user asked for it. */
export interface ScanRequest {
  readonly roots: readonly string[];
  readonly flags: ScanFlags;
  readonly scan: Scan;
  readonly knowledge: Knowledge;
  readonly destinations: readonly Destination<FormatName>[];
  /** How reports are shown, as far as no report is needed to know it. */
  readonly shown: FormatOptions;
  readonly watch: Stopwatch;
}

export async function scanRequest(paths: readonly string[], flags: ScanFlags, watch: Stopwatch): Promise<ScanRequest> {
  const roots = paths.length > 0 ? paths : ["."];
  const destinations = destinationsOf(flags.format, flags.output, FORMAT_NAMES, "table");
  checkFailOn(flags.failOn ?? []);
  const config = await configFor(roots, flags.config);
  const knowledge = await shippedKnowledge(ruleFolders(flags, config));
  const only = roots.length === 1 ? roots[0] : undefined;
  const assess = assessSettings(flags, config);
  const scan: Scan = {
    root: rootName(roots),
    revision: only === undefined ? null : revisionOf(only),
    ...projectSettings(roots, flags, config),
    assess,
  };
  const shown: FormatOptions = {
    tests: assess.tests,
    ...(flags.by === undefined ? {} : { by: flags.by }),
    prefix: only === undefined ? "" : prefixOf(only),
  };
  return { roots, flags, scan, knowledge, destinations, shown, watch };
}

/** Everything beside the tree that decides what a scan prints. */
export function questionOf({ flags, scan, knowledge, destinations, shown }: ScanRequest): unknown {
  const { quiet, verbose, failOn, strict } = flags;
  const formats = destinations.map(({ format, file }) => [format, forDestination(shown, file)]);
  return [knowledge.ruleset, scan, formats, { quiet, verbose, failOn, strict }];
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
export function forDestination(options: FormatOptions, file: string | undefined): FormatOptions {
  if (file !== undefined || !process.stdout.isTTY) return options;
  return { ...options, width: process.stdout.columns, color: process.env.NO_COLOR === undefined };
}
