/** Groups findings by cause into work items and adds the project's own. Pure; counts no days. */

import { bestEvidence } from "../match/match.ts";
import type { Finding } from "../model/finding.ts";
import type { FileSummary, Inventory } from "../model/inventory.ts";
import type { EstimateOptions, FilePart, PlannedItem, PlannedKind, WorkPlan } from "../model/plan.ts";
import type { Rule, TargetManifest, WayOut } from "../model/rule.ts";
import { shortHash } from "../model/shortHash.ts";
import { EVIDENCE_LEVELS, type EvidenceLevel, VERDICTS, type Verdict } from "../model/vocabulary.ts";
import { forGoal, isOpen, isOptional, type Placement, placeOf } from "./cause.ts";
import { kernelFinder } from "./kernels.ts";
import { withOrder } from "./order.ts";
import { runningPort } from "./running.ts";
import { inferStrategy, resolveWorkload } from "./strategy.ts";
import { lookWording, optionalWording, TRAINING_CAUSE, trainingTitle, wordingOf } from "./wording.ts";

interface Group {
  readonly placement: Placement;
  readonly findings: Finding[];
}

const INFERENCE_ONLY: WayOut = { title: "Run inference here and train elsewhere", price: "none" };

const GO_WITHOUT: WayOut = { title: "Go without it, as the code does where its import fails", price: "check" };

function grouped(findings: readonly Finding[], options: EstimateOptions): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    if (!isOpen(finding)) continue;
    const placement = placeOf(finding, options.tests ?? "separate");
    const known = groups.get(placement.key);
    if (known) known.findings.push(finding);
    else groups.set(placement.key, { placement, findings: [finding] });
  }
  // Kernel items come first: what they write is not written again on the way out of a blocker.
  const rank = ({ placement }: Group) => (placement.kind === "kernel" ? 0 : 1);
  return withStrays([...groups.values()]).sort(
    (a, b) => rank(a) - rank(b) || (a.placement.key < b.placement.key ? -1 : 1),
  );
}

/** Device code beside the kernels of a file is written with them, whatever cause it has of its own. */
function withStrays(groups: readonly Group[]): Group[] {
  const homes = new Map<string, Group>();
  const placeOfCode = ({ findings: [first] }: Group) => `${first?.usage.path}\0${first?.verdict}`;
  const isHome = ({ placement, findings }: Group) =>
    placement.kind === "kernel" && findings.some(({ usage }) => usage.kind === "kernel");
  for (const group of groups) {
    const place = placeOfCode(group);
    const rival = homes.get(place);
    if (isHome(group) && (!rival || group.placement.key < rival.placement.key)) homes.set(place, group);
  }
  return groups.filter((group) => {
    const home = group.placement.kind === "kernel" && !isHome(group) ? homes.get(placeOfCode(group)) : undefined;
    home?.findings.push(...group.findings);
    return !home;
  });
}

/**
 * Per file: distinct symbols and occurrences of those findings that count. Files in order of first appearance (the
 * inventory's order).
 */
export function partsOf(
  findings: readonly Finding[],
  slocOf: (path: string) => number,
  counts: (finding: Finding) => boolean = () => true,
): FilePart[] {
  const byPath = new Map<string, { component: string; symbols: Set<string>; occurrences: number }>();
  for (const finding of findings) {
    const { usage } = finding;
    let part = byPath.get(usage.path);
    if (!part) {
      part = { component: usage.test ? "tests" : usage.component, symbols: new Set(), occurrences: 0 };
      byPath.set(usage.path, part);
    }
    if (!counts(finding)) continue;
    part.symbols.add(usage.symbol);
    part.occurrences += 1;
  }
  return [...byPath].map(([path, { component, symbols, occurrences }]) => ({
    path,
    component,
    apis: symbols.size,
    occurrences,
    sloc: slocOf(path),
  }));
}

function weakest(findings: readonly Finding[]): EvidenceLevel {
  let worst = 0;
  for (const finding of findings) {
    const level = finding.rule ? bestEvidence(finding.rule.evidence) : null;
    worst = Math.max(worst, EVIDENCE_LEVELS.indexOf(level ?? "inferred"));
  }
  return EVIDENCE_LEVELS[worst] ?? "inferred";
}

function rulesOf({ rule, beside = [] }: Finding): Rule[] {
  return rule ? [rule, ...beside] : [];
}

