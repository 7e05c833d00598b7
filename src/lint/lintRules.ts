/** What is wrong with a target's rules, beyond their shape: each finding names the rule and what to do. Pure. */
import type { Catalog } from "../model/catalog.ts";
import type { Evidence, Rule, RuleSetData } from "../model/rule.ts";
import { EVIDENCE_LEVELS, type EvidenceLevel, VERDICTS } from "../model/vocabulary.ts";
import { absenceProblems } from "./absence.ts";
import { isKnownPattern } from "./knownPattern.ts";

export interface LintFinding {
  readonly rule: string;
  readonly problem: string;
}

/** `owner/repo@commit:path[:line]`, several joined by `; `, or a dated address. */
const SOURCE = /^(?:[\w.-]+\/[\w.-]+@[0-9a-f]{6,40}(?::\S.*)?|https?:\/\/\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)+\/\S*)$/i;
const DOCUMENT = /\.(?:md|rst|html?)(?::\d+)?$/i;
const NEEDS_SOURCE = new Set(["tested", "implemented", "documented"]);
const DATE = /^\d{4}-\d{2}(?:-\d{2})?$/;

export function lintRules(data: RuleSetData, catalog: Catalog): LintFinding[] {
  return [
    ...data.rules.flatMap((rule) => lintRule(rule, data, catalog)),
    ...duplicates(data.rules),
    ...ties(data.rules),
    ...data.tables.flatMap((table) => lintTable(table, data.manifest.id)),
  ];
}

function lintRule(rule: Rule, data: RuleSetData, catalog: Catalog): LintFinding[] {
  const problems: string[] = [];
  const quiet = rule.verdict === "native" || rule.verdict === "rename";
  if (!quiet && !rule.why) problems.push(`verdict ${rule.verdict} needs a why`);
  if ((rule.hit ?? []).length === 0) problems.push("needs at least one hit example");
  if ((rule.miss ?? []).length === 0) problems.push("needs at least one miss example");
  if (rule.verdict === "blocked" && (rule.waysOut ?? []).length === 0)
    problems.push("a blocker needs ways out, priced or not");
  const variants = data.manifest.variants.map(({ id }) => id);
  for (const variant of rule.when?.variant ?? []) {
    if (!variants.includes(variant)) problems.push(`unknown variant ${variant}; known: ${variants.join(", ")}`);
  }
  for (const pattern of rule.match) {
    if (!isKnownPattern(pattern, catalog)) problems.push(`matches ${pattern}, which no catalog entry or family knows`);
  }
  problems.push(...rule.evidence.flatMap(evidenceProblems), ...absenceProblems(rule.why, rule.evidence));
  return problems.map((problem) => ({ rule: rule.id, problem }));
}

function evidenceProblems({ level, source, asOf }: Evidence): string[] {
  const problems: string[] = [];
  if (level === undefined) return [`evidence "${source}" is not among the file's or target's sources`];
  if (NEEDS_SOURCE.has(level) && !SOURCE.test(source)) {
    problems.push(`${level} evidence needs owner/repo@commit:path or an address, not "${source}"`);
  }
  if (level === "implemented" && DOCUMENT.test(source))
    problems.push(`${source} is a document: documented, not implemented`);
  if (/:undefined\b/.test(source)) problems.push(`evidence source "${source}" names no file`);
  if (!DATE.test(String(asOf))) problems.push(`evidence date "${asOf}" is not an ISO date`);
  return problems;
}

function duplicates(rules: readonly Rule[]): LintFinding[] {
  const seen = new Set<string>();
  return rules.flatMap(({ id }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ rule: id, problem: "the id is used twice" }];
  });
}

/** What must be equal for two rules to be equally specific for one pattern. */
function tieKey(rule: Rule, pattern: string): string {
  const kinds = rule.kinds ? [...rule.kinds].sort().join(",") : "";
  return JSON.stringify([
    pattern,
    kinds,
    Object.keys(rule.where ?? {}).length,
    rule.when ? 1 : 0,
    rule.overlay ?? false,
    rule.beside ?? false,
  ]);
}

function ties(rules: readonly Rule[]): LintFinding[] {
  const byKey = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const pattern of new Set(rule.match)) {
      const key = tieKey(rule, pattern);
      byKey.set(key, [...(byKey.get(key) ?? []), rule]);
    }
  }
  return [...byKey].flatMap(([key, rivals]) =>
    rivals.flatMap((rule, index) => {
      const rival = rivals.slice(0, index).find((other) => canBothHold(rule, other));
      const pattern = (JSON.parse(key) as string[])[0];
      return rival ? [{ rule: rule.id, problem: `ties with ${rival.id} on ${pattern}: add a condition` }] : [];
    }),
  );
}

function canBothHold(a: Rule, b: Rule): boolean {
  return conditionsMeet(a, b) && variantsMeet(a, b) && versionsMeet(a, b);
}

function conditionsMeet(a: Rule, b: Rule): boolean {
  return Object.entries(a.where ?? {}).every(([fact, condition]) => {
    const other = b.where?.[fact];
    // Conditions on different facts may both hold, but then the lists of facts differ: a real tie only by accident.
    if (other === undefined) return fact !== "features" && fact !== "archetype";
    return valuesOf(condition).some((value) => valuesOf(other).includes(value));
  });
}

function valuesOf(condition: NonNullable<Rule["where"]>[string]): string[] {
  if (Array.isArray(condition)) return condition.map(String);
  return [typeof condition === "object" ? JSON.stringify(condition) : String(condition)];
}

function variantsMeet(a: Rule, b: Rule): boolean {
  const [left, right] = [a.when?.variant, b.when?.variant];
  return !left || !right || left.some((variant) => right.includes(variant));
}

function versionsMeet(a: Rule, b: Rule): boolean {
  const [left, right] = [a.when?.version, b.when?.version];
  return left === right || left === undefined || right === undefined;
}

function lintTable(table: RuleSetData["tables"][number], target: string): LintFinding[] {
  const strongest = new Map<string, EvidenceLevel>();
  const rowProblems = table.rows.split("\n").flatMap((row) => {
    const [symbol = "", verdict = "", , , note = "", level = "", source = ""] = row.split("\t");
    const problems: string[] = [];
    if (!(VERDICTS as readonly string[]).includes(verdict)) problems.push(`unknown verdict "${verdict}"`);
    if (note !== "" && !table.notes[note]) problems.push(`note ${note} is not defined`);
    const said = source.split(",").flatMap((key) => {
      if (isLevel(level) && (!strongest.has(key) || NEEDS_SOURCE.has(level))) strongest.set(key, level);
      const known = table.sources[key];
      if (!known) problems.push(`source ${key} is not defined`);
      return known ?? [];
    });
    if (!isLevel(level)) problems.push(`unknown evidence level "${level}"`);
    else
      problems.push(
        ...absenceProblems(
          table.notes[note]?.why,
          said.map((entry) => ({ level, ...entry })),
        ),
      );
    return problems.map((problem) => ({ rule: `${target}:${symbol}`, problem }));
  });
  const sourceProblems = Object.entries(table.sources).flatMap(([key, source]) =>
    evidenceProblems({ level: strongest.get(key) ?? "inferred", ...source }).map((problem) => ({
      rule: `${target}:symbols/${table.family} source ${key}`,
      problem,
    })),
  );
  return [...sourceProblems, ...rowProblems];
}

function isLevel(level: string): level is EvidenceLevel {
  return (EVIDENCE_LEVELS as readonly string[]).includes(level);
}
