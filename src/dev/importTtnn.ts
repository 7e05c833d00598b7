/**
 * Writes `rules/tt-metalium/symbols/operators.tsv` from collected operator facts, one JSON object a line:
 *   node dist/dev/importTtnn.js FACTS.jsonl
 * A fact says for one ATen overload what TT-NN has, what the compilers reach, and whether a gradient exists.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PriceClass, SymbolNote } from "../model/rule.ts";
import type { EvidenceLevel, Verdict } from "../model/vocabulary.ts";
import { readPairs } from "../rules/catalogSource.ts";
import { BOUND_AS, COUNTERPARTS, NAMED, ROUTES, UNNAMED } from "./ttnnReadings.ts";

export interface FactSource {
  readonly repo: string;
  readonly path: string;
  readonly commit: string;
}

interface OperatorFact {
  readonly op: string;
  readonly kind: "aten" | "alias" | "torch/other";
  readonly ttnn: string | null;
  readonly status: "supported" | "partial" | "unsupported" | "unknown";
  readonly bwd: boolean | null;
  readonly bwdOp: string | null;
  readonly notes: string | null;
  readonly evidenceLevel: EvidenceLevel;
  readonly source: FactSource;
  readonly moreSources: readonly FactSource[];
  readonly testedAt: readonly string[];
  readonly evidence: {
    readonly ttnnDocDtypes?: readonly string[];
    readonly torchXlaLowering?: string | null;
    readonly ttmlir?: { readonly hwTestFiles?: number };
    readonly pt2ttnn?: { readonly done: number; readonly isolatedDone: number };
    readonly ttxlaOpTests?: { readonly expectedPass: number };
  };
  readonly asOf: string;
}

const rulesDir = fileURLToPath(new URL("../../rules/", import.meta.url));

/** What a note admits without the program stopping. First fit wins. */
const SILENT: readonly (readonly [RegExp, string])[] = [
  [/f64 narrowed/, "fp64 becomes fp32 and int64 saturates to int32 without a message"],
  [/wrong on device/, "device results for some integer types are wrong; the compiler hides it by a cast"],
  [/returns zero for order/, "wrong values over a band of inputs in an open defect"],
  [
    /bf16 (?:only|input|weights|row-major|values)|bf16\/bfp8(?:\/bfp4)? only|to bf16|only in bf16|mode only for bf16/,
    "values are narrowed to bf16 or computed at its accuracy without a message",
  ],
  [/through fp32/, "integers above 2^24 lose digits on the way through fp32"],
  [/not stable/, "equal keys may change order"],
  [/seed/, "seeds do not reproduce: the compiler fixes the seed and drops the generator's state"],
  [/host (?:fallback|CPU)/, "may run on the host unseen"],
  [/NaN|IEEE/, "NaN and infinity behave otherwise than in IEEE arithmetic"],
  [/approximate mode/, "approximate arithmetic is the default"],
  [/PCC/, "a recorded input did not correlate with the reference"],
];

/** What holds for an operator by its nature, whatever the note says. */
const SILENT_BY_NAME: readonly (readonly [RegExp, string])[] = [
  [
    /^aten::(?:mm|bmm|addmm|addbmm|baddbmm|matmul|mv|dot|linear|einsum|multi_head_attention|convolution|conv[123]d|conv_transpose\w+)$/,
    "fp32 products are computed at TF32-class precision",
  ],
  [
    /^aten::(?:rand\w*|normal|uniform|exponential|bernoulli|multinomial|dropout|native_dropout)$/,
    "seeds do not reproduce: the compiler fixes the seed and drops the generator's state",
  ],
  [/^aten::(?:arg)?sort$/, "equal keys may change order"],
  [/^aten::(?:adaptive_)?(?:avg|max)_pool[12]d$/, "values are narrowed to bf16 in the compiler's path"],
  // tt-mlir turns reverse into an embedding (TTIRToTTIRDecomposition.cpp), whose table it casts (TTNNWorkaroundsPass.cpp).
  [
    /^aten::(?:flip|rot90|index_select)$/,
    "values are narrowed to bf16 in the compiler's path: it becomes an embedding, whose table is bf16",
  ],
  [/^aten::upsample_(?:nearest|linear|bilinear|trilinear)/, "fp32 products are computed at TF32-class precision"],
];

/** Gradients that TT-NN has for the element-wise minimum and maximum, which the facts give to the reductions. */
const GRADIENTS: Readonly<Record<string, string>> = {
  "aten::minimum": "ttnn.min_bw",
  "aten::maximum": "ttnn.max_bw",
  ...Object.fromEntries(
    [
      ["min", "minimum"],
      ["amin", "minimum"],
      ["max", "maximum"],
      ["amax", "maximum"],
    ].map(([name, other = ""]) => [`aten::${name}`, `not known (ttnn.${other.slice(0, 3)}_bw is that of ${other})`]),
  ),
};

