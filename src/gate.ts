/**
 * The gate on one screen: changed files of two revisions → inventories → pairs → per target: what is new, what it adds,
 * whether the policy bears it. Reading is the caller's (git objects, disk, a baseline file); everything here is pure.
 */
import { acceptance } from "./compare/accept.ts";
import type { PricingContext } from "./compare/added.ts";
import { changesOn, inQuestion, pairsById, type UsagePairs } from "./compare/changes.ts";
import { type BaseContext, EMPTY_CONTEXT } from "./compare/context.ts";
import { judge } from "./compare/judge.ts";
import { lendersBeside, needsLenders } from "./compare/lenders.ts";
import { pairUp, sighted } from "./compare/pairing.ts";
import { textFrom } from "./compare/statement.ts";
import { causeKey, kernelAt } from "./compare/tally.ts";
import type { ProjectOptions } from "./discover/project.ts";
import type { Taken } from "./host/unpack.ts";
import { match } from "./match/match.ts";
import type { Finding } from "./model/finding.ts";
import type { Allowance, GateNotice, GateResult, TargetPolicy } from "./model/gate.ts";
import type { FileInventory, Inventory, Usage } from "./model/inventory.ts";
import type { AssessOptions, Knowledge, TargetRequest } from "./pipeline.ts";
import { forGoal } from "./plan/cause.ts";
import { linkProject } from "./project.ts";

export interface GateTargetRequest extends TargetRequest {
  readonly policy: TargetPolicy;
}

export interface GateRequest {
  readonly base: string;
  readonly head: string;
  readonly project: ProjectOptions;
  readonly assess: Omit<AssessOptions, "targets">;
  readonly targets: readonly GateTargetRequest[];
  /** Ids of known targets that are not asked about. */
  readonly otherTargets: readonly string[];
  readonly allow: readonly Allowance[];
  /** ISO date that suppressions expire by. */
  readonly today: string;
  readonly reportOnly: boolean;
}

/** Changed files as one revision has them. */
export interface Side {
  readonly taken: Taken;
  readonly textOf: (path: string) => string | undefined;
}

export interface GateInput {
  readonly base: Side;
  readonly head: Side;
  /** Folders that are submodules at either revision. */
  readonly submodules: readonly string[];
  readonly changedFiles: number;
  readonly notices: readonly GateNotice[];
  /** Asked for only when the answer hangs on it. */
  readonly context: () => Promise<BaseContext>;
}

export async function gate(request: GateRequest, input: GateInput, knowledge: Knowledge): Promise<GateResult> {
  const changed = [...input.base.taken.files, ...input.head.taken.files];
  const lenders = needsLenders(changed) ? lendersBeside((await input.context()).lenders, changed) : [];
  const base = inventoryOf(input.base.taken, lenders, input, request);
  const head = inventoryOf(input.head.taken, lenders, input, request);
  const pairing = pairUp(
    sighted(base.usages, textFrom(input.base.textOf)),
    sighted(head.usages, textFrom(input.head.textOf)),
  );
  const asked = inQuestion(pairing, head.suppressions);
  return conclude(
    request,
    {
      base: { ...base, usages: base.usages.filter((usage) => asked.base.has(usage)) },
      head: { ...head, usages: head.usages.filter((usage) => asked.head.has(usage)) },
      pairs: pairsById(pairing),
      fresh: pairing.fresh.map(({ usage }) => usage),
    },
    input,
    knowledge,
  );
}

function inventoryOf(
  taken: Taken,
  lenders: readonly FileInventory[],
  { submodules }: GateInput,
  { project }: GateRequest,
): Inventory {
  const linked = linkProject({ ...taken, files: [...taken.files, ...lenders] }, { skipped: [], submodules }, project);
  const own = new Set(taken.files.map((file) => file.path));
  const isOwn = ({ path }: { readonly path: string }) => own.has(path);
  return { ...linked, usages: linked.usages.filter(isOwn), kernels: linked.kernels.filter(isOwn) };
}

