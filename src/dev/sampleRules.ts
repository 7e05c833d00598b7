/**
 * Draws rules for an audit: the same share of every target, hand-written rules and imported rows in equal parts.
 *   npm run sample:rules -- --seed 20261124 --count 100
 * A rule's place in the draw is a digest of seed and id, so a later edit of other rules does not change who is drawn
 * beyond the places of the rules that came or went.
 */
import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import type { Evidence, Rule, RuleSetData } from "../model/rule.ts";
import { loadRuleSetData, rulesIndex } from "../rules/load.ts";
import { buildRuleSet } from "../rules/ruleSet.ts";

interface Drawn {
  readonly rule: Rule;
  /** `rule`: written by hand; `row`: a row of an imported table. */
  readonly origin: "rule" | "row";
}

/** Both strata of a target, each in the order of its tickets. */
function strataOf(data: RuleSetData, seed: string): readonly (readonly Drawn[])[] {
  const { symbolRule } = buildRuleSet(data);
  const rows = data.tables.flatMap(({ rows }) => rows.split("\n").flatMap((row) => symbolRule(symbolOf(row)) ?? []));
  const ticket = ({ id }: Rule) => createHash("sha256").update(`${seed} ${id}`).digest("hex");
  const inOrder = (rules: readonly Rule[], origin: Drawn["origin"]) =>
    rules
      .map((rule) => ({ rule, origin, ticket: ticket(rule) }))
      .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
      .map(({ rule, origin }): Drawn => ({ rule, origin }));
  return [inOrder(data.rules, "rule"), inOrder(rows, "row")];
}

const symbolOf = (row: string) => row.slice(0, row.indexOf("\t"));

function draw(data: RuleSetData, seed: string, count: number): Drawn[] {
  const strata = strataOf(data, seed);
  return strata.flatMap((stratum, place) => stratum.slice(0, Math.floor((count + place) / strata.length)));
}

function evidenceText({ level, source, version, asOf, shows }: Evidence): string {
  return `  evidence: ${level} ${source}${version ? ` (${version})` : ""}, ${asOf}${shows ? `: ${shows}` : ""}`;
}

function textOf({ rule, origin }: Drawn): string {
  const { id, match, kinds, where, when, verdict, silentRisk, why, replacement, versions, price, evidence } = rule;
  const conditions = { ...(kinds && { kinds }), ...(where && { where }), ...(when && { when }) };
  return [
    `${id}  [${origin}, ${rule.category}]  ${verdict}${price ? `, price ${price}` : ""}`,
    `  match: ${match.join(" ")}${Object.keys(conditions).length > 0 ? ` ${JSON.stringify(conditions)}` : ""}`,
    ...(replacement ? [`  replacement: ${replacement}`] : []),
    ...(versions ? [`  versions: ${versions}`] : []),
    ...(why ? [`  why: ${why}`] : []),
    ...(silentRisk ? [`  silent risk: ${silentRisk}`] : []),
    ...(rule.waysOut ?? []).map(({ title, price: cost }) => `  way out: ${title} (${cost ?? "no price"})`),
    ...evidence.map(evidenceText),
  ].join("\n");
}

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "20261124" },
    count: { type: "string", default: "100" },
    json: { type: "boolean", default: false },
  },
});
const { targets, ruleset } = rulesIndex();
const perTarget = Math.floor(Number(values.count) / targets.length);
const drawn = targets.flatMap((target) => draw(loadRuleSetData(target), values.seed, perTarget));
const text = values.json ? JSON.stringify(drawn, null, 2) : drawn.map(textOf).join("\n\n");
process.stdout.write(`${text}\n`);
console.error(`${drawn.length} rules of ruleset ${ruleset.slice(0, 12)}, seed ${values.seed}`);
