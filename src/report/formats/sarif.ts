/** SARIF 2.1.0: one run, most urgent results first, so that a service that cuts keeps what matters. */
import type { Report } from "../../model/report.ts";
import type { Rule } from "../../model/rule.ts";
import type { Format, FormatOptions } from "./format.ts";
import { CONCERNS, type Concern, concernOf, type Judged, judgedUsages, repositoryPath } from "./judged.ts";
import { visible } from "./visible.ts";
import { inDays, inRange, keyOf, plural } from "./words.ts";

export const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/** Code-scanning services cut or refuse above this. */
export const MOST_RESULTS = 5000;
const LEVELS: Readonly<Record<Concern, string>> = {
  blocked: "error",
  silent: "warning",
  work: "warning",
  unknown: "note",
};

interface Listed extends Judged {
  readonly concern: Concern;
}

/** The most urgent results, target by target within a concern. */
function listed(report: Report): Listed[] {
  const results: Listed[] = [];
  for (const concern of CONCERNS) {
    for (const target of report.targets) {
      if (results.length >= MOST_RESULTS) return results.slice(0, MOST_RESULTS);
      for (const judged of judgedUsages(report, target, (finding) => concernOf(finding) === concern)) {
        if (!judged.usage.vendored) results.push({ ...judged, concern });
      }
    }
  }
  return results.slice(0, MOST_RESULTS);
}

/** How many results there are, listed or not. */
function countAll(report: Report): number {
  const vendored = new Set(report.usages.filter((usage) => usage.vendored).map(({ id }) => id));
  const concerned = report.targets.flatMap(({ findings }) => findings.filter((one) => concernOf(one) !== undefined));
  return concerned.reduce((sum, { usages }) => sum + usages.filter((id) => !vendored.has(id)).length, 0);
}

/** Usages without a rule share one rule per target. */
function ruleIdOf({ finding, target }: Judged): string {
  return finding.rule ?? `${target.id}:no-rule`;
}

