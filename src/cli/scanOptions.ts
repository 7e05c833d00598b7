/** The options of `scan`, each written once: parser, help and environment variable come from here. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { VendoredMode } from "../discover/project.ts";
import type { TestsMode } from "../model/plan.ts";
import {
  EVIDENCE_LEVELS,
  type EvidenceLevel,
  GOALS,
  type Goal,
  STRATEGIES,
  type Strategy,
  TEAMS,
  type Team,
  VERDICTS,
  WORKLOADS,
  type Workload,
} from "../model/vocabulary.ts";
import { GROUPINGS, type Grouping } from "../report/formats/format.ts";
import { listed } from "./listed.ts";

export interface InventoryFlags {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly vendored?: VendoredMode;
  readonly tests?: TestsMode;
  readonly config?: string;
  readonly jobs?: number;
  readonly cache: boolean;
  readonly cacheDir?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly profile?: boolean;
}

export interface AssessFlags {
  readonly target?: readonly string[];
  readonly workload?: Workload;
  readonly goal?: Goal;
  readonly strategy?: Strategy;
  readonly team?: Team;
  readonly minEvidence?: EvidenceLevel;
  readonly rules?: readonly string[];
}

export interface ScanFlags extends InventoryFlags, AssessFlags {
  readonly format?: readonly string[];
  readonly output?: readonly string[];
  readonly by?: Grouping;
  readonly failOn?: readonly string[];
  readonly strict?: boolean;
}

export const FAIL_ON = [...VERDICTS.filter((verdict) => verdict !== "native"), "silent"] as const;

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It must be a whole number from 1.");
  return value;
}

function option(flags: string, description: string, variable: string): Option {
  return new Option(flags, description).env(`PORTGAUGE_${variable}`);
}

/** What is read and how. */
export function inventoryOptions(): Option[] {
  return [
    option("--include <glob>", "read only files that fit (gitignore style; repeatable)", "INCLUDE").argParser(listed),
    option("--exclude <glob>", "leave out files that fit (repeatable)", "EXCLUDE").argParser(listed),
    option(
      "--vendored <mode>",
      "third-party code: count it without days, scan it as the project's own, or skip it",
      "VENDORED",
    ).choices(["count", "scan", "skip"]),
    option("--tests <mode>", "test code: a row of its own, part of its component, or no days", "TESTS").choices([
      "separate",
      "include",
      "exclude",
    ]),
    option("--config <file>", "config file (default: portgauge.config.yaml in the scanned folder)", "CONFIG"),
    option("-j, --jobs <n>", "threads (default: the machine's cores, when the work pays for them)", "JOBS").argParser(
      wholeNumber,
    ),
    option("--no-cache", "do not read or write the cache", "NO_CACHE"),
    option("--cache-dir <dir>", "where the cache is kept", "CACHE_DIR"),
    option("-q, --quiet", "no progress and no diagnostics on stderr", "QUIET"),
    option("-v, --verbose", "say what is read, skipped and cached", "VERBOSE"),
    option("--profile", "print where the time went, on stderr", "PROFILE"),
  ];
}

/** What is asked of the targets. */
export function assessOptions(): Option[] {
  return [
    option(
      "-t, --target <target>",
      "hip, hip:gfx942, hip@7.0:gfx942, … (repeatable or comma list; default: all five)",
      "TARGET",
    ).argParser(listed),
    option("--workload <what>", "what must run there (default: what the code contains)", "WORKLOAD").choices(WORKLOADS),
    option(
      "--goal <goal>",
      "how far: it works, it is tuned, or it is as fast as before (default: functional)",
      "GOAL",
    ).choices(GOALS),
    option("--strategy <how>", "how the port is carried (default: told from the repository)", "STRATEGY").choices(
      STRATEGIES,
    ),
    option(
      "--team <team>",
      "knows CUDA only, is expert on the target, or is new to GPUs (default: cuda)",
      "TEAM",
    ).choices(TEAMS),
    option("--min-evidence <level>", "rules known less well count as unknown", "MIN_EVIDENCE").choices(EVIDENCE_LEVELS),
    option("--rules <dir>", "your own rules, laid over the shipped ones (repeatable)", "RULES").argParser(listed),
  ];
}

function reportOptions(): Option[] {
  return [
    option(
      "-f, --format <format>",
      "table, json, markdown, csv, csv:workitems, csv:findings, sarif, github; FORMAT=FILE writes a file (repeatable)",
      "FORMAT",
    ).argParser(listed),
    option(
      "-o, --output <file>",
      "file for the format in the same place (repeatable; - is stdout)",
      "OUTPUT",
    ).argParser(listed),
    option("--by <rows>", "rows of the table", "BY").choices(GROUPINGS),
    option("--fail-on <verdict>", `exit 1 when one is found: ${FAIL_ON.join(", ")} (repeatable)`, "FAIL_ON").argParser(
      listed,
    ),
    option("--strict", "exit 3 when something could not be read", "STRICT"),
  ];
}

export function addScanOptions(command: Command): Command {
  for (const each of [...assessOptions(), ...reportOptions(), ...inventoryOptions()]) command.addOption(each);
  return command;
}
