/** Explanations as text for a terminal. */
import type { Where } from "../model/rule.ts";
import type {
  ConditionalAnswer,
  ExplainedEvidence,
  ExplainedTarget,
  Explanation,
  TargetAnswer,
} from "./explainSymbol.ts";

const INDENT = "    ";

function conditionText(where: Where): string {
  return Object.entries(where)
    .map(([fact, condition]) => {
      if (Array.isArray(condition)) return `${fact} is ${condition.join(" or ")}`;
      if (typeof condition !== "object") return `${fact} is ${String(condition)}`;
      const { min, max } = condition as { min?: number; max?: number };
      return [min === undefined ? "" : `${fact} ≥ ${min}`, max === undefined ? "" : `${fact} ≤ ${max}`]
        .filter((part) => part !== "")
        .join(" and ");
    })
    .join(" and ");
}

function verdictText({ verdict, replacement, silentRisk }: TargetAnswer): string {
  return `${verdict}${replacement === null ? "" : ` → ${replacement}`}${silentRisk ? "  (silent risk)" : ""}`;
}

function evidenceText({ level, source, version, asOf, shows }: ExplainedEvidence): string {
  const about = version === undefined ? asOf : `version ${version}, ${asOf}`;
  return `${level}  ${source}  (${about})${shows === undefined ? "" : `: ${shows}`}`;
}

function answerLines(answer: TargetAnswer): string[] {
  const line = (label: string, text: string | null) => (text === null ? [] : [`${INDENT}${label.padEnd(13)}${text}`]);
  return [
    ...line("why", answer.why),
    ...line("silent risk", answer.risk),
    ...answer.waysOut.flatMap((way, index) => line(index === 0 ? "ways out" : "", way)),
    ...line("versions", answer.versions),
    ...answer.evidence.flatMap((evidence, index) => line(index === 0 ? "evidence" : "", evidenceText(evidence))),
    ...line("rule", answer.rule),
  ];
}

function conditionLines(answer: ConditionalAnswer): string[] {
  return [
    `${INDENT}where ${conditionText(answer.where)}: ${verdictText(answer)}`,
    ...answerLines(answer).map((l) => `  ${l}`),
  ];
}

function besideLines(answer: TargetAnswer): string[] {
  return [`${INDENT}with it: ${verdictText(answer)}`, ...answerLines(answer).map((l) => `  ${l}`)];
}

export function targetLines(key: string, answer: ExplainedTarget): string[] {
  return [
    `  ${key}  ${verdictText(answer)}`,
    ...answerLines(answer),
    ...(answer.beside ?? []).flatMap(besideLines),
    ...answer.otherwise.flatMap(conditionLines),
  ];
}

export function explanationText(explanation: Explanation): string {
  const { symbol, query, family, operator } = explanation;
  const form = operator === undefined ? "" : `   here ${operator}, by its arguments`;
  const head = `${symbol ?? query}${family === null ? "" : `   family ${family}`}${form}`;
  const lines = Object.entries(explanation.targets).flatMap(([key, answer]) => ["", ...targetLines(key, answer)]);
  return `${[head, ...lines].join("\n")}\n`;
}
