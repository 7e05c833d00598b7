/**
 * Writes `rules/tt-metalium/symbols/operators.tsv` from what was read of every operator (`ttnnOperators.tsv`) and of the
 * files that bind TT-NN's names (`ttnnBindings.tsv`), both beside this file in `src`:
 *   node dist/dev/importTtnn.js
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PriceClass, SymbolNote } from "../model/rule.ts";
import type { EvidenceLevel, Verdict } from "../model/vocabulary.ts";
import { binding, READINGS, type Reading, ROUTES } from "./ttnnReadings.ts";
import { RISKS } from "./ttnnRisks.ts";

const root = new URL("../../", import.meta.url);
const pathOf = (path: string) => fileURLToPath(new URL(path, root));

/** One line of `ttnnOperators.tsv`. */
interface Operator {
  readonly symbol: string;
  readonly verdict: Verdict;
  /** Key of `ROUTES`, and the operator's own words in it. */
  readonly route: string;
  readonly detail: string;
  /** Keys of `READINGS`: what shows the route, beyond its own sources. */
  readonly sources: readonly string[];
  readonly counterpart: string;
  readonly gradient: string;
  /** Keys of `RISKS`. */
  readonly risks: readonly string[];
}

/** Operators that fall together are one piece of work. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/^aten::(?:fft_|stft|istft)/, "fft"],
  [/^aten::linalg_(?!vector_norm)/, "solvers"],
  [/sparse/, "sparse"],
  [/^aten::(?:nonzero|masked_select|unique\w*|size|nms|item)$/, "dynamic-shapes"],
  [/^aten::(?:cond|while_loop|scan)$/, "control-flow"],
  [/_backward(?:_data)?$/, "gradients"],
];

function linesOf(path: string): string[][] {
  return readFileSync(pathOf(path), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split("\t"));
}

const listed = (cell: string) => cell.split(",").filter((key) => key !== "");

function operatorOf(cells: readonly string[]): Operator {
  const [name = "", verdict = "", route = "", detail = "", sources = "", counterpart = "", gradient = "", risks = ""] =
    cells;
  return {
    symbol: `aten::${name}`,
    verdict: verdict as Verdict,
    route,
    detail,
    sources: listed(sources),
    counterpart,
    gradient,
    risks: listed(risks),
  };
}

/** The entry of a table of readings: a key that it lacks is a slip in `ttnnOperators.tsv`. */
function entry<T>(table: Readonly<Record<string, T>>, key: string): T {
  const found = table[key];
  if (found === undefined) throw new Error(`ttnnOperators.tsv: nothing was read under "${key}"`);
  return found;
}

function routeText({ route, detail }: Operator): string {
  const { how } = entry(ROUTES, route);
  if (how.includes("$")) return how.replace("$", detail);
  return detail ? `${how}; ${detail}` : how;
}

/** The three layers: the operator in TT-NN, the way to it from PyTorch, the gradient. */
function whyOf(operator: Operator): string {
  const { counterpart, gradient } = operator;
  return [
    ...(counterpart.startsWith("ttnn.") ? [`TT-NN: ${counterpart}`] : []),
    `compiler: ${routeText(operator)}`,
    ...(gradient ? [`gradient: ${gradient}`] : []),
  ].join("; ");
}

function noteOf(operator: Operator): SymbolNote {
  const { symbol, verdict, risks } = operator;
  const silentRisk = risks.map((risk) => entry(RISKS, risk).text).join("; ");
  const cause =
    CAUSES.find(([pattern]) => pattern.test(symbol))?.[1] ??
    (verdict === "rewrite" ? "operators-missing" : "operators-partial");
  return {
    why: whyOf(operator),
    ...(silentRisk ? { silentRisk } : {}),
    ...(verdict === "adapt" || verdict === "rewrite" ? { cause } : {}),
  };
}

function priceOf({ verdict, route }: Operator): PriceClass | "" {
  if (verdict === "rewrite") return "operator";
  return verdict === "adapt" ? (entry(ROUTES, route).price ?? "local") : "";
}

/** What shows the route comes first, at the route's level; then what shows the names of TT-NN and the risks. */
function evidenceOf(operator: Operator, bindings: Readonly<Record<string, Reading>>): Reading[] {
  const { level, sources } = entry(ROUTES, operator.route);
  const route = [...sources, ...operator.sources].map((key) => entry(READINGS, key));
  const shown = route.map((reading, place) => (place === 0 ? { ...reading, level } : reading));
  const names = `${operator.counterpart} ${operator.gradient}`.match(/ttnn\.[\w.]*\w/g) ?? [];
  const risks = operator.risks.flatMap((risk) => entry(RISKS, risk).sources);
  const all = [...shown, ...names.map((name) => entry(bindings, name)), ...risks.map((key) => entry(READINGS, key))];
  return all.filter(({ source }, place) => all.findIndex((other) => other.source === source) === place);
}

function bindingsOf(lines: readonly string[][]): Record<string, Reading> {
  return Object.fromEntries(
    lines.flatMap(([path = "", names = ""]) => names.split(" ").map((name) => [name, binding(path)] as const)),
  );
}

function tableOf(operators: readonly Operator[], bindings: Readonly<Record<string, Reading>>): string {
  const sources = new Map<string, string>();
  const keyOf = (reading: { source: string; asOf: string; level?: EvidenceLevel }): string => {
    const said = JSON.stringify(reading);
    const key = sources.get(said) ?? `s${sources.size + 1}`;
    sources.set(said, key);
    return key;
  };
  const notes = operators.map((operator, place) => `# note n${place + 1} ${JSON.stringify(noteOf(operator))}`);
  const rows = operators.map((operator, place) => {
    const [first, ...others] = evidenceOf(operator, bindings);
    if (!first) throw new Error(`ttnnOperators.tsv: no source for ${operator.symbol}`);
    const { level, ...shown } = first;
    const keys = [shown, ...others].map(keyOf).join(",");
    const { symbol, verdict, counterpart } = operator;
    return [symbol, verdict, counterpart, priceOf(operator), `n${place + 1}`, level, keys, ""].join("\t");
  });
  const header = "# symbol\tverdict\treplacement\tprice\tnote\tlevel\tsource\tversions";
  const sourceLines = [...sources].map(([source, key]) => `# source ${key} ${source}`);
  return `${[header, ...sourceLines, ...notes, ...rows].join("\n")}\n`;
}

const operators = linesOf("src/dev/ttnnOperators.tsv")
  .map(operatorOf)
  .sort(({ symbol: a }, { symbol: b }) => (a < b ? -1 : 1));
const bindings = bindingsOf(linesOf("src/dev/ttnnBindings.tsv"));
writeFileSync(pathOf("rules/tt-metalium/symbols/operators.tsv"), tableOf(operators, bindings));
console.log(`${operators.length} operators`);
