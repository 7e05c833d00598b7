/** Which piece of work a finding belongs to, and what kind of change it is. */
import type { Finding } from "../model/finding.ts";
import type { Usage } from "../model/inventory.ts";
import type { PlannedKind, TestsMode } from "../model/plan.ts";
import type { PriceClass, Rule } from "../model/rule.ts";
import type { Goal, UsageKind } from "../model/vocabulary.ts";

/** Verdicts that need no work item. */
const DONE = new Set(["native", "drop"]);

export function isOpen(finding: Finding): boolean {
  return !DONE.has(finding.verdict);
}

const EDITED = new Set<PriceClass>(["local", "gap", "missing", "unknown"]);
const SETUP_SCRIPT = /(?:^|\/)setup\.py$/;
const CONFIGURATION = new Set<UsageKind>(["build", "tool", "package", "env"]);

/**
 * The price class of a finding: its rule's, else what the verdict usually means. A local edit of configuration is
 * cheaper than one of code; a header asks for a check, what is used of it for the edit. A single function that a library's counterpart lacks is a gap of that library: only a
 * rule that speaks of a whole library calls it missing. Nobody writes a Python package again: it is dropped or exchanged,
 * and where its import may fail the code already does without.
 */
export function priceOf(finding: Finding): PriceClass {
  const price = demandedPrice(finding);
  return isOptional(finding) && !CHEAP.has(price) ? "check" : price;
}

/** No dearer than a check that the code goes on without a package. */
const CHEAP = new Set<PriceClass>(["none", "rename", "check"]);

/** True for what the code can do without: its import may fail. */
export function isOptional({ usage, verdict }: Finding): boolean {
  return usage.facts?.optional === true && verdict !== "native";
}

/** To go on without a package is to work, not to be fast: a goal beyond that demands what the code uses. */
export function forGoal(findings: readonly Finding[], goal: Goal): readonly Finding[] {
  if (goal === "functional") return findings;
  return findings.map((finding) => {
    const { optional, ...facts } = finding.usage.facts ?? {};
    return optional === undefined ? finding : { ...finding, usage: { ...finding.usage, facts } };
  });
}

function demandedPrice(finding: Finding): PriceClass {
  const price = finding.rule?.price ?? usualPrice(finding);
  if (finding.usage.kind === "include" && EDITED.has(price)) return "check";
  if (price === "local" && isConfiguration(finding.usage)) return "config";
  if (EDITED.has(price) && isListed(finding.usage)) return "config";
  if (price === "missing" && (isPackage(finding.usage) || (finding.rule && isImportedRow(finding.rule)))) return "gap";
  return price;
}

/** True for lines of build files, package lists, environments and setup scripts. */
export function isConfiguration({ kind, path }: Usage): boolean {
  return CONFIGURATION.has(kind) || SETUP_SCRIPT.test(path);
}

/** True for a package that a list names: work is where the code uses it, the list loses or changes a line. */
function isListed({ kind, symbol }: Usage): boolean {
  return kind === "package" && LISTS.test(symbol);
}

const LISTS = /^(?:pip|conda|apt):/;

function isPackage({ kind, family }: Usage): boolean {
  return kind === "package" || PACKAGES.has(family);
}

function usualPrice(finding: Finding): PriceClass {
  switch (finding.verdict) {
    case "native":
    case "drop":
      return "none";
    case "rename":
      return "rename";
    case "adapt":
      return "local";
    case "rewrite":
      return finding.usage.kind === "kernel" ? "kernel" : "gap";
    case "blocked":
      return "missing";
    case "unknown":
      return "unknown";
  }
  return finding.verdict satisfies never;
}

/** Families whose symbols are dotted names below a Python package. */
const PACKAGES = new Set(["python-packages", "cupy", "pycuda", "numba-cuda"]);

/** Enum values, types and headers are no decision of their own: they follow the functions that they belong to. */
const FOLLOWERS = new Set<UsageKind>(["constant", "type", "include"]);
export const FOLLOWS = "";

/** A private module of PyTorch or a namespace of its custom operators is one feature, taken or left as a whole. */
const FEATURE_MODULE = /^torch\.(?:ops\.\w+|(?:\w+\.)*_\w+)(?=\.\w)/;

/**
 * What is decided once however often it is used: a Python package, a kernel with its numbered variants, else the symbol;
 * `FOLLOWS` for what is decided with others.
 */
export function decisionOf({ kind, family, symbol }: Usage): string {
  if (FOLLOWERS.has(kind)) return FOLLOWS;
  if (kind === "kernel") return symbol.replace(/\d+/g, "#");
  const feature = FEATURE_MODULE.exec(symbol)?.[0];
  if (feature !== undefined) return feature;
  return PACKAGES.has(family) ? (symbol.split(".", 1)[0] ?? symbol) : symbol;
}

/** Rows of imported tables have one rule per symbol: their work goes by API family. */
function isImportedRow(rule: Rule): boolean {
  return rule.match.length === 1 && rule.id === `${rule.target}:${rule.match[0]}`;
}

/** Work on weights is a piece per architecture. */
export function architectureOf({ facts }: Usage): string[] {
  return typeof facts?.architecture === "string" ? [facts.architecture] : [];
}

/** The root cause: all findings of one cause and verdict are one piece of work. */
export function causeOf(finding: Finding): string {
  const { rule, usage } = finding;
  if (!rule) return usage.family;
  if (rule.cause) return [rule.cause, ...architectureOf(usage)].join(" ");
  return isImportedRow(rule) ? usage.family : rule.id.slice(rule.target.length + 1);
}

export interface Placement {
  readonly kind: PlannedKind;
  readonly cause: string;
  /** Findings with one key form one item. */
  readonly key: string;
}

/** The work item of an open finding. */
export function placeOf(finding: Finding, tests: TestsMode): Placement {
  const { usage, verdict } = finding;
  if (usage.vendored) return { kind: "free", cause: "vendored", key: `vendored\0${verdict}` };
  if (usage.test && tests === "exclude") return { kind: "free", cause: "tests", key: `tests\0${verdict}` };
  const price = priceOf(finding);
  if (verdict === "rename" && price === "rename") return { kind: "mechanical", cause: "mechanical", key: "mechanical" };
  const cause = causeOf(finding);
  if (price === "kernel") {
    const shape = usage.kind === "kernel" ? (usage.facts?.archetype ?? usage.facts?.complexity ?? "") : "";
    return { kind: "kernel", cause, key: `kernel\0${cause}\0${verdict}\0${usage.path}\0${String(shape)}` };
  }
  return { kind: "usages", cause, key: `${cause}\0${verdict}` };
}