/** Operators that fall together are one piece of work. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/^aten::(?:fft_|stft|istft)/, "fft"],
  [/^aten::linalg_(?!vector_norm)/, "solvers"],
  [/sparse/, "sparse"],
  [/^aten::(?:nonzero|masked_select|unique\w*|sym_size|nms|item)$/, "dynamic-shapes"],
  [/^aten::(?:cond|while_loop|scan)$/, "control-flow"],
  [/_backward(?:_data)?$/, "gradients"],
];

const VERDICTS: Record<OperatorFact["status"], Verdict> = {
  supported: "native",
  partial: "adapt",
  unsupported: "rewrite",
  unknown: "unknown",
};

const PRICES: Partial<Record<Verdict, PriceClass>> = { adapt: "local", rewrite: "operator" };

/** Boilerplate of the collection that the sentence below says in its own way, and what does not concern the route. */
const COLLECTED = /^(?:TTNN doc dtypes|pytorch2\.0_ttnn \(Nov|raw StableHLO einsum)/;

function remarksOf(fact: OperatorFact): string[] {
  return (fact.notes ?? "").split("; ").filter((part) => part !== "" && !COLLECTED.test(part));
}

/** Remarks of operators whose tests are those of another one, into which they are taken apart. */
const INDIRECT = /lowers via|hoisted to host|^via /;

/** Dates of the commits read. */
const DATES: Readonly<Record<string, string>> = {
  "tenstorrent/tt-metal": "2026-06-23",
  "tenstorrent/tt-mlir": "2026-08-21",
  "tenstorrent/tt-xla": "2026-08-21",
  "tenstorrent/pytorch-xla": "2026-04-10",
  "tenstorrent/pytorch2.0_ttnn": "2026-02-24",
  "pytorch/pytorch": "2026-11-25",
};

/** Tests of the route from PyTorch, as against tests of the TT-NN operator alone. */
function routeTests(fact: OperatorFact): string[] {
  const { ttxlaOpTests, ttmlir, pt2ttnn } = fact.evidence;
  return [
    ...(ttxlaOpTests?.expectedPass ? ["tt-xla"] : []),
    ...(ttmlir?.hwTestFiles ? ["tt-mlir"] : []),
    ...(pt2ttnn && pt2ttnn.done + pt2ttnn.isolatedDone > 0 ? ["pytorch2.0_ttnn"] : []),
  ];
}

function routeOf(symbol: string, fact: OperatorFact): string {
  const route = ROUTES[symbol];
  if (route) return route.how;
  const tests = routeTests(fact);
  if (tests.length > 0) return `tests in ${tests.join(", ")}`;
  return fact.evidence.torchXlaLowering
    ? "a lowering is listed, no test of the route"
    : "no lowering of its name found";
}

/** An operator that PyTorch or the front end takes apart needs none of its own. */
function verdictOf(symbol: string, fact: OperatorFact): Verdict {
  return ROUTES[symbol]?.native ? "native" : VERDICTS[fact.status];
}

/** The counterpart under the name that Python knows. */
function counterpartOf(symbol: string, { ttnn }: OperatorFact): string {
  return (COUNTERPARTS[symbol] ?? ttnn ?? "").replace(/ttnn\.\w+/g, (name) => BOUND_AS[name] ?? name);
}

function gradientOf(symbol: string, { bwd, bwdOp }: OperatorFact): string {
  const known = GRADIENTS[symbol];
  if (known) return known;
  if (bwdOp) return bwdOp;
  return bwd === null ? "not known" : bwd ? "exists" : "none";
}

/** The three layers: the operator in TT-NN, the way to it from PyTorch, the gradient. */
function whyOf(symbol: string, fact: OperatorFact, overloads: readonly OperatorFact[]): string {
  const dtypes = fact.evidence.ttnnDocDtypes ?? [];
  const documented = dtypes.length > 0 ? ` (documented for ${dtypes.join(", ").toLowerCase()})` : "";
  const others = overloads
    .filter((other) => other !== fact && other.status !== fact.status)
    .map(
      (other) => `${other.op} is ${other.status}${[...remarksOf(other)].map((remark) => `: ${remark}`).slice(0, 1)}`,
    );
  return [
    `TT-NN: ${counterpartOf(symbol, fact) || "no operator"}${documented}`,
    `compiler: ${routeOf(symbol, fact)}`,
    `gradient: ${gradientOf(symbol, fact)}`,
    ...remarksOf(fact),
    ...others,
  ].join("; ");
}

function firstFit(table: readonly (readonly [RegExp, string])[], text: string): string | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1];
}

function noteOf(symbol: string, fact: OperatorFact, overloads: readonly OperatorFact[]): SymbolNote {
  const risks = [firstFit(SILENT_BY_NAME, symbol), firstFit(SILENT, remarksOf(fact).join("; "))];
  const silentRisk = [...new Set(risks.filter((risk) => risk !== undefined))].join("; ");
  const verdict = verdictOf(symbol, fact);
  const cause = firstFit(CAUSES, symbol) ?? (verdict === "rewrite" ? "operators-missing" : "operators-partial");
  return {
    why: whyOf(symbol, fact, overloads),
    ...(silentRisk ? { silentRisk } : {}),
    ...(verdict === "adapt" || verdict === "rewrite" ? { cause } : {}),
  };
}

