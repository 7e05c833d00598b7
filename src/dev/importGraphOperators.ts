/**
 * Writes `rules/<target>/symbols/operators.tsv` of a graph-level target from collected operator facts,
 * one JSON object a line:
 *   node dist/dev/importGraphOperators.js groq|cerebras|rebellions FACTS.jsonl
 * A fact says what one source shows of one operator on one surface; an operator's row combines them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PriceClass, Rule, SymbolNote } from "../model/rule.ts";
import { EVIDENCE_LEVELS, type EvidenceLevel, type Verdict } from "../model/vocabulary.ts";
import { readPairs } from "../rules/catalogSource.ts";

const STATUSES = ["supported", "partial", "unknown", "unsupported"] as const;
type Status = (typeof STATUSES)[number];

interface FactSource {
  readonly type: "repo" | "web" | "binary-string" | "repo-index" | "negative-search";
  readonly repo?: string;
  readonly commit?: string;
  readonly date?: string;
  readonly path?: string;
  /** Of a negative search: what was looked through. */
  readonly paths?: readonly string[];
  readonly line?: number;
  readonly url?: string;
}

interface OperatorFact {
  readonly op: string;
  readonly level: "aten" | "torch" | "nn" | "onnx";
  readonly status: Status;
  readonly surface?: string;
  readonly notes: string;
  readonly evidenceLevel: EvidenceLevel;
  readonly source: FactSource;
}

/** What differs from target to target. */
interface Profile {
  /** Variants in which operators are lowered at all. */
  readonly when?: Rule["when"];
  /** Names that are no operators of a model, or that another fact of the same name answers better. */
  readonly skip: RegExp;
  /** Sources that are no use of the operator: an example in a comment. */
  readonly examples?: RegExp;
  /** Remarks that show no more than that the name occurs. */
  readonly weak?: RegExp;
  /** Remarks of operators that exist under the vendor's own import only. */
  readonly moved?: RegExp;
  /** Remarks that say more than their source. */
  readonly reworded?: readonly (readonly [from: string, to: string])[];
  readonly verdicts: Readonly<Record<Status, Verdict>>;
  /** The piece of work of everything that is not native. */
  readonly causes: Readonly<Partial<Record<Verdict, string>>>;
  /** Remark of facts that point at the entry instead of its test, and the test. */
  readonly testedBy?: readonly [remark: RegExp, test: string];
  readonly silentRisk?: (facts: readonly OperatorFact[]) => string | undefined;
}

/** Made from values of the host, wherever it lands. */
const CREATES = /^torch\.(?:as_)?tensor$/;

const HOST_FALLBACK =
  "in eager mode it runs on the host without a message at the default log level; TORCH_RBLN_DISABLE_FALLBACK makes it raise";
const SPLIT_GRAPH = "the compiled graph is split here without a message: this part runs on the host";
const UNLISTED_IN_EAGER = "only the graph compiler lists it: in eager mode it runs on the host without a message";

function fallbackOf(facts: readonly OperatorFact[]): string | undefined {
  const isEager = ({ surface }: OperatorFact) => surface?.includes("eager");
  if (facts.some((fact) => fact.status === "partial" && isEager(fact))) return HOST_FALLBACK;
  if (facts.some(({ notes }) => notes.includes("splits the graph"))) return SPLIT_GRAPH;
  const listed = facts.some(({ status }) => status === "supported");
  if (!listed || facts.some((fact) => isEager(fact) || CREATES.test(fact.op))) return undefined;
  return UNLISTED_IN_EAGER;
}

