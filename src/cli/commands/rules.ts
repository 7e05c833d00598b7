/** `portgauge rules list|check|coverage`: the rule tables themselves. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { coverageOf, type FamilyCoverage } from "../../lint/coverage.ts";
import { type LintFinding, lintRules } from "../../lint/lintRules.ts";
import { runExamples } from "../../lint/runExamples.ts";
import { type StaleSource, staleSources } from "../../lint/stale.ts";
import type { Rule, RuleSetData } from "../../model/rule.ts";
import { UserError } from "../../model/userError.ts";
import { EVIDENCE_LEVELS, VERDICTS } from "../../model/vocabulary.ts";
import { checkRuleFolder } from "../../rules/checkFolder.ts";
import { loadRuleSetData } from "../../rules/load.ts";
import { buildRuleSet } from "../../rules/ruleSet.ts";
import { loadUserRules } from "../../rules/userRules.ts";
import { EXIT, say } from "../exit.ts";
import { knowledgeWith, shippedManifests } from "../knowledge.ts";
import { resolveTargets } from "../targets.ts";

export interface RulesFlags {
  readonly target?: readonly string[];
  readonly rules?: readonly string[];
  readonly why?: boolean;
  readonly stale?: string;
  readonly json?: boolean;
}

const SHIPPED = fileURLToPath(new URL("../../../rules/", import.meta.url));

/** Rule sets as asked for: shipped ones with the user's laid over, of the chosen targets. */
function chosen(flags: RulesFlags) {
  const knowledge = knowledgeWith();
  const manifests = shippedManifests();
  const targets = resolveTargets(flags.target ?? [...manifests.keys()], manifests);
  const own = flags.rules?.length ? loadUserRules(flags.rules, [...manifests.keys()]) : undefined;
  return targets.map((target) => {
    const shipped = loadRuleSetData(target.id);
    const data: RuleSetData = { ...shipped, rules: [...shipped.rules, ...(own?.get(target.id) ?? [])] };
    return { target, data, own: own?.get(target.id) ?? [], catalog: knowledge.catalog };
  });
}

export function runRulesList(flags: RulesFlags): number {
  const sets = chosen(flags);
  const rules = sets.flatMap(({ data }) => data.rules);
  if (flags.json) {
    process.stdout.write(`${JSON.stringify(rules, null, 2)}\n`);
    return EXIT.finished;
  }
  const lines = rules.map((rule) => ruleLine(rule, flags.why ?? false));
  const rows = sets.map(({ target, data }) => {
    const count = data.tables.reduce((sum, table) => sum + table.rows.split("\n").length, 0);
    return `${target.id}: ${data.rules.length} rules, ${count} imported symbol rows (portgauge explain SYMBOL shows one)`;
  });
  process.stdout.write(`${[...lines, "", ...rows].join("\n")}\n`);
  return EXIT.finished;
}

function ruleLine(rule: Rule, why: boolean): string {
  const { id, verdict, match, evidence, overlay, file = "" } = rule;
  const level = evidence[0]?.level ?? "no evidence";
  const origin = overlay ? `${file} (yours)` : file;
  const head = `${id}\t${verdict}${rule.silentRisk ? " (silent risk)" : ""}\t${level}\t${match.join(" ")}`;
  return why ? `${head}\n\t${origin}${rule.why ? `: ${rule.why}` : ""}` : head;
}

/** `180d` before today, as an ISO date. */
function staleBefore(age: string | undefined): string | undefined {
  if (age === undefined) return undefined;
  const days = /^(\d+)d$/.exec(age)?.[1];
  if (days === undefined) throw new UserError(`--stale takes a number of days such as 180d, not "${age}"`);
  return new Date(Date.now() - Number(days) * 86_400_000).toISOString().slice(0, 10);
}