/** Which tests a fact can rest on, those of the route from PyTorch first: a file that is only skipped shows nothing. */
function testsOf(fact: OperatorFact): RegExp[] {
  const { ttxlaOpTests, ttmlir, pt2ttnn } = fact.evidence;
  const native = fact.status === "supported";
  return [
    ...(ttxlaOpTests?.expectedPass ? [/tt-xla:tests\//] : []),
    // Of a partial operator the compiler's tests cover the operators that it becomes.
    ...(native && ttmlir?.hwTestFiles ? [/tt-mlir:test\//] : []),
    ...(pt2ttnn && pt2ttnn.done + pt2ttnn.isolatedDone > 0 ? [/pytorch2\.0_ttnn:docs\/operations\//] : []),
    // TT-NN's own tests show the counterpart, not that PyTorch's operator reaches it; examples of its manual only print.
    ...(!native && fact.ttnn ? [/tt-metal:tests\/(?!ttnn\/docs_examples)/] : []),
  ];
}

const SHOWN_BY_CODE = /\.(?:cpp|hpp|td|yaml)$/;

/** Level and source belong together: what is called tested points at a test of exactly this. */
function evidenceOf(symbol: string, fact: OperatorFact): { level: EvidenceLevel; source: FactSource } {
  const { evidenceLevel, source } = fact;
  const route = ROUTES[symbol];
  if (route && (route.native || route.untested)) return { level: "implemented", source: route.source };
  if (evidenceLevel !== "tested") return { level: evidenceLevel, source };
  if (remarksOf(fact).some((remark) => remark.includes("never converted"))) return { level: "documented", source };
  const sources = [source, ...fact.moreSources];
  const code = sources.find(({ path }) => SHOWN_BY_CODE.test(path));
  if (!UNNAMED.has(symbol) && !remarksOf(fact).some((remark) => INDIRECT.test(remark))) {
    for (const pattern of testsOf(fact)) {
      const test = sources.find(({ repo, path }) => pattern.test(`${repo}:${path}`));
      if (test) return { level: "tested", source: { ...test, path: NAMED[symbol] ?? test.path } };
    }
  }
  return code ? { level: "implemented", source: code } : { level: "inferred", source };
}

/** Overloads by canonical name, in the order of the facts: the first speaks for the name. */
function byCanonicalName(facts: readonly OperatorFact[]): Map<string, OperatorFact[]> {
  const canonical = new Map(readPairs(`${rulesDir}catalog/operators.tsv`));
  const known = new Set(canonical.values());
  const groups = new Map<string, OperatorFact[]>();
  for (const fact of facts) {
    const [namespace, base = ""] = fact.kind === "aten" ? fact.op.split(".") : ["aten", fact.op.replace(/^_/, "")];
    const raw = `${namespace}::${base}`;
    const symbol = canonical.get(raw) ?? raw;
    if (fact.kind === "alias" || !known.has(symbol)) continue;
    const group = groups.get(symbol);
    if (group) group.push(fact);
    else groups.set(symbol, [fact]);
  }
  return groups;
}

function tableOf(groups: ReadonlyMap<string, readonly OperatorFact[]>): string {
  const sources = new Map<string, string>();
  const notes: string[] = [];
  const rows: string[] = [];
  for (const [symbol, overloads] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [fact] = overloads;
    if (!fact) continue;
    const { level, source: origin } = evidenceOf(symbol, fact);
    const { repo, commit, path } = origin;
    const source = JSON.stringify({
      source: `${repo}@${commit.slice(0, 12)}:${path}`,
      asOf: DATES[repo] ?? fact.asOf,
    });
    if (!sources.has(source)) sources.set(source, `s${sources.size + 1}`);
    notes.push(`# note n${notes.length + 1} ${JSON.stringify(noteOf(symbol, fact, overloads))}`);
    const verdict = verdictOf(symbol, fact);
    const cells = [
      symbol,
      verdict,
      counterpartOf(symbol, fact),
      PRICES[verdict] ?? "",
      `n${notes.length}`,
      level,
      sources.get(source),
      fact.testedAt.join(", "),
    ];
    rows.push(cells.join("\t"));
  }
  const header = "# symbol\tverdict\treplacement\tprice\tnote\tlevel\tsource\tversions";
  const sourceLines = [...sources].map(([source, key]) => `# source ${key} ${source}`);
  return `${[header, ...sourceLines, ...notes, ...rows].join("\n")}\n`;
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: importTtnn FACTS.jsonl");
const facts = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as OperatorFact);
const groups = byCanonicalName(facts);
writeFileSync(`${rulesDir}tt-metalium/symbols/operators.tsv`, tableOf(groups));
console.log(`${groups.size} operators`);