const PROFILES: Readonly<Record<string, Profile>> = {
  groq: {
    when: { variant: ["on-prem"] },
    // Exported at opset 16, later operators arrive decomposed: the decomposed rows speak for them.
    // Integer products belong to quantization; a constant range is folded before export.
    skip: /^(?:<|groqcloud:|sklearn|xgboost|tf\.|torch\.|ONNX file|\w+Integer|Range)|opset 1[78]\)|opset 23/,
    verdicts: { supported: "native", partial: "adapt", unknown: "unknown", unsupported: "rewrite" },
    causes: { adapt: "operators-partial", unknown: "operators-unproven", rewrite: "operators-missing" },
  },
  cerebras: {
    when: { variant: ["pytorch"] },
    // The vendor has layers of its own under the names of PyTorch's, which only its examples name.
    skip: /^(?:cirh::|cerebras\.|torch\.optim|bitsandbytes|nn\.Transformer|torch\.nn\.Transformer)/,
    examples: /\/RepeatedLayer\.py$/,
    weak: /First use sits in code that may/,
    moved: /import must change/,
    reworded: [
      [
        "Replacement class under cerebras.pytorch.nn; import must change.",
        "A class of this name under cerebras.pytorch.nn wraps PyTorch's; that PyTorch's own compiles is not shown.",
      ],
    ],
    verdicts: { supported: "native", partial: "adapt", unknown: "unknown", unsupported: "rewrite" },
    causes: { adapt: "operators-partial", unknown: "operators-unproven", rewrite: "operators-missing" },
  },
  rebellions: {
    skip: /^(?:rbln|torch\.distributed|tl\.|aten::<)/,
    verdicts: { supported: "native", partial: "adapt", unknown: "unknown", unsupported: "rewrite" },
    causes: { adapt: "host-fallback", rewrite: "graph-rewrites" },
    testedBy: [/op-test target set/, "in the target set of test/filters.py (OpInfo against the CPU, float16)"],
    silentRisk: fallbackOf,
  },
};

const PRICES: Partial<Record<Verdict, PriceClass>> = { adapt: "local", rewrite: "operator" };

const strength = (level: EvidenceLevel): number => EVIDENCE_LEVELS.indexOf(level);

/** The test that a fact rests on: its own source, or the one that its remark speaks of. */
function testOf({ source, notes }: OperatorFact, { testedBy }: Profile): string | undefined {
  if (source.path?.includes("test")) return source.path;
  return testedBy?.[0].test(notes) ? testedBy[1] : undefined;
}

/**
 * A name in a binary's strings is our reading, so is a name that merely occurs. A test of the operator shows that it
 * works, not where it ran: an entry that is routed to the host is known from the routing code.
 */
function levelOf(fact: OperatorFact, profile: Profile): EvidenceLevel {
  const { source, notes, status, evidenceLevel } = fact;
  const { weak } = profile;
  if (source.type === "binary-string" || weak?.test(notes)) return "inferred";
  if (evidenceLevel !== "tested") return evidenceLevel;
  if (source.type === "repo-index" || source.path?.endsWith(".md")) return "documented";
  return status === "supported" && testOf(fact, profile) ? "tested" : "implemented";
}

/** Worse first: the worst answer on any surface decides, the best evidence within it speaks. */
function byWeight(profile: Profile) {
  return (a: OperatorFact, b: OperatorFact): number =>
    STATUSES.indexOf(b.status) - STATUSES.indexOf(a.status) ||
    strength(levelOf(a, profile)) - strength(levelOf(b, profile));
}

/** On one surface direct evidence beats a guess; surfaces are different things and never outvote each other. */
function speaking(facts: readonly OperatorFact[], profile: Profile): OperatorFact[] {
  const best = new Map<string, number>();
  for (const fact of facts) {
    const surface = fact.surface ?? "";
    best.set(surface, Math.min(best.get(surface) ?? Infinity, strength(levelOf(fact, profile))));
  }
  const inferred = strength("inferred");
  return facts.filter((fact) => {
    const known = best.get(fact.surface ?? "") ?? inferred;
    if (profile.weak?.test(fact.notes) && facts.length > 1) return false;
    return strength(levelOf(fact, profile)) < inferred || known === inferred;
  });
}