function worstVerdict(findings: readonly Finding[]): Verdict {
  const worst = findings.reduce((most, { verdict }) => Math.max(most, VERDICTS.indexOf(verdict)), 0);
  return VERDICTS[worst] ?? "unknown";
}

function waysOutOf(placement: Placement, findings: readonly Finding[], options: EstimateOptions): WayOut[] {
  if (placement.kind === "free") return [{ title: "Leave it to the third party", price: "none" }];
  const byTitle = new Map<string, WayOut>();
  if (placement.cause === TRAINING_CAUSE && !options.manifest.trains && options.workload !== "training") {
    byTitle.set(INFERENCE_ONLY.title, INFERENCE_ONLY);
  }
  if (findings.every(isOptional)) byTitle.set(GO_WITHOUT.title, GO_WITHOUT);
  for (const finding of findings) {
    for (const way of finding.rule?.waysOut ?? []) byTitle.set(way.title, way);
  }
  return [...byTitle.values()];
}

/** Test code on a row of its own, unless it counts as any other. */
function rowsFor(parts: readonly FilePart[], summaries: ReadonlyMap<string, FileSummary>, options: EstimateOptions) {
  if (options.tests !== "include") return parts;
  return parts.map((part) => ({ ...part, component: summaries.get(part.path)?.component ?? part.component }));
}

function idOf(options: EstimateOptions, key: string): string {
  return `w${shortHash(`${options.target.id}\0${options.target.variant}\0${key}`)}`.slice(0, 12);
}

/** The manifest as the chosen variant has it. */
function manifestOf({ manifest, target }: EstimateOptions): TargetManifest {
  const variant = manifest.variants.find(({ id }) => id === target.variant);
  return { ...manifest, unit: variant?.unit ?? manifest.unit, trains: variant?.trains ?? manifest.trains };
}

/**
 * Work items of one target. Every finding that is neither `native` nor `drop` is in exactly one;
 * vendored code stands in items that cost nothing.
 */
export function planWork(found: readonly Finding[], inventory: Inventory, asked: EstimateOptions): WorkPlan {
  const findings = forGoal(found, asked.goal);
  const { target } = asked;
  const manifest = manifestOf(asked);
  const { unit } = manifest;
  const options = { ...asked, manifest };
  const summaries = new Map(inventory.files.map((file) => [file.path, file]));
  const slocOf = (path: string) => summaries.get(path)?.sloc ?? 0;
  const running = asked.strategy === undefined ? runningPort(findings, inventory, manifest) : undefined;
  const kernelsOf = kernelFinder(inventory.kernels);
  const targetName = `${manifest.name} (${target.variant})`;

  const items = grouped(findings, options).map(({ placement, findings: own }): PlannedItem => {
    const { kind, cause, key } = placement;
    const verdict = worstVerdict(own);
    const ported = wordingOf(kind, cause, own, manifest, targetName);
    const looked = kind !== "free" && own.every(({ usage }) => running?.covers(usage.path));
    return {
      id: idOf(options, key),
      kind,
      cause,
      category: categoryOf(kind, own),
      ...(looked ? lookWording(ported, targetName) : own.every(isOptional) ? optionalWording(ported) : ported),
      verdict,
      rules: [...new Set(own.flatMap(rulesOf).map(({ id }) => id))].sort(),
      findings: own,
      files: rowsFor(partsOf(own, slocOf), summaries, options),
      kernels: kind === "kernel" || verdict === "blocked" ? kernelsOf(own, kind !== "kernel") : [],
      after: [],
      evidence: weakest(own),
      silentRisk: own.some((finding) => finding.silentRisk),
      waysOut: verdict === "blocked" ? waysOutOf(placement, own, options) : [],
    };
  });

  const counted = findings.filter(({ usage }) => !usage.vendored && !(usage.test && options.tests === "exclude"));
  const gpuParts = rowsFor(partsOf(counted, slocOf, isBroughtUpAnew), summaries, options).filter(
    (part) => summaries.get(part.path)?.gpu,
  );
  // Where sources are compiled for the target, Python is run but not brought up.
  const isBroughtUp = ({ path }: FilePart) => unit !== "source" || COMPILED.has(summaries.get(path)?.language ?? "");
  const runs = ({ path }: FilePart) => running?.covers(path) === true;
  const broughtUp = gpuParts.filter(isBroughtUp).map((part) => (runs(part) ? { ...part, apis: 0 } : part));
  const ksloc = (parts: readonly FilePart[]) => parts.reduce((sum, part) => sum + part.sloc, 0) / 1000;
  const buildParts = rowsFor(
    partsOf(
      counted.filter(({ usage }) => BUILD_KINDS.has(usage.kind) && !usage.test),
      slocOf,
    ),
    summaries,
    options,
  );
  const project = projectItems({ broughtUp, counted, unit, options, targetName });
  const all = [...items, ...project];
  const training = trainingBlocker(inventory, all, options);
  return {
    unit,
    strategy: options.strategy ?? inferStrategy(inventory, unit),
    workload: resolveWorkload(options.workload, inventory, manifest.trains),
    openKsloc: ksloc(broughtUp.filter((part) => part.apis > 0)),
    readyKsloc: ksloc(broughtUp.filter((part) => part.apis === 0)),
    buildFiles: buildParts.filter((part) => !runs(part)).length,
    readyBuildFiles: buildParts.filter(runs).length,
    ...(running ? { running } : {}),
    hasTests:
      inventory.files.some((file) => file.test) || inventory.signals.some((signal) => signal.name === "test-suite"),
    items: withOrder(training ? [...all, training] : all),
  };
}