export function uriOf(path: string): string {
  return path
    .replace(/\p{Cs}/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
}

function locationOf(options: FormatOptions, path: string, region: object | undefined): object {
  const artifactLocation = { uri: uriOf(repositoryPath(options, path)), uriBaseId: "%SRCROOT%" };
  return { physicalLocation: { artifactLocation, ...(region ? { region } : {}) } };
}

/** What a rule says beyond the result: why, risk, replacement, ways out, evidence. */
function helpLines(rule: Rule | undefined, { finding, target }: Judged): string[] {
  const where = keyOf(target);
  if (finding.rule === null) return [`No rule says what becomes of this on ${where}. Unknown is priced as a guess.`];
  if (!rule) return [`Verdict on ${where}: ${finding.verdict}. portgauge explain ${visible(finding.rule)} says why.`];
  return [
    `Verdict on ${where}: ${rule.verdict}.`,
    ...(rule.why ? [rule.why] : []),
    ...(rule.silentRisk ? [`Silent risk: ${rule.silentRisk}`] : []),
    ...(rule.replacement ? [`Replacement: ${rule.replacement}`] : []),
    ...(rule.waysOut ?? []).map((way) => `Way out: ${way.title}`),
    ...rule.evidence.map(({ level, source, asOf }) => `Evidence (${level}, ${asOf}): ${source}`),
  ].map(visible);
}

/** Markdown lists of text that is not ours: nothing in it may become markup. */
export function inMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|#~&!]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Plain text of a message: SARIF takes `[text](target)` in it for a link. */
function plainText(text: string): string {
  return visible(text).replaceAll("](", "] (");
}

/** Without the full stop, to go on in a sentence of ours. */
function unstopped(text: string): string {
  return text.replace(/\.$/, "");
}

function descriptorOf(judged: Listed, { ruleOf }: FormatOptions): object {
  const { finding, target, concern } = judged;
  const rule = finding.rule === null ? undefined : ruleOf?.(finding.rule);
  const lines = helpLines(rule, judged);
  const id = ruleIdOf(judged);
  const title =
    finding.rule === null ? "No rule says what becomes of this" : (rule?.title ?? `${id}: ${finding.verdict}`);
  const tags = ["portgauge", target.id, finding.verdict, ...(finding.evidence ? [finding.evidence] : [])];
  return {
    id,
    shortDescription: { text: plainText(title) },
    fullDescription: { text: plainText(lines.slice(0, 2).join(" ")) },
    help: { text: lines.map(plainText).join("\n"), markdown: lines.map((line) => `- ${inMarkdown(line)}`).join("\n") },
    defaultConfiguration: { level: LEVELS[concern] },
    properties: { tags: finding.silentRisk ? [...tags, "silent-risk"] : tags },
  };
}

function messageOf({ finding, target, item }: Listed, rule: Rule | undefined): string {
  const what = rule?.silentRisk ? `: ${unstopped(rule.silentRisk)}` : "";
  const risk = finding.silentRisk ? `, silent risk${what}` : "";
  const work = item ? ` Work item ${item.id}: ${item.title}, ${inDays(item.p50)} (${inRange(item)}).` : "";
  const instead = rule?.replacement ? ` Instead: ${unstopped(rule.replacement)}.` : "";
  return plainText(`${finding.symbol} on ${keyOf(target)}: ${finding.verdict}${risk}.${instead}${work}`);
}

function resultOf(judged: Listed, ruleIndex: number, options: FormatOptions): object {
  const { usage, finding, target, item, concern } = judged;
  const rule = finding.rule === null ? undefined : options.ruleOf?.(finding.rule);
  return {
    ruleId: ruleIdOf(judged),
    ruleIndex,
    level: LEVELS[concern],
    message: { text: messageOf(judged, rule) },
    locations: [locationOf(options, usage.path, { startLine: usage.line, startColumn: usage.column })],
    partialFingerprints: { "portgaugeUsage/v1": `${usage.id}:${target.id}:${target.variant}` },
    properties: {
      target: keyOf(target),
      verdict: finding.verdict,
      evidence: finding.evidence,
      ...(item ? { workItem: item.id } : {}),
    },
  };
}

/** What could not be read, and what is not listed here. */
function notifications(report: Report, left: number, options: FormatOptions): object[] {
  const unread = report.coverage.diagnostics.map(({ path, line, code, message }) => ({
    level: "warning",
    descriptor: { id: code },
    message: { text: plainText(message) },
    locations: [locationOf(options, path, line === undefined ? undefined : { startLine: line })],
  }));
  const cut = {
    level: "note",
    descriptor: { id: "cut" },
    message: { text: `${plural(left, "less urgent result")} not listed` },
  };
  const incomplete = {
    level: "error",
    descriptor: { id: "incomplete" },
    message: { text: "Not everything could be read: what was not seen is neither in the results nor in the days" },
  };
  return [...(report.complete ? [] : [incomplete]), ...unread, ...(left > 0 ? [cut] : [])];
}

/** `native`, `rename` and `drop` need no attention and are not listed, unless they run at silent risk. */
export const sarif: Format = (report, options) => {
  const results = listed(report);
  const firstOfRule = new Map<string, Listed>();
  for (const judged of results) {
    if (!firstOfRule.has(ruleIdOf(judged))) firstOfRule.set(ruleIdOf(judged), judged);
  }
  const ruleIds = new Map([...firstOfRule.keys()].map((id, index) => [id, index]));
  const { name, version, ruleset } = report.tool;
  const run = {
    tool: {
      driver: {
        name,
        version,
        semanticVersion: version,
        rules: [...firstOfRule.values()].map((judged) => descriptorOf(judged, options)),
        properties: { ruleset },
      },
    },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { "%SRCROOT%": { description: { text: "Root of the repository" } } },
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: notifications(report, countAll(report) - results.length, options),
      },
    ],
    results: results.map((judged) => resultOf(judged, ruleIds.get(ruleIdOf(judged)) ?? -1, options)),
    properties: { complete: report.complete, revision: report.revision },
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2)}\n`;
};
