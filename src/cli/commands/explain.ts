/** `portgauge explain X`: a symbol, a rule, a work item, a total, or a place in the code. */
import { existsSync, readFileSync } from "node:fs";
import { languageOf } from "../../discover/language.ts";
import { explainTotal, explainWorkItem } from "../../estimate/explain.ts";
import {
  answerEvidence,
  answerOf,
  type ExplainedTarget,
  type Explanation,
  explainOn,
  NO_RULE,
} from "../../explain/explainSymbol.ts";
import { type KnownName, lookUp, suggestions } from "../../explain/lookUp.ts";
import { explanationText } from "../../explain/text.ts";
import { formOf } from "../../match/select.ts";
import type { Usage } from "../../model/inventory.ts";
import type { Report, TargetReport, WorkItem } from "../../model/report.ts";
import type { Rule, RuleSet } from "../../model/rule.ts";
import type { ResolvedTarget } from "../../model/target.ts";
import { UserError } from "../../model/userError.ts";
import { type Knowledge, scan, takeProject } from "../../pipeline.ts";
import { EXIT } from "../exit.ts";
import { inspectorFor } from "../inspector.ts";
import { shippedKnowledge } from "../knowledge.ts";
import type { AssessFlags } from "../scanOptions.ts";
import { assessSettings, configFor, projectSettings, ruleFolders } from "../settings.ts";

export interface ExplainFlags extends AssessFlags {
  readonly json?: boolean;
  readonly report?: string;
}

interface Answer {
  readonly explanation: Explanation;
  readonly text: string;
}

const NO_CACHE = { cache: false } as const;
const RULE_ID = /^(?:hip|tt-metalium|groq|cerebras|rebellions):\S+$/;
const WORK_ITEM_ID = /^w[a-z0-9]{6,11}$/;
const PLACE = /^(.+):(\d+)$/;

/** Prints the answer; returns the exit code: 2 for a name that nothing knows. */
export async function runExplain(query: string, flags: ExplainFlags): Promise<number> {
  const knowledge = await shippedKnowledge(ruleFolders(flags, await configFor(["."], undefined)));
  const answer = await answerTo(query, flags, knowledge);
  if (!answer) return sayUnknown(query, flags, knowledge);
  process.stdout.write(flags.json ? `${JSON.stringify(answer.explanation, null, 2)}\n` : answer.text);
  return EXIT.finished;
}

async function answerTo(query: string, flags: ExplainFlags, knowledge: Knowledge): Promise<Answer | undefined> {
  const total = /^total(?::(.+))?$/.exec(query);
  if (total) return explainTotals(total[1], flags, knowledge);
  const place = PLACE.exec(query);
  if (place && existsSync(place[1] as string))
    return explainPlace(place[1] as string, Number(place[2]), flags, knowledge);
  if (place && languageOf(place[1] as string)) throw new UserError(`no such file: ${place[1]}`);
  const targets = await targetsOf(flags);
  const name = lookUp(query, knowledge.catalog, ruleSetsOf(targets, knowledge));
  if (name) return explainName(query, name, targets, knowledge);
  if (RULE_ID.test(query)) return explainRule(query, targets, knowledge);
  if (WORK_ITEM_ID.test(query)) return explainItem(query, flags, knowledge);
  return undefined;
}

async function targetsOf(flags: ExplainFlags): Promise<ResolvedTarget[]> {
  return assessSettings(flags, await configFor(["."], undefined)).targets.map(({ target }) => target);
}

function ruleSetsOf(targets: readonly ResolvedTarget[], knowledge: Knowledge) {
  return [...new Set(targets.map(({ id }) => id))].map(knowledge.ruleSetOf);
}

/** Targets by id; the same target in two variants by its whole key. */
function keyOf(target: ResolvedTarget, targets: readonly ResolvedTarget[]): string {
  return targets.filter(({ id }) => id === target.id).length > 1 ? target.key : target.id;
}

function explainName(query: string, name: KnownName, targets: readonly ResolvedTarget[], knowledge: Knowledge): Answer {
  const explanation: Explanation = {
    query,
    kind: "symbol",
    symbol: name.symbol,
    family: name.family,
    targets: answersFor(name, undefined, targets, knowledge),
  };
  return { explanation, text: explanationText(explanation) };
}

function answersFor(
  name: KnownName,
  facts: Usage["facts"],
  targets: readonly ResolvedTarget[],
  knowledge: Knowledge,
): Record<string, ExplainedTarget> {
  const canonicalOf = (symbol: string) => knowledge.catalog.operators.get(symbol);
  return Object.fromEntries(
    targets.map((target) => [
      keyOf(target, targets),
      explainOn(name, facts, knowledge.ruleSetOf(target.id), target, canonicalOf),
    ]),
  );
}

function ruleNamed(id: string, target: string, ruleSet: RuleSet): Rule | undefined {
  return ruleSet.rules.find((candidate) => candidate.id === id) ?? ruleSet.symbolRule(id.slice(target.length + 1));
}

function explainRule(id: string, targets: readonly ResolvedTarget[], knowledge: Knowledge): Answer | undefined {
  const target = id.slice(0, id.indexOf(":"));
  const ruleSet = knowledge.ruleSetOf(target);
  const rule = ruleNamed(id, target, ruleSet);
  if (!rule) return undefined;
  const key = targets.find((candidate) => candidate.id === target);
  const explanation: Explanation = {
    query: id,
    kind: "rule",
    symbol: rule.match.length === 1 ? (rule.match[0] ?? null) : null,
    family: null,
    targets: { [key?.id ?? target]: { ...answerOf(rule), otherwise: [] } },
  };
  return { explanation, text: `matches ${rule.match.join(", ")}\n${explanationText(explanation)}` };
}

