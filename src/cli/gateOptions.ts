/** The options of `gate`, `baseline` and `diff`, beside those that `scan` has too. */
import { type Command, Option } from "commander";
import { listed } from "./listed.ts";
import { type AssessFlags, assessOptions, type InventoryFlags, inventoryOptions } from "./scanOptions.ts";

export interface GateFlags extends InventoryFlags, AssessFlags {
  readonly base?: string;
  readonly head?: string;
  readonly staged?: boolean;
  readonly baseline?: string;
  readonly reportOnly?: boolean;
  readonly failOn?: readonly string[];
  readonly strict?: boolean;
  readonly format?: readonly string[];
  readonly output?: readonly string[];
}

export interface BaselineFlags extends InventoryFlags {
  readonly baseline?: string;
}

export interface DiffFlags extends InventoryFlags, AssessFlags {
  readonly format?: readonly string[];
  readonly output?: readonly string[];
}

/** What `gate --fail-on` may name: each takes the place of the limits in the config. */
export const GATE_FAIL_ON = ["blocked", "silent", "unknown", "none"] as const;

function option(flags: string, description: string, variable: string): Option {
  return new Option(flags, description).env(`PORTGAUGE_${variable}`);
}

function formatOptions(names: string): Option[] {
  return [
    option("-f, --format <format>", `${names}; FORMAT=FILE writes a file (repeatable)`, "FORMAT").argParser(listed),
    option("-o, --output <file>", "file for the format in the same place (repeatable)", "OUTPUT").argParser(listed),
  ];
}

function shared(command: Command): Command {
  for (const each of [...assessOptions(), ...inventoryOptions()]) command.addOption(each);
  return command;
}

export function addGateOptions(command: Command): Command {
  const own = [
    option("--base <ref>", "compare from where head left this (default: what CI names, else origin's branch)", "BASE"),
    option("--head <ref>", "the change (default: the working tree)", "HEAD"),
    option("--staged", "the change is what is staged; the base is HEAD", "STAGED"),
    option("--baseline <file>", "compare with accepted findings instead of a revision; needs no git", "BASELINE"),
    option("--report-only", "say what would fail, exit 0", "REPORT_ONLY"),
    option(
      "--fail-on <what>",
      `in place of configured limits: ${GATE_FAIL_ON.join(", ")} (repeatable)`,
      "FAIL_ON",
    ).argParser(listed),
    option("--strict", "exit 3 when something could not be read", "STRICT"),
    ...formatOptions("table, json, github, markdown, sarif"),
  ];
  for (const each of own) command.addOption(each);
  return shared(command);
}

export function addBaselineOptions(command: Command): Command {
  command.addOption(option("--baseline <file>", "the file (default: portgauge.baseline.json)", "BASELINE"));
  for (const each of inventoryOptions()) command.addOption(each);
  return command;
}

export function addDiffOptions(command: Command): Command {
  for (const each of formatOptions("table, json")) command.addOption(each);
  return shared(command);
}
