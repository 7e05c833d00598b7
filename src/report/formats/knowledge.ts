/** What formats say beside the report: taken from the rules and the effort model that made it. */
import type { EffortModel } from "../../model/effortModel.ts";
import type { Report } from "../../model/report.ts";
import type { Rule, RuleSet } from "../../model/rule.ts";
import type { FormatOptions } from "./format.ts";

type RuleOf = NonNullable<FormatOptions["ruleOf"]>;

/** Rules by id; `hip:cudaMalloc` is a row of a symbol table unless a rule is named so. */
function ruleFinder(sets: ReadonlyMap<string, RuleSet>): RuleOf {
  const byId = new Map<string, Rule>([...sets.values()].flatMap(({ rules }) => rules.map((rule) => [rule.id, rule])));
  return (id) => {
    const at = id.indexOf(":");
    return byId.get(id) ?? sets.get(id.slice(0, at))?.symbolRule(id.slice(at + 1));
  };
}

const DATE = /^\d{4}-\d{2}(-\d{2})?$/;

function datesOf(report: Report, ruleOf: RuleOf): FormatOptions["evidenceDates"] {
  const ids = new Set(report.targets.flatMap(({ findings }) => findings.flatMap(({ rule }) => rule ?? [])));
  const dates = [...ids]
    .flatMap((id) => ruleOf(id)?.evidence.map(({ asOf }) => asOf) ?? [])
    .filter((date) => DATE.test(date))
    .sort();
  const [oldest, newest] = [dates[0], dates.at(-1)];
  return oldest === undefined || newest === undefined ? undefined : { oldest, newest };
}

/** Constants of the model, wherever they stand in it. */
function constantTags(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("tag" in value && typeof value.tag === "string") return [value.tag];
  return Object.values(value).flatMap(constantTags);
}

/** The parts of `FormatOptions` that come from rules and effort model, for the targets of a report. */
export function knownBeside(
  report: Report,
  ruleSetOf: (target: string) => RuleSet,
  model: EffortModel,
): Pick<FormatOptions, "vendors" | "ruleOf" | "evidenceDates" | "constants"> {
  const sets = new Map(report.targets.map(({ id }) => [id, ruleSetOf(id)]));
  const ruleOf = ruleFinder(sets);
  const dates = datesOf(report, ruleOf);
  const tags = constantTags(model);
  return {
    vendors: Object.fromEntries([...sets].map(([id, { manifest }]) => [id, manifest.vendor])),
    ruleOf,
    constants: { assumed: tags.filter((tag) => tag === "assumed").length, all: tags.length },
    ...(dates === undefined ? {} : { evidenceDates: dates }),
  };
}