function rawNameOf({ op, level }: OperatorFact): string {
  const plain = op.replace(/ \(.*$/, "").replace(/\.default$/, "");
  if (level === "onnx") return `onnx:${plain.split("/")[0]}`;
  return plain.startsWith("aten::") ? plain.replace(/\.\w+$/, "") : plain;
}

function byCanonicalName(facts: readonly OperatorFact[], { skip, examples }: Profile): Map<string, OperatorFact[]> {
  const canonical = new Map(readPairs(`${rulesDir}catalog/operators.tsv`));
  const known = new Set(canonical.values());
  const groups = new Map<string, OperatorFact[]>();
  for (const fact of facts) {
    if (skip.test(fact.op) || examples?.test(fact.source.path ?? "")) continue;
    const raw = rawNameOf(fact);
    const symbol = canonical.get(raw) ?? raw;
    if (!known.has(symbol)) {
      console.error(`not in the catalog: ${fact.op}`);
      continue;
    }
    const group = groups.get(symbol);
    if (group) group.push(fact);
    else groups.set(symbol, [fact]);
  }
  return groups;
}

function sourceOf({ source }: OperatorFact): string {
  const { repo, commit = "", path = source.paths?.[0], line, url, date } = source;
  const place = url ?? `${repo}@${commit.slice(0, 12)}:${path}${line ? `:${line}` : ""}`;
  return JSON.stringify({ source: place, asOf: date ?? "2026-11-22" });
}

/** What each surface says, once; where overloads differ, of which of them. */
function whyOf(facts: readonly OperatorFact[], { reworded = [] }: Profile): string {
  const mixed = new Set(facts.map(({ status }) => status)).size > 1;
  const overloads = new Map<string, { readonly surface: string; readonly said: string; readonly ops: string[] }>();
  for (const { op, surface = "", notes } of facts) {
    const said = reworded.reduce((text, [from, to]) => text.replace(from, to), notes);
    const remark = overloads.get(surface + said) ?? { surface, said, ops: [] };
    if (mixed && op.startsWith("aten::")) remark.ops.push(op.replace("aten::", ""));
    overloads.set(surface + said, remark);
  }
  return [...overloads.values()]
    .map(({ surface, said, ops }) => {
      const of = ops.length > 0 ? `, ${ops.join(", ")}` : "";
      return surface ? `${surface}${of}: ${said}` : said;
    })
    .join(" ");
}

function noteOf(facts: readonly OperatorFact[], verdict: Verdict, profile: Profile): SymbolNote {
  const silentRisk = profile.silentRisk?.(facts);
  const cause = profile.causes[verdict];
  return { why: whyOf(facts, profile), ...(silentRisk ? { silentRisk } : {}), ...(cause ? { cause } : {}) };
}

function verdictOf({ status, notes }: OperatorFact, { moved, verdicts }: Profile): Verdict {
  return status === "supported" && moved?.test(notes) ? "adapt" : verdicts[status];
}

/** Keys of values in order of first use. */
function interner(prefix: string) {
  const keys = new Map<string, string>();
  const keyOf = (value: string): string => {
    const known = keys.get(value) ?? `${prefix}${keys.size + 1}`;
    keys.set(value, known);
    return known;
  };
  return { keys, keyOf };
}

function tableOf(groups: ReadonlyMap<string, readonly OperatorFact[]>, profile: Profile): string {
  const sources = interner("s");
  const notes = interner("n");
  const rows = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([symbol, all]) => {
      const facts = speaking(all, profile).sort(byWeight(profile));
      const fact = facts[0] as OperatorFact;
      const verdict = verdictOf(fact, profile);
      const note = notes.keyOf(JSON.stringify(noteOf(facts, verdict, profile)));
      const cells = [
        symbol,
        verdict,
        "",
        PRICES[verdict] ?? "",
        note,
        levelOf(fact, profile),
        sources.keyOf(sourceOf(fact)),
        levelOf(fact, profile) === "tested" ? (testOf(fact, profile) ?? "") : "",
      ];
      return cells.join("\t");
    });
  return [
    "# symbol\tverdict\treplacement\tprice\tnote\tlevel\tsource\tversions",
    ...(profile.when ? [`# when ${JSON.stringify(profile.when)}`] : []),
    ...[...sources.keys].map(([value, key]) => `# source ${key} ${value}`),
    ...[...notes.keys].map(([value, key]) => `# note ${key} ${value}`),
    ...rows,
    "",
  ].join("\n");
}

const rulesDir = fileURLToPath(new URL("../../rules/", import.meta.url));
const [target = "", file] = process.argv.slice(2);
const profile = PROFILES[target];
if (!profile || file === undefined)
  throw new Error(`usage: importGraphOperators ${Object.keys(PROFILES).join("|")} FACTS.jsonl`);
const facts = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as OperatorFact);
const groups = byCanonicalName(facts, profile);
writeFileSync(`${rulesDir}${target}/symbols/operators.tsv`, tableOf(groups, profile));
console.log(`${target}: ${groups.size} operators`);