/** Lints shipped and user rules alike and runs their examples; exit 2 when something is wrong. */
export function runRulesCheck(dirs: readonly string[], flags: RulesFlags): number {
  const stale = staleBefore(flags.stale);
  const shapes = dirs.length === 0 && existsSync(SHIPPED) ? checkRuleFolder(SHIPPED) : [];
  const sets = chosen({ ...flags, rules: [...(flags.rules ?? []), ...dirs] });
  const findings = sets.flatMap(({ data, own, catalog }): LintFinding[] => {
    const all = [...lintRules(data, catalog), ...runExamples(buildRuleSet(data), catalog)];
    if (dirs.length === 0) return all;
    const ids = new Set(own.map(({ id }) => id));
    return all.filter(({ rule }) => ids.has(rule));
  });
  for (const problem of shapes) process.stdout.write(`${problem}\n`);
  for (const { rule, problem } of findings) process.stdout.write(`${rule}: ${problem}\n`);
  const aged = stale === undefined ? [] : sets.flatMap(({ data, own }) => agedSources(data, own, dirs, stale));
  for (const line of aged) process.stdout.write(`${line}\n`);
  const count = shapes.length + findings.length + aged.length;
  const examples = sets
    .flatMap(({ data }) => data.rules)
    .reduce((sum, { hit = [], miss = [] }) => sum + hit.length + miss.length, 0);
  say(
    `portgauge: ${sets.reduce((sum, { data }) => sum + data.rules.length, 0)} rules, ${examples} examples, ${count} problems`,
  );
  return count > 0 ? EXIT.usage : EXIT.finished;
}

/** One line for each upstream read before the date, oldest first; of a user's folder only the user's rules. */
function agedSources(data: RuleSetData, own: readonly Rule[], dirs: readonly string[], before: string): string[] {
  const judged = dirs.length > 0 ? { rules: own, tables: [] } : data;
  const line = ({ asOf, upstream, rules, rows }: StaleSource) =>
    `${data.manifest.id}: ${asOf} is older than ${before}: ${upstream}, on which ${rules} rules and ${rows} rows rest`;
  return staleSources(judged, before).map(line);
}

export function runRulesCoverage(flags: RulesFlags): number {
  const rows = chosen(flags).map(({ target, data, catalog }) => ({
    target,
    families: coverageOf(catalog, buildRuleSet(data), target),
  }));
  if (flags.json) {
    process.stdout.write(
      `${JSON.stringify(Object.fromEntries(rows.map(({ target, families }) => [target.key, families])), null, 2)}\n`,
    );
    return EXIT.finished;
  }
  process.stdout.write(`${rows.map(({ target, families }) => coverageText(target.key, families)).join("\n")}`);
  return EXIT.finished;
}

function coverageText(key: string, families: readonly FamilyCoverage[]): string {
  const head = [key.padEnd(24), "names", ...VERDICTS, "|", ...EVIDENCE_LEVELS];
  const rows = [...families, total(families)].map(({ family, names, verdicts, evidence }) => [
    family.padEnd(24),
    ...[names, ...VERDICTS.map((verdict) => verdicts[verdict])].map(String),
    "|",
    ...EVIDENCE_LEVELS.map((level) => String(evidence[level])),
  ]);
  const widths = head.map((cell) => Math.max(cell.length, 6));
  return `${[head, ...rows].map((row) => row.map((cell, i) => (i === 0 ? cell : cell.padStart(widths[i] ?? 0))).join(" ")).join("\n")}\n`;
}

function total(families: readonly FamilyCoverage[]): FamilyCoverage {
  const sum = <K extends string>(keys: readonly K[], of: (row: FamilyCoverage) => Readonly<Record<K, number>>) =>
    Object.fromEntries(keys.map((key) => [key, families.reduce((all, row) => all + of(row)[key], 0)])) as Record<
      K,
      number
    >;
  return {
    family: "all",
    names: families.reduce((all, { names }) => all + names, 0),
    verdicts: sum(VERDICTS, (row) => row.verdicts),
    evidence: sum(EVIDENCE_LEVELS, (row) => row.evidence),
  };
}
