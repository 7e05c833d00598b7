/** Which rule speaks for a usage: the most specific one. Order in the files means nothing. */
import type { Facts, Usage } from "../model/inventory.ts";
import type { Rule, RuleSet, Where } from "../model/rule.ts";
import type { ResolvedTarget } from "../model/target.ts";
import { VERDICTS } from "../model/vocabulary.ts";

/** How a pattern fits, from loosest to tightest; ties go to conditions. */
const RANK = { any: 0, family: 1, prefix: 2, alias: 3, exact: 4 } as const;

export interface Candidate {
  readonly rule: Rule;
  /** Compared from left to right, larger wins. */
  readonly specificity: readonly number[];
}

/** Rules that may speak for a symbol, most specific first; conditions on facts are still open. */
export type CandidatesOf = (usage: Pick<Usage, "symbol" | "family" | "kind" | "facts">) => readonly Candidate[];

interface Fit {
  readonly rank: number;
  readonly length: number;
}

function fitOf(pattern: string, symbol: string, alias: string | undefined, family: string): Fit | undefined {
  if (pattern === symbol) return { rank: RANK.exact, length: pattern.length };
  if (pattern === alias) return { rank: RANK.alias, length: pattern.length };
  if (pattern === "*") return { rank: RANK.any, length: 0 };
  if (pattern.startsWith("family:")) {
    return pattern.slice("family:".length) === family ? { rank: RANK.family, length: 0 } : undefined;
  }
  if (!pattern.endsWith("*")) return undefined;
  const prefix = pattern.slice(0, -1);
  const fits = symbol.startsWith(prefix) || alias?.startsWith(prefix);
  return fits ? { rank: RANK.prefix, length: prefix.length } : undefined;
}

function bestFit(rule: Rule, symbol: string, alias: string | undefined, family: string): Fit | undefined {
  let best: Fit | undefined;
  for (const pattern of rule.match) {
    const fit = fitOf(pattern, symbol, alias, family);
    if (!fit) continue;
    if (!best || fit.rank > best.rank || (fit.rank === best.rank && fit.length > best.length)) best = fit;
  }
  return best;
}

function specificityOf(rule: Rule, fit: Fit, handWritten: boolean): number[] {
  return [
    fit.rank,
    fit.length,
    Object.keys(rule.where ?? {}).length,
    rule.when ? 1 : 0,
    rule.kinds ? 1 : 0,
    handWritten ? 1 : 0,
    rule.overlay ? 1 : 0,
  ];
}

