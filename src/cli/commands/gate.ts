/** `portgauge gate`: what a change adds to a port, and whether the policy bears it. */
import { appendFileSync } from "node:fs";
import { type GateRequest, gate } from "../../gate.ts";
import { openRepository } from "../../host/git.ts";
import { BlobReader } from "../../host/gitBlobs.ts";
import type { GateResult } from "../../model/gate.ts";
import { UserError } from "../../model/userError.ts";
import type { Knowledge } from "../../pipeline.ts";
import { type GateFormatOptions, verdictLine } from "../../report/gateFormats/gateFormat.ts";
import { GATE_FORMATS, type GateFormatName } from "../../report/gateFormats/index.ts";
import { checkedConfig } from "../checkedConfig.ts";
import { EXIT, say } from "../exit.ts";
import type { GateFlags } from "../gateOptions.ts";
import { checkGateFailOn, withPolicies } from "../gatePolicy.ts";
import { revisionsFor } from "../gateRevisions.ts";
import { readSides } from "../gateSides.ts";
import { shippedKnowledge, shippedManifests } from "../knowledge.ts";
import { type Destination, deliver, destinationsOf } from "../output.ts";
import { assessSettings, projectSettings, ruleFolders } from "../settings.ts";

const FORMAT_NAMES = Object.keys(GATE_FORMATS) as GateFormatName[];

export async function runGate(flags: GateFlags): Promise<number> {
  const destinations = destinationsOf(flags.format, flags.output, FORMAT_NAMES, "table");
  checkGateFailOn(flags.failOn ?? []);
  const { result, knowledge } =
    flags.baseline === undefined ? await gateRepository(process.cwd(), flags, process.env) : await againstFile(flags);
  await publish(result, destinations, knowledge);
  return exitCode(result, flags, destinations);
}

interface Outcome {
  readonly result: GateResult;
  readonly knowledge: Knowledge;
}

/** Compares two revisions of the repository that a folder is in. */
export async function gateRepository(folder: string, flags: GateFlags, env: NodeJS.ProcessEnv): Promise<Outcome> {
  const repository = openRepository(folder);
  const revisions = revisionsFor(repository, flags, env);
  const { request, discover, knowledge } = await requestFor(
    flags,
    repository.root,
    revisions.base.id,
    revisions.headName,
  );
  const blobs = new BlobReader(repository);
  try {
    const input = await readSides({ repository, revisions, discover, flags, blobs }, request, knowledge);
    return { result: await gate(request, input, knowledge), knowledge };
  } finally {
    blobs.close();
  }
}

async function againstFile(flags: GateFlags): Promise<Outcome> {
  if (flags.base !== undefined || flags.head !== undefined || flags.staged) {
    throw new UserError("--baseline takes the place of --base, --head and --staged; give one or the other");
  }
  const file = flags.baseline ?? "";
  const prepared = await requestFor(flags, ".", file, "working tree");
  const { gateAgainstBaseline } = await import("../baselineGate.ts");
  return { result: await gateAgainstBaseline(file, prepared, flags), knowledge: prepared.knowledge };
}

/** Everything of a gate that flags and config decide. */
async function requestFor(flags: GateFlags, root: string, base: string, head: string) {
  const config = await checkedConfig(root, flags);
  const knowledge = await shippedKnowledge(ruleFolders(flags, config));
  const { discover, project } = projectSettings([root], flags, config);
  const { targets, ...assess } = assessSettings(flags, config);
  const request: GateRequest = {
    base,
    head,
    project,
    assess,
    targets: withPolicies(targets, config, flags.failOn),
    otherTargets: [...shippedManifests().keys()].filter((id) => !targets.some(({ target }) => target.id === id)),
    allow: config.allow ?? [],
    today: today(process.env),
    reportOnly: flags.reportOnly ?? false,
  };
  return { request, discover, knowledge };
}
export type PreparedGate = Awaited<ReturnType<typeof requestFor>>;

/** Suppressions expire by the day; a fixed clock makes a run repeatable. */
function today({ SOURCE_DATE_EPOCH }: NodeJS.ProcessEnv): string {
  const seconds = Number(SOURCE_DATE_EPOCH);
  const now = SOURCE_DATE_EPOCH && Number.isFinite(seconds) ? new Date(seconds * 1000) : new Date();
  return now.toISOString().slice(0, 10);
}

async function publish(
  result: GateResult,
  destinations: readonly Destination<GateFormatName>[],
  knowledge: Knowledge,
): Promise<void> {
  const options = formatOptions(result, knowledge);
  for (const destination of destinations) {
    const color = destination.file === undefined && process.stdout.isTTY && process.env.NO_COLOR === undefined;
    await deliver(destination, GATE_FORMATS[destination.format](result, { ...options, color }));
  }
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (summary && destinations.some(({ format }) => format === "github")) {
    appendSummary(summary, GATE_FORMATS.markdown(result, options));
  }
}

function appendSummary(file: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch (error) {
    say(`portgauge: cannot write the job summary ${file}: ${(error as Error).message}`);
  }
}

function formatOptions(result: GateResult, knowledge: Knowledge): GateFormatOptions {
  return {
    version: knowledge.version,
    ruleset: knowledge.ruleset,
    ruleOf: (id) => ruleWith(id, result, knowledge),
  };
}

function ruleWith(id: string, { targets }: GateResult, knowledge: Knowledge) {
  const target = targets.find((one) => id.startsWith(`${one.id}:`));
  if (!target) return undefined;
  const set = knowledge.ruleSetOf(target.id);
  return set.rules.find((rule) => rule.id === id) ?? set.symbolRule(id.slice(target.id.length + 1));
}

/** Formats for readers end with the verdict; for the rest it goes to stderr, so that no failure is silent. */
const FOR_READERS: readonly GateFormatName[] = ["table", "github", "markdown"];

function exitCode(result: GateResult, flags: GateFlags, destinations: readonly Destination<GateFormatName>[]): number {
  const told = destinations.some(({ format, file }) => file === undefined && FOR_READERS.includes(format));
  if (!result.pass && !told) say(`portgauge: ${verdictLine(result)}`);
  if (!result.pass && !result.reportOnly) return EXIT.policyBroken;
  if (flags.strict && result.notices.some(({ code }) => code === "not-read")) {
    say("portgauge: --strict: something of the change could not be read");
    return EXIT.incomplete;
  }
  return EXIT.finished;
}
