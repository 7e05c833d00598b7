/**
 * Writes `rules/cerebras/symbols/operators.tsv` from what was read by hand (`cerebrasUses.ts`, `cerebrasNames.ts`, `cerebrasReadings.ts`):
 *   node dist/dev/importCerebras.js
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SymbolNote } from "../model/rule.ts";
import type { EvidenceLevel, Verdict } from "../model/vocabulary.ts";
import { DECOMPOSED, NAMED } from "./cerebrasNames.ts";
import { AUTOGEN, LIBRARY, type Place, READINGS, WRAPPED_LOSSES } from "./cerebrasReadings.ts";
import { BUILDING, PACKAGE, ZOO } from "./cerebrasUses.ts";
import { shortKeys } from "./shortKeys.ts";

interface Row {
  readonly verdict: Verdict;
  readonly replacement?: string;
  readonly note: SymbolNote;
  readonly level: EvidenceLevel;
  readonly place: Place;
  readonly at: string;
  readonly also?: readonly (readonly [Place, string])[];
}

const WHEEL = "dj707chen/cerebras-pytorch-src@0d18740334e0:cerebras_pytorch-2.10.0/cerebras/pytorch";
const SOURCES: Readonly<Record<Place, { readonly base: string; readonly version?: string; readonly asOf: string }>> = {
  zoo: { base: "Cerebras/modelzoo@f1fd1e091dc6:src/cerebras/modelzoo", version: "2.10.0", asOf: "2026-03-11" },
  package: { base: WHEEL, version: "2.10.0", asOf: "2026-05-13" },
  library: { base: `${WHEEL}/lib`, version: "2.10.0", asOf: "2026-05-13" },
  manual: { base: "https://training-docs.cerebras.ai", asOf: "2026-11-25" },
  "manual-2.1": { base: "https://docs.cerebras.net/en/2.1.0", version: "2.1.0", asOf: "2026-11-25" },
};

const native = (why: string, place: Place, at: string, level: EvidenceLevel = "implemented"): Row => ({
  verdict: "native",
  note: { why },
  level,
  place,
  at,
});

const from = <T>(table: Readonly<Record<string, T>>, rowOf: (reading: T) => Row) =>
  Object.entries(table).map(([symbol, reading]) => [symbol, rowOf(reading)] as const);

const rows: readonly (readonly [string, Row])[] = [
  ...from(ZOO, (at) =>
    native("A model or layer of the vendor's zoo uses it; other shapes and types are not shown.", "zoo", at),
  ),
  ...from(BUILDING, (at) =>
    native("The zoo uses it while a model is built; in the traced step it is not shown.", "zoo", at),
  ),
  ...from(PACKAGE, (at) =>
    native("The vendor's package uses it in code that it traces; other shapes and types are not shown.", "package", at),
  ),
  ...from(DECOMPOSED, ([line, silentRisk]) => ({
    verdict: "native",
    note: { why: "The package registers a decomposition for the device.", ...(silentRisk ? { silentRisk } : {}) },
    level: "implemented",
    place: "package",
    at: `decomp/_decompositions.py:${line}`,
  })),
  ...from(WRAPPED_LOSSES, (at) => ({
    ...native(
      "The package's class of this loss is PyTorch's own, and the manual lists it among the losses that compile.",
      "package",
      `nn/modules/${at}`,
    ),
    also: [["manual", AUTOGEN] as const],
  })),
  ...from(NAMED, ([name, open]) =>
    native(
      `The shipped library's strings name ${name}; that this operator becomes it is our reading${open ? `. Not shown: ${open}` : ""}.`,
      "library",
      LIBRARY,
      "inferred",
    ),
  ),
  ...from(READINGS, ({ verdict, why, silentRisk, replacement, level, place, at, also = [] }) => ({
    verdict,
    ...(replacement ? { replacement } : {}),
    note: {
      why,
      ...(silentRisk ? { silentRisk } : {}),
      ...(verdict === "adapt" ? { cause: "operators-partial" } : {}),
    },
    level,
    place,
    at,
    also,
  })),
];

/** A further source has the level of the row, unless it is of another sort. */
function levelOf(place: Place, level: EvidenceLevel): EvidenceLevel {
  if (level === "inferred" || place === "library") return "inferred";
  return place === "manual" ? "documented" : level;
}

function sourceOf(place: Place, at: string) {
  const { base, ...when } = SOURCES[place];
  return { source: `${base}/${at}`, ...when };
}

function tableOf(sorted: readonly (readonly [string, Row])[]): string {
  const sources = shortKeys("s");
  const notes = shortKeys("n");
  const lines = sorted.map(([symbol, { verdict, replacement = "", note, level, place, at, also = [] }]) => {
    const first = sources.keyOf(JSON.stringify(sourceOf(place, at)));
    const others = also.map(([where, line]) =>
      sources.keyOf(JSON.stringify({ level: levelOf(where, level), ...sourceOf(where, line) })),
    );
    const price = verdict === "adapt" ? "local" : "";
    return [
      symbol,
      verdict,
      replacement,
      price,
      notes.keyOf(JSON.stringify(note)),
      level,
      [first, ...others].join(","),
      "",
    ].join("\t");
  });
  return [
    "# symbol\tverdict\treplacement\tprice\tnote\tlevel\tsource\tversions",
    '# when {"variant":["pytorch"]}',
    ...[...sources.keys].map(([value, key]) => `# source ${key} ${value}`),
    ...[...notes.keys].map(([value, key]) => `# note ${key} ${value}`),
    ...lines,
    "",
  ].join("\n");
}

const symbols = new Set(rows.map(([symbol]) => symbol));
if (symbols.size !== rows.length) throw new Error("an operator is read twice");
const sorted = rows.toSorted(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(fileURLToPath(new URL("../../rules/cerebras/symbols/operators.tsv", import.meta.url)), tableOf(sorted));
console.log(`cerebras: ${rows.length} operators`);