/** Device code is compiled and reviewed for the target even where every name in it stays. */
function isBroughtUpAnew(finding: Finding): boolean {
  return isOpen(finding) || (finding.usage.kind === "kernel" && finding.usage.guard === undefined);
}

/** Languages that a compiler of the target reads. */
const COMPILED: ReadonlySet<string> = new Set(["cuda", "cpp", "hip"]);
/** What is built and installed; environments and tools are edits, not places to bring up. */
const BUILD_KINDS = new Set(["build", "package"]);

function categoryOf(kind: PlannedKind, findings: readonly Finding[]): string {
  if (kind === "mechanical") return "mechanical";
  if (kind === "kernel") return "kernels";
  if (kind === "free") return "not counted";
  const [first] = findings;
  return first?.rule?.category ?? first?.usage.family ?? "project";
}

interface ProjectContext {
  /** Files that are compiled for the target; `apis` counts their open symbols. */
  readonly broughtUp: readonly FilePart[];
  readonly counted: readonly Finding[];
  readonly unit: WorkPlan["unit"];
  readonly options: EstimateOptions;
  readonly targetName: string;
}

/** Items that belong to no usage: bring-up, repair of converted code, validation, tuning. */
function projectItems({ broughtUp, counted, unit, options, targetName }: ProjectContext): PlannedItem[] {
  if (counted.length === 0) return [];
  const kinds: PlannedKind[] = ["build"];
  if (unit === "source" && broughtUp.length > 0) kinds.push("repair");
  kinds.push("validation");
  if (options.goal !== "functional") kinds.push("tuning");
  return kinds.map((kind) => ({
    id: idOf(options, `project\0${kind}`),
    kind,
    cause: kind,
    category: kind === "repair" ? "repair" : "project",
    ...wordingOf(kind, kind, [], options.manifest, targetName),
    verdict: "adapt",
    rules: [],
    findings: [],
    files: kind === "repair" ? broughtUp : [],
    kernels: [],
    after: [],
    evidence: "inferred",
    silentRisk: false,
    waysOut: [],
  }));
}

/** Training code on a target that cannot train is a blocker even when no rule names the call. */
function trainingBlocker(
  inventory: Inventory,
  items: readonly PlannedItem[],
  options: EstimateOptions,
): PlannedItem | undefined {
  const asked = options.workload === "training";
  const found = inventory.signals.some((signal) => signal.name === "training-loop");
  if (options.manifest.trains || !(asked || found)) return undefined;
  if (items.some((item) => item.cause === TRAINING_CAUSE && item.verdict === "blocked")) return undefined;
  return {
    id: idOf(options, TRAINING_CAUSE),
    kind: "usages",
    cause: TRAINING_CAUSE,
    category: TRAINING_CAUSE,
    title: trainingTitle(options.manifest),
    verdict: "blocked",
    rules: [],
    findings: [],
    files: [],
    kernels: [],
    after: [],
    doneWhen: "training stays where it is and its checkpoints load here",
    settle: `ask ${options.manifest.vendor} for a training path`,
    evidence: "documented",
    silentRisk: false,
    waysOut: asked ? [] : [INFERENCE_ONLY],
  };
}
