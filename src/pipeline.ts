/**
 * The program on one screen: discover → read → inspect → link → match → plan → estimate → report.
 * Everything from `link` on is pure; reading and inspecting is the one step that a caller chooses (cache, threads, git).
 */
import type { FileRef } from "./discover/discover.ts";
import { findProject, type ProjectRequest } from "./discover/project.ts";
import { estimateEffort } from "./estimate/estimate.ts";
import { runningPortOf } from "./estimate/runningPort.ts";
import { type Stopwatch, UNWATCHED } from "./host/stopwatch.ts";
import type { Taken } from "./host/unpack.ts";
import { match } from "./match/match.ts";
import type { Catalog } from "./model/catalog.ts";
import type { EffortModel } from "./model/effortModel.ts";
import type { Inventory } from "./model/inventory.ts";
import type { EstimateOptions, TestsMode } from "./model/plan.ts";
import type { Report } from "./model/report.ts";
import type { RuleSet } from "./model/rule.ts";
import type { ResolvedTarget } from "./model/target.ts";
import type { EvidenceLevel, Goal, Strategy, Team, Workload } from "./model/vocabulary.ts";
import { planWork } from "./plan/plan.ts";
import { linkProject } from "./project.ts";
import { buildReport, modelsNamed, reportTarget, type TargetResult } from "./report/buildReport.ts";

/** What is asked of one target. */
export interface TargetRequest {
  readonly target: ResolvedTarget;
  readonly minEvidence?: EvidenceLevel;
  readonly strategy?: Strategy;
}

export interface AssessOptions {
  readonly targets: readonly TargetRequest[];
  readonly workload: Workload;
  readonly goal: Goal;
  readonly team: Team;
  readonly tests: TestsMode;
  readonly minEvidence?: EvidenceLevel;
  readonly strategy?: Strategy;
}

/** What the tool knows: catalog, rules, prices. */
export interface Knowledge {
  readonly version: string;
  /** Digest of catalog, rules and effort model. */
  readonly ruleset: string;
  readonly catalog: Catalog;
  readonly ruleSetOf: (target: string) => RuleSet;
  readonly model: EffortModel;
}

export interface Scan extends ProjectRequest {
  /** As the user gave it. */
  readonly root: string;
  readonly revision: string | null;
  readonly assess: AssessOptions;
}

/** Reads and inspects files: from disk or from git objects, with or without cache and threads. */
export type Inspector = (files: readonly FileRef[]) => Promise<Taken>;

export async function scan(
  request: Scan,
  knowledge: Knowledge,
  inspector: Inspector,
  watch: Stopwatch = UNWATCHED,
  found = watch.stage("discover", () => findProject(request)),
): Promise<Report> {
  const inventory = await takeProject(request, inspector, watch, found);
  return assess(inventory, request, knowledge, watch);
}

/** From roots to one inventory, independent of any target. */
export async function takeProject(
  request: ProjectRequest,
  inspector: Inspector,
  watch: Stopwatch = UNWATCHED,
  found = watch.stage("discover", () => findProject(request)),
): Promise<Inventory> {
  const taken = await watch.stage("read + inspect", () => inspector(found.files));
  return watch.stage("link", () => linkProject(taken, found, request.project));
}

/** From an inventory to the report: every target is a pure join over the same inventory. */
export function assess(
  inventory: Inventory,
  { root, revision, assess: options }: Pick<Scan, "root" | "revision" | "assess">,
  knowledge: Knowledge,
  watch: Stopwatch = UNWATCHED,
): Report {
  const models = modelsNamed(inventory);
  const targets = options.targets.map((request) => {
    const result = assessTarget(inventory, request, options, knowledge, watch);
    return watch.stage("report", () => reportTarget(result, models));
  });
  const report = () =>
    buildReport({
      version: knowledge.version,
      ruleset: knowledge.ruleset,
      root,
      revision,
      inventory,
      targets,
    });
  return watch.stage("report", report);
}

export function assessTarget(
  inventory: Inventory,
  { target, ...own }: TargetRequest,
  options: AssessOptions,
  { catalog, ruleSetOf, model }: Knowledge,
  watch: Stopwatch = UNWATCHED,
): TargetResult {
  const ruleSet = ruleSetOf(target.id);
  const minEvidence = own.minEvidence ?? options.minEvidence;
  const strategy = own.strategy ?? options.strategy;
  const matchOptions = {
    target,
    canonicalOf: (symbol: string) => catalog.operators.get(symbol),
    ...(minEvidence === undefined ? {} : { minEvidence }),
  };
  const findings = watch.stage("match", () => match(inventory, ruleSet, matchOptions));
  const estimateOptions: EstimateOptions = {
    target,
    manifest: ruleSet.manifest,
    workload: options.workload,
    goal: options.goal,
    team: options.team,
    tests: options.tests,
    ...(strategy === undefined ? {} : { strategy }),
  };
  const plan = watch.stage("plan", () => planWork(findings, inventory, estimateOptions));
  const estimate = watch.stage("estimate", () => estimateEffort(plan, inventory, model, estimateOptions));
  const runningPort = watch.stage("estimate", () => runningPortOf(plan, findings, inventory, model, estimateOptions));
  return { target, manifest: ruleSet.manifest, findings, estimate, runningPort };
}