/** Two inventories, paired: of the changed files, or of everything that a baseline file and a scan know. */
export interface Compared {
  readonly base: Pick<Inventory, "usages" | "kernels">;
  readonly head: Inventory;
  readonly pairs: UsagePairs;
  readonly fresh: readonly Usage[];
  /** Usages that are gone and that `base` does not hold: entries of a baseline file. */
  readonly goneBesides?: number;
}

/** From paired inventories to the verdict; `gate --baseline` comes in here. */
export async function conclude(
  request: GateRequest,
  compared: Compared,
  input: Pick<GateInput, "changedFiles" | "notices" | "context">,
  knowledge: Knowledge,
): Promise<GateResult> {
  const { base, head, pairs, fresh, goneBesides = 0 } = compared;
  const perTarget = request.targets.map((each) => {
    const all = findingsOf([...base.usages, ...head.usages], each, request, knowledge);
    const findings = { base: all.slice(0, base.usages.length), head: all.slice(base.usages.length) };
    return { each, findings, changes: changesOn(findings.base, findings.head, pairs, goneBesides) };
  });
  const { tests } = request.assess;
  const priced = perTarget.some(({ changes }) =>
    [...changes.fresh, ...changes.grown].some((finding) => causeKey(finding, tests) !== undefined),
  );
  const context = priced ? await input.context() : EMPTY_CONTEXT;
  const acceptances = acceptance({
    suppressions: head.suppressions,
    allowances: request.allow,
    findings: perTarget.flatMap(({ findings }) => findings.head),
    otherTargets: request.otherTargets,
    today: request.today,
  });
  const kernels = { base: kernelAt(base.kernels), head: kernelAt(head.kernels) };
  const targets = perTarget.map(({ each, findings, changes }) =>
    judge({
      target: each.target,
      policy: each.policy,
      changes,
      ...findings,
      kernels,
      tally: context.tallies[each.target.key] ?? {},
      accepts: acceptances.accepts,
      pricing: () => pricingOf(each, request, context, head, knowledge),
      tests,
    }),
  );
  return {
    base: request.base,
    head: request.head,
    pass: targets.every((target) => target.pass),
    targets,
    notices: [...input.notices, ...lossesOf(head), ...acceptances.notices()],
    changedFiles: input.changedFiles,
    vendoredUsages: fresh.filter((usage) => usage.vendored).length,
    reportOnly: request.reportOnly,
  };
}

export function findingsOf(
  usages: readonly Usage[],
  { target, minEvidence }: TargetRequest,
  request: Pick<GateRequest, "assess">,
  knowledge: Knowledge,
): Finding[] {
  if (usages.length === 0) return [];
  const { catalog, ruleSetOf } = knowledge;
  const level = minEvidence ?? request.assess.minEvidence;
  const findings = match({ usages }, ruleSetOf(target.id), {
    target,
    canonicalOf: (symbol) => catalog.operators.get(symbol),
    ...(level === undefined ? {} : { minEvidence: level }),
  });
  return [...forGoal(findings, request.assess.goal)];
}

function pricingOf(
  { target }: GateTargetRequest,
  { assess }: GateRequest,
  { signals }: BaseContext,
  head: Inventory,
  knowledge: Knowledge,
): PricingContext {
  const { manifest } = knowledge.ruleSetOf(target.id);
  const unit = manifest.variants.find((variant) => variant.id === target.variant)?.unit ?? manifest.unit;
  const training = signals.includes("training-loop") || head.signals.some((signal) => signal.name === "training-loop");
  const found = training && manifest.trains ? "training" : "inference";
  return {
    model: knowledge.model,
    plan: { unit, workload: assess.workload === "auto" ? found : assess.workload },
    options: assess,
  };
}

/** Diagnostics that mean: this was not looked at. */
const LOSSES = new Set(["unreadable", "vanished", "too-large", "crashed"]);

/** What was not seen of the change, so that a pass is not taken for more than it is. */
function lossesOf(head: Inventory): GateNotice[] {
  return head.diagnostics
    .filter(({ code }) => LOSSES.has(code))
    .map(({ path, message }) => ({ code: "not-read", message, path }));
}
