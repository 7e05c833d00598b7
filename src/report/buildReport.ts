/** Puts the stages' results into the JSON report's shape: sorting, counting and grouping happen here and nowhere else. */
import type { Estimate } from "../estimate/estimate.ts";
import { bestEvidence } from "../match/match.ts";
import type { Finding } from "../model/finding.ts";
import type { FileSummary, Inventory, Kernel, Usage } from "../model/inventory.ts";
import type { Report, TargetReport } from "../model/report.ts";
import type { TargetManifest, ToolchainRow } from "../model/rule.ts";
import type { ResolvedTarget } from "../model/target.ts";
import { LANGUAGES, VERDICTS, type Verdict } from "../model/vocabulary.ts";

/** What one target's stages have to say. */
export interface TargetResult {
  readonly target: ResolvedTarget;
  readonly manifest: TargetManifest;
  readonly findings: readonly Finding[];
  readonly estimate: Estimate;
  readonly runningPort: TargetReport["runningPort"];
}

/** One target's report. Its findings are not kept: five targets' at once would be most of the memory of a scan. */
export function reportTarget(
  { target, manifest, findings, estimate, runningPort }: TargetResult,
  models: ReadonlySet<string> = new Set(),
): TargetReport {
  return {
    id: target.id,
    variant: target.variant,
    version: target.version,
    strategy: estimate.strategy,
    workload: estimate.workload,
    goal: estimate.goal,
    verdicts: countVerdicts(findings),
    evidence: estimate.evidence,
    effort: estimate.effort,
    effortWithoutBlocked: estimate.effortWithoutBlocked,
    tail12Months: estimate.tail12Months,
    runningPort,
    blockers: estimate.blockers,
    workItems: estimate.workItems,
    findings: groupFindings(findings),
    hotspots: estimate.hotspots,
    drivers: estimate.drivers,
    toolchain: [...toolchainOf(manifest, target, findings), ...modelRows(manifest, target, models)],
    availability: manifest.availability.map(({ what, evidence }) => ({
      what,
      evidence: evidence.map(({ level, source, asOf }) => `${level}: ${source} (${asOf})`).join("; "),
    })),
    analogues: estimate.analogues,
  };
}

export interface ReportInput {
  readonly version: string;
  readonly ruleset: string;
  readonly root: string;
  readonly revision: string | null;
  readonly inventory: Inventory;
  readonly targets: readonly TargetReport[];
}

export function buildReport({ version, ruleset, root, revision, inventory, targets }: ReportInput): Report {
  return {
    schemaVersion: 1,
    tool: { name: "portgauge", version, ruleset },
    root,
    revision,
    complete: inventory.complete,
    coverage: coverageOf(inventory),
    usages: inventory.usages.map(reportedUsage),
    kernels: inventory.kernels.map(reportedKernel),
    targets: [...targets],
  };
}

function coverageOf({ files, skipped, diagnostics, unknownSymbols }: Inventory): Report["coverage"] {
  const count = (reader: FileSummary["reader"]) => files.filter((file) => file.reader === reader).length;
  return {
    files: {
      found: files.length + skipped.length,
      parsed: count("parsed"),
      lexed: count("lexed"),
      skipped: skipped.length,
    },
    bytes: sum(files, (file) => file.bytes),
    sloc: sum(files, (file) => file.sloc),
    gpuSloc: sum(files, (file) => (file.gpu ? file.sloc : 0)),
    languages: languagesOf(files),
    skipped: skipped.map(({ path, reason }) => ({ path, reason })),
    diagnostics: diagnostics.map(({ path, line, code, message }) => ({
      path,
      ...(line === undefined ? {} : { line }),
      code,
      message,
    })),
    unknownSymbols: unknownSymbols.map(({ symbol, family, occurrences }) => ({ symbol, family, occurrences })),
  };
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}

function languagesOf(files: readonly FileSummary[]): Report["coverage"]["languages"] {
  const languages: Report["coverage"]["languages"] = {};
  for (const language of LANGUAGES) {
    const own = files.filter((file) => file.language === language);
    if (own.length > 0) languages[language] = { files: own.length, sloc: sum(own, (file) => file.sloc) };
  }
  return languages;
}

