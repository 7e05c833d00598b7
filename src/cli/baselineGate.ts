/** A gate that compares the working tree with a file of accepted findings: no git, every file read. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BaselineEntry, compareWithBaseline, hashed, parseBaseline } from "../compare/baseline.ts";
import { baseContext } from "../compare/context.ts";
import { textFrom } from "../compare/statement.ts";
import { conclude, findingsOf } from "../gate.ts";
import { decode } from "../host/decode.ts";
import type { GateResult } from "../model/gate.ts";
import { UserError } from "../model/userError.ts";
import { takeProject } from "../pipeline.ts";
import type { PreparedGate } from "./commands/gate.ts";
import { inspectorFor } from "./inspector.ts";
import type { InventoryFlags } from "./scanOptions.ts";

export function readBaseline(file: string): BaselineEntry[] {
  try {
    return parseBaseline(readFileSync(file, "utf8"), file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`cannot read baseline ${file}`, "portgauge baseline write makes one");
  }
}

/** Text of a file of the scanned folder; unreadable files have none, and the scan has said so. */
export function textOnDisk(root: string): (path: string) => string | undefined {
  return (path) => {
    try {
      return decode(readFileSync(join(root, path)))?.text;
    } catch {
      return undefined;
    }
  };
}

export async function gateAgainstBaseline(
  file: string,
  { request, discover, knowledge }: PreparedGate,
  flags: InventoryFlags,
): Promise<GateResult> {
  const entries = readBaseline(file);
  const { project, targets, assess } = request;
  const head = await takeProject({ discover, project }, inspectorFor(["."], flags, knowledge));
  const { pairs, gone, fresh } = compareWithBaseline(entries, hashed(head.usages, textFrom(textOnDisk("."))));
  const accepted = pairs.map(([, { usage }]) => usage);
  const base = { usages: accepted, kernels: head.kernels };
  return conclude(
    request,
    {
      base,
      head,
      pairs: { baseOf: new Map(accepted.map(({ id }) => [id, id])), gone: new Set() },
      fresh: fresh.map(({ usage }) => usage),
      goneBesides: gone.length,
    },
    {
      changedFiles: head.files.length,
      notices: [],
      context: async () => {
        const findings = targets.map((each) => [each.target.key, findingsOf(accepted, each, request, knowledge)]);
        return baseContext([], { ...head, usages: accepted }, Object.fromEntries(findings), assess.tests);
      },
    },
    knowledge,
  );
}