/** Negative when `a` is the more specific. */
export function bySpecificity(a: Candidate, b: Candidate): number {
  for (let i = 0; i < a.specificity.length; i++) {
    const difference = (b.specificity[i] ?? 0) - (a.specificity[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.rule.id < b.rule.id ? -1 : 1;
}

/** Compares `7.0` with `6.2.1` field by field; missing fields are zero. */
function compareVersions(a: string, b: string): number {
  const left = a.split(".").map(Number);
  const right = b.split(".").map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True when `version` lies in a range such as `>=7.0`, `<7.2`, `>=6.2 <7.0`. */
export function inVersionRange(version: string, range: string): boolean {
  return range.split(/\s+/).every((part) => {
    const [, operator = "=", bound = ""] = /^(>=|<=|>|<|=)?(.+)$/.exec(part) ?? [];
    const order = compareVersions(version, bound);
    switch (operator) {
      case ">=":
        return order >= 0;
      case "<=":
        return order <= 0;
      case ">":
        return order > 0;
      case "<":
        return order < 0;
      default:
        return order === 0;
    }
  });
}

function holdsOn(rule: Rule, target: ResolvedTarget): boolean {
  if (rule.when?.variant && !rule.when.variant.includes(target.variant)) return false;
  return rule.when?.version === undefined || inVersionRange(target.version, rule.when.version);
}

function factFits(condition: Where[string], fact: Facts[string] | undefined): boolean {
  if (fact === undefined) return condition === false;
  if (Array.isArray(condition)) return condition.some((one) => factFits(one as Where[string], fact));
  if (typeof condition === "object") {
    const { min = -Infinity, max = Infinity } = condition as { min?: number; max?: number };
    return typeof fact === "number" && fact >= min && fact <= max;
  }
  if (Array.isArray(fact)) return fact.includes(String(condition));
  return fact === condition;
}

/** True when every condition holds on the facts. A missing fact fits only `false`. */
export function factsFit(where: Where | undefined, facts: Facts | undefined): boolean {
  if (!where) return true;
  return Object.entries(where).every(([name, condition]) => factFits(condition, facts?.[name]));
}

const isBeside = ({ rule }: Candidate): boolean => rule.beside === true;

export interface Decision {
  readonly rule: Rule | undefined;
  readonly beside: readonly Rule[];
}

const NONE: readonly Rule[] = [];
const severity = ({ verdict }: Rule): number => VERDICTS.indexOf(verdict);

/** The rule that speaks for a usage with these facts, and those that speak beside it. */
export function decide(
  candidates: readonly Candidate[],
  facts: Facts | undefined,
  holds: (rule: Rule) => boolean = () => true,
): Decision {
  const rule = candidates.find((one) => !isBeside(one) && factsFit(one.rule.where, facts) && holds(one.rule))?.rule;
  if (!candidates.some(isBeside)) return { rule, beside: NONE };
  const beside = candidates
    .filter((one) => isBeside(one) && factsFit(one.rule.where, facts) && holds(one.rule))
    .map((one) => one.rule);
  const taking = rule && beside.find((one) => severity(one) > severity(rule));
  return taking ? { rule: taking, beside: NONE } : { rule, beside };
}

/** A rule for many symbols leaves it to the table's row to name each one's counterpart; its own name is none. */
function withReplacement(rule: Rule, named: string | undefined, symbol: string): Rule {
  if (rule.replacement !== undefined || named === undefined || named === symbol) return rule;
  return { ...rule, replacement: named };
}

function pushTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const known = lists.get(key);
  if (known) known.push(item);
  else lists.set(key, [item]);
}

interface PrefixRule {
  readonly prefix: string;
  readonly rule: Rule;
}

/** Rules whose patterns can fit a symbol, alias or family: a set of thousands is not walked for each symbol. */
function rulesByPattern(rules: readonly Rule[]): (names: readonly string[], family: string) => Iterable<Rule> {
  const byPattern = new Map<string, Rule[]>();
  /** By their first two characters; shorter ones, `*` among them, under the empty text. */
  const byBeginning = new Map<string, PrefixRule[]>();
  for (const rule of rules) {
    for (const pattern of rule.match) {
      pushTo(byPattern, pattern, rule);
      if (!pattern.endsWith("*")) continue;
      const prefix = pattern.slice(0, -1);
      pushTo(byBeginning, prefix.length < 2 ? "" : prefix.slice(0, 2), { prefix, rule });
    }
  }
  return (names, family) => {
    const found = new Set<Rule>(byPattern.get(`family:${family}`));
    for (const name of names) {
      for (const rule of byPattern.get(name) ?? []) found.add(rule);
      for (const beginning of ["", name.slice(0, 2)]) {
        for (const { prefix, rule } of byBeginning.get(beginning) ?? []) if (name.startsWith(prefix)) found.add(rule);
      }
    }
    return found;
  };
}

interface Answer {
  readonly family: string;
  readonly kind: string;
  readonly form: string | undefined;
  readonly candidates: readonly Candidate[];
}

/** The operator that the arguments of a call make of its name (`rules/catalog/operatorForms.tsv`). */
export function formOf(facts: Facts | undefined): string | undefined {
  const form = facts?.operator;
  return typeof form === "string" ? form : undefined;
}

/** Prepares a rule set for one target version and variant; answers are remembered by symbol, family, kind and form. */
export function candidateIndex(
  ruleSet: RuleSet,
  target: ResolvedTarget,
  canonicalOf: (symbol: string) => string | undefined,
): CandidatesOf {
  const rulesFor = rulesByPattern(ruleSet.rules.filter((rule) => holdsOn(rule, target)));
  const memo = new Map<string, Answer[]>();
  return ({ symbol, family, kind, facts }) => {
    let ofSymbol = memo.get(symbol);
    if (!ofSymbol) memo.set(symbol, (ofSymbol = []));
    // Asked for every usage: a symbol has one or two kinds, and no key to build is the cheapest key.
    const form = formOf(facts);
    const known = ofSymbol.find((one) => one.kind === kind && one.family === family && one.form === form);
    if (known) return known.candidates;
    const alias = form ?? canonicalOf(symbol);
    const candidates: Candidate[] = [];
    const named = ruleSet.symbolRule(symbol)?.replacement;
    const names = alias === undefined || alias === symbol ? [symbol] : [symbol, alias];
    for (const rule of rulesFor(names, family)) {
      if (rule.kinds && !rule.kinds.includes(kind)) continue;
      const fit = bestFit(rule, symbol, alias, family);
      if (fit)
        candidates.push({ rule: withReplacement(rule, named, symbol), specificity: specificityOf(rule, fit, true) });
    }
    for (const name of names) {
      const row = ruleSet.symbolRule(name);
      if (!row || !holdsOn(row, target)) continue;
      const rank = name === symbol ? RANK.exact : RANK.alias;
      candidates.push({ rule: row, specificity: specificityOf(row, { rank, length: name.length }, false) });
    }
    candidates.sort(bySpecificity);
    ofSymbol.push({ family, kind, form, candidates });
    return candidates;
  };
}