/** `link` makes usages in the report's shape; only what the report does not say is taken off. */
function reportedUsage(usage: Usage): Report["usages"][number] {
  if (usage.unlisted === undefined) return usage as Report["usages"][number];
  const { unlisted: _, ...rest } = usage;
  return rest as Report["usages"][number];
}

function reportedKernel(kernel: Kernel): Report["kernels"][number] {
  const { id, name, path, line, endLine, sloc, features, archetype, complexity, launches, dialect, signals } = kernel;
  return {
    id,
    name,
    path,
    line,
    endLine,
    sloc,
    features: [...features],
    archetype,
    complexity,
    launches,
    dialect,
    signals: [...signals],
    component: kernel.component,
    ...(kernel.guard === undefined ? {} : { guard: kernel.guard }),
    ...(kernel.vendored ? { vendored: kernel.vendored } : {}),
    ...(kernel.test ? { test: kernel.test } : {}),
  };
}

function countVerdicts(findings: readonly Finding[]): TargetReport["verdicts"] {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const { verdict } of findings) counts[verdict] += 1;
  return counts;
}

type Group = TargetReport["findings"][number];

/** What a group is told apart by, beside its symbol. Verdict and evidence follow from the rule where there is one. */
function groupIn(groups: readonly Group[], { verdict, rule, evidence, silentRisk }: Finding): Group | undefined {
  const id = rule?.id ?? null;
  return groups.find(
    (group) =>
      group.rule === id && group.verdict === verdict && group.evidence === evidence && group.silentRisk === silentRisk,
  );
}

/** One row per combination of rule, symbol and verdict; every usage is in exactly one. */
function groupFindings(findings: readonly Finding[]): Group[] {
  const bySymbol = new Map<string, Group[]>();
  for (const finding of findings) {
    const { usage, verdict, rule, evidence, silentRisk } = finding;
    let groups = bySymbol.get(usage.symbol);
    if (!groups) bySymbol.set(usage.symbol, (groups = []));
    const known = groupIn(groups, finding);
    if (known) known.usages.push(usage.id);
    else
      groups.push({ rule: rule?.id ?? null, symbol: usage.symbol, verdict, evidence, silentRisk, usages: [usage.id] });
  }
  const keyOf = ({ symbol, rule, verdict, evidence, silentRisk }: Group) =>
    `${symbol}\0${rule ?? ""}\0${verdict}\0${evidence}\0${silentRisk}`;
  return [...bySymbol.values()]
    .flat()
    .map((group) => ({ group, key: keyOf(group) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ group }) => group);
}

/** A row of the toolchain is real for this code base when one of its symbols is used. */
function toolchainOf(
  manifest: TargetManifest,
  target: ResolvedTarget,
  findings: readonly Finding[],
): TargetReport["toolchain"] {
  const symbols = [...new Set(findings.map(({ usage }) => usage.symbol))].sort();
  return manifest.toolchain
    .filter((row) => !row.variants || row.variants.includes(target.variant))
    .map((row) => ({
      concern: row.concern,
      found: symbols.filter((symbol) => showsConcern(row, symbol)),
      answer: row.answer,
      verdict: row.verdict,
      evidence: bestEvidence(row.evidence),
    }));
}

const MODEL_SIGNAL = "model:";

/** Architectures that the project's own code names. */
export function modelsNamed({ signals, files }: Inventory): ReadonlySet<string> {
  const vendored = new Set(files.filter((file) => file.vendored).map((file) => file.path));
  return new Set(
    signals
      .filter(({ name, path }) => name.startsWith(MODEL_SIGNAL) && !vendored.has(path))
      .map(({ name }) => name.slice(MODEL_SIGNAL.length)),
  );
}

/** What is known of each architecture that the code names: a decision blocker beside the tools. */
function modelRows(
  manifest: TargetManifest,
  target: ResolvedTarget,
  models: ReadonlySet<string>,
): TargetReport["toolchain"] {
  return (manifest.models ?? [])
    .filter((known) => models.has(known.model) && (!known.variants || known.variants.includes(target.variant)))
    .map(({ model, status, verdict, evidence }) => ({
      concern: `model ${model}`,
      found: [model],
      answer: status,
      verdict,
      evidence: bestEvidence(evidence),
    }));
}

function showsConcern({ match }: ToolchainRow, symbol: string): boolean {
  return match.some((pattern) =>
    pattern.endsWith("*") ? symbol.startsWith(pattern.slice(0, -1)) : symbol === pattern,
  );
}
