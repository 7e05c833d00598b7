/** `--by rule` and `--by symbol`: days belong to causes, so these rows have verdicts in their place. */
import type { Report, TargetReport } from "../../../model/report.ts";
import { VERDICTS, type Verdict } from "../../../model/vocabulary.ts";
import type { FormatOptions } from "../format.ts";
import { fitted, visible } from "../visible.ts";
import { counted, headingOf } from "../words.ts";
import type { MainTable } from "./effort.ts";
import { type Column, type Group, gridLines, packed, ROOMY } from "./grid.ts";

const LONGEST_NAME = 48;

function left(head: string, cells: readonly string[]): Column {
  return { head, align: "left", cells };
}
function right(head: string, cells: readonly string[]): Column {
  return { head, align: "right", cells };
}

const name = (text: string): string => fitted(visible(text), LONGEST_NAME);

function remark(left: number, noun: string): string[] {
  return left > 0 ? [`… ${counted(left)} more ${noun}: --format csv:findings lists them`] : [];
}

interface RuleRow {
  readonly rule: string;
  readonly verdict: Verdict;
  readonly evidence: string;
  readonly silent: boolean;
  usages: number;
}

function ruleRows(target: TargetReport): RuleRow[] {
  const rows = new Map<string, RuleRow>();
  for (const { rule, symbol, verdict, evidence, silentRisk, usages } of target.findings) {
    const id = rule ?? `(no rule) ${symbol}`;
    const row = rows.get(id) ?? { rule: id, verdict, evidence: evidence ?? "–", silent: silentRisk, usages: 0 };
    rows.set(id, row);
    row.usages += usages.length;
  }
  return [...rows.values()];
}

/** All rules that decided something, most usages first; rule ids name their target. */
export function ruleList(report: Report): MainTable {
  const rows = report.targets.flatMap(ruleRows).sort((a, b) => b.usages - a.usages || (a.rule < b.rule ? -1 : 1));
  return {
    risks: false,
    parts: rows.length,
    lines: (most) => {
      const shown = rows.slice(0, most);
      const columns = [
        left(
          "rule",
          shown.map((row) => name(row.rule)),
        ),
        right(
          "usages",
          shown.map((row) => counted(row.usages)),
        ),
        left(
          "verdict",
          shown.map((row) => row.verdict),
        ),
        left(
          "evidence",
          shown.map((row) => row.evidence),
        ),
        left(
          "silent",
          shown.map((row) => (row.silent ? "yes" : "")),
        ),
      ];
      return [...gridLines([{ heads: [], columns }]), ...remark(rows.length - shown.length, "rules")];
    },
  };
}

interface Answer {
  readonly verdict: Verdict;
  readonly silent: boolean;
}

/** Per symbol the verdict with most work, and whether any usage is at silent risk. */
function answersOf(target: TargetReport): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  for (const { symbol, verdict, silentRisk } of target.findings) {
    const known = answers.get(symbol);
    const worse = !known || VERDICTS.indexOf(verdict) > VERDICTS.indexOf(known.verdict);
    answers.set(symbol, {
      verdict: worse ? verdict : known.verdict,
      silent: silentRisk || (known?.silent ?? false),
    });
  }
  return answers;
}

/** All symbols with their verdict on every target, most usages first. */
export function symbolList(report: Report, width: number, options: FormatOptions): MainTable {
  const usages = new Map<string, number>();
  for (const { symbol } of report.usages) usages.set(symbol, (usages.get(symbol) ?? 0) + 1);
  const rows = [...usages].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const answers = report.targets.map(answersOf);
  const layout = (most: number): Group[][] => {
    const shown = rows.slice(0, most);
    const lead: Group = {
      heads: [],
      columns: [
        left(
          "symbol",
          shown.map(([symbol]) => name(symbol)),
        ),
        right(
          "usages",
          shown.map(([, n]) => counted(n)),
        ),
      ],
    };
    const groups = report.targets.map((target, index): Group => {
      const text = ([symbol]: [string, number]): string => {
        const answer = answers[index]?.get(symbol);
        return answer ? answer.verdict + (answer.silent ? " (silent risk)" : "") : "";
      };
      return { heads: [visible(headingOf(target, options))], columns: [left("verdict", shown.map(text))] };
    });
    return packed(lead, groups, width, ROOMY);
  };
  return {
    risks: false,
    parts: rows.length,
    lines: (most) => [
      ...layout(most).flatMap((table, index) => [...(index > 0 ? [""] : []), ...gridLines(table)]),
      ...remark(rows.length - most, "symbols"),
    ],
  };
}