/** All usages at a place of one file, scanned on its own. */
async function explainPlace(path: string, line: number, flags: ExplainFlags, knowledge: Knowledge): Promise<Answer> {
  const config = await configFor([path], undefined);
  const inventory = await takeProject(
    projectSettings([path], NO_CACHE, config),
    inspectorFor([path], NO_CACHE, knowledge),
  );
  const usages = inventory.usages.filter((usage) => usage.line === line);
  const [first] = usages;
  if (!first) throw new UserError(`${path}:${line}: nothing of NVIDIA's stack is used on this line`);
  const targets = await targetsOf(flags);
  const explained = usages.map((usage): Explanation => {
    const operator = formOf(usage.facts);
    return {
      query: `${path}:${line}`,
      kind: "location",
      symbol: usage.symbol,
      family: usage.family,
      ...(operator === undefined ? {} : { operator }),
      targets: answersFor(usage, usage.facts, targets, knowledge),
    };
  });
  const [main, ...others] = explained as [Explanation, ...Explanation[]];
  return { explanation: { ...main, others }, text: explained.map(explanationText).join("\n") };
}

/** The report to explain: a saved one, else a scan of the current folder. */
async function reportFor(flags: ExplainFlags, knowledge: Knowledge): Promise<Report> {
  if (flags.report !== undefined) return readReport(flags.report);
  const config = await configFor(["."], undefined);
  return scan(
    {
      root: ".",
      revision: null,
      ...projectSettings(["."], NO_CACHE, config),
      assess: assessSettings(flags, config),
    },
    knowledge,
    inspectorFor(["."], { cache: true }, knowledge),
  );
}

function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Report;
  } catch (error) {
    throw new UserError(
      `${file} is not a saved report: ${(error as Error).message}`,
      "portgauge scan --format json=FILE writes one",
    );
  }
}

/** Days and sums as the report has them, beside the verdict and what it rests on. */
function itemExplanation(
  query: string,
  targets: Readonly<Record<string, ExplainedTarget>>,
  figures: Pick<Explanation, "workItem" | "totals">,
): Explanation {
  return { query, kind: "work-item", symbol: null, family: null, targets, ...figures };
}

/** The answers of all the item's rules in one. */
function itemAnswer(item: WorkItem, { id, blockers }: TargetReport, knowledge: Knowledge): ExplainedTarget {
  const ruleSet = knowledge.ruleSetOf(id);
  const ways = blockers.find((blocker) => blocker.id === item.id)?.waysOut ?? [];
  const rules = item.rules.flatMap((rule) => ruleNamed(rule, id, ruleSet) ?? []);
  const deciding = rules.filter(({ beside }) => !beside);
  const only = deciding.length === 1 ? deciding[0] : undefined;
  return {
    ...(only ? answerOf(only) : NO_RULE),
    verdict: item.verdict,
    silentRisk: item.silentRisk,
    why: only?.why ?? item.title,
    waysOut: ways.map(({ title, p50 }) => `${title} (${p50 === null ? "no price" : `${p50} d`})`),
    evidence: answerEvidence(rules),
    otherwise: [],
  };
}

async function explainItem(id: string, flags: ExplainFlags, knowledge: Knowledge): Promise<Answer | undefined> {
  const report = await reportFor(flags, knowledge);
  for (const target of report.targets) {
    const item = target.workItems.find((candidate) => candidate.id === id);
    if (!item) continue;
    const answer = itemAnswer(item, target, knowledge);
    return {
      explanation: itemExplanation(id, { [target.id]: answer }, { workItem: item }),
      text: `${explainWorkItem(item).join("\n")}\n`,
    };
  }
  return undefined;
}

async function explainTotals(target: string | undefined, flags: ExplainFlags, knowledge: Knowledge): Promise<Answer> {
  const report = await reportFor(target === undefined ? flags : { ...flags, target: [target] }, knowledge);
  const wanted = report.targets.filter(({ id }) => target === undefined || id === target.split(/[@:]/)[0]);
  const text = wanted.map((each) => explainTotal(each).join("\n")).join("\n\n");
  const totals = wanted.map(({ id, version, variant, effort, effortWithoutBlocked }) => ({
    id,
    version,
    variant,
    effort,
    effortWithoutBlocked,
  }));
  const query = `total${target === undefined ? "" : `:${target}`}`;
  return { explanation: itemExplanation(query, {}, { totals }), text: `${text}\n` };
}

async function sayUnknown(query: string, flags: ExplainFlags, knowledge: Knowledge): Promise<number> {
  const near = suggestions(query, knowledge.catalog, ruleSetsOf(await targetsOf(flags), knowledge));
  if (flags.json) {
    const explanation: Explanation = {
      query,
      kind: "symbol",
      symbol: null,
      family: null,
      targets: {},
      suggestions: near,
    };
    process.stdout.write(`${JSON.stringify(explanation, null, 2)}\n`);
  }
  throw new UserError(
    `nothing knows "${query}".${near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : ""}`,
    "explain takes a symbol (cudaMallocAsync, torch.cuda.graph, aten::scatter_add, ptx:mma.sync), a rule id, a work-item id, total:TARGET or path:line",
  );
}
