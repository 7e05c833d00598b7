/** `portgauge baseline write|prune`: the file of accepted findings. */
import { writeFileSync } from "node:fs";
import {
  BASELINE_NAME,
  baselineText,
  compareWithBaseline,
  type HashedUsage,
  hashed,
  rowsOf,
} from "../../compare/baseline.ts";
import { textFrom } from "../../compare/statement.ts";
import { UserError } from "../../model/userError.ts";
import { takeProject } from "../../pipeline.ts";
import { readBaseline, textOnDisk } from "../baselineGate.ts";
import { EXIT, say } from "../exit.ts";
import type { BaselineFlags } from "../gateOptions.ts";
import { inspectorFor } from "../inspector.ts";
import { shippedKnowledge } from "../knowledge.ts";
import { configFor, projectSettings } from "../settings.ts";

/** What the project uses today; targets and rules do not matter to it. */
async function usagesToday(flags: BaselineFlags): Promise<HashedUsage[]> {
  const config = await configFor(["."], flags.config);
  const knowledge = await shippedKnowledge();
  const inventory = await takeProject(projectSettings(["."], flags, config), inspectorFor(["."], flags, knowledge));
  return hashed(inventory.usages, textFrom(textOnDisk(".")));
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UserError(`cannot write ${file}: ${(error as Error).message}`);
  }
}

export async function runBaselineWrite(flags: BaselineFlags): Promise<number> {
  const file = flags.baseline ?? BASELINE_NAME;
  const rows = rowsOf(await usagesToday(flags));
  write(file, baselineText(rows));
  say(`portgauge: ${file} accepts ${rows.length} usages; portgauge gate --baseline ${file} compares with it`);
  return EXIT.finished;
}

/** Keeps what still stands, under today's path; adds nothing. */
export async function runBaselinePrune(flags: BaselineFlags): Promise<number> {
  const file = flags.baseline ?? BASELINE_NAME;
  const { pairs, gone } = compareWithBaseline(readBaseline(file), await usagesToday(flags));
  write(file, baselineText(rowsOf(pairs.map(([, usage]) => usage))));
  say(`portgauge: ${file}: ${gone.length} entries removed, ${pairs.length} kept`);
  return EXIT.finished;
}
