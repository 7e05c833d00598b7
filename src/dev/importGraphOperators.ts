/**
 * Writes `rules/<target>/symbols/operators.tsv` of a graph-level target from collected operator facts,
 * one JSON object a line:
 *   node dist/dev/importGraphOperators.js groq|rebellions FACTS.jsonl
 * A fact says what one source shows of one operator on one surface; an operator's row combines them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PriceClass, SymbolNote, TableSource } from "../model/rule.ts";
import { EVIDENCE_LEVELS, type EvidenceLevel, type Verdict } from "../model/vocabulary.ts";
import { readPairs } from "../rules/catalogSource.ts";
import { readTargetSource } from "../rules/ruleSource.ts";
import { type OperatorFact, PROFILES, type Profile, STATUSES } from "./graphProfiles.ts";
import { shortKeys } from "./shortKeys.ts";

const PRICES: Partial<Record<Verdict, PriceClass>> = { adapt: "local", rewrite: "operator" };

const strength = (level: EvidenceLevel): number => EVIDENCE_LEVELS.indexOf(level);

function withCorrection(fact: OperatorFact, { corrected = {} }: Profile): OperatorFact {
  const correction = corrected[fact.op];
  if (!correction) return fact;
  const { status = fact.status, notes = fact.notes, evidenceLevel = fact.evidenceLevel, ...place } = correction;
  return { ...fact, status, notes, evidenceLevel, source: { ...fact.source, ...place } };
}

/** The test that a fact rests on. */
function testOf({ source }: OperatorFact): string | undefined {
  return source.path?.includes("test") ? source.path : undefined;
}

/**
 * A name in a binary's strings is our reading, so is what a user's note says. A test of the operator shows that it
 * works, not where it ran: an entry that is routed to the host is known from the routing code.
 */
function levelOf(fact: OperatorFact): EvidenceLevel {
  const { source, status, evidenceLevel } = fact;
  if (source.type === "binary-string" || source.type === "repo-index") return "inferred";
  if (evidenceLevel !== "tested") return evidenceLevel;
  if (source.path?.endsWith(".md")) return "documented";
  return status === "supported" && testOf(fact) ? "tested" : "implemented";
}

/** Worse first: the worst answer on any surface decides, the best evidence within it speaks. */
function byWeight(a: OperatorFact, b: OperatorFact): number {
  return STATUSES.indexOf(b.status) - STATUSES.indexOf(a.status) || strength(levelOf(a)) - strength(levelOf(b));
}

/** On one surface direct evidence beats a guess; surfaces are different things and never outvote each other. */
function speaking(facts: readonly OperatorFact[]): OperatorFact[] {
  const best = new Map<string, number>();
  for (const fact of facts) {
    const surface = fact.surface ?? "";
    best.set(surface, Math.min(best.get(surface) ?? Infinity, strength(levelOf(fact))));
  }
  const inferred = strength("inferred");
  return facts.filter((fact) => {
    const known = best.get(fact.surface ?? "") ?? inferred;
    return strength(levelOf(fact)) < inferred || known === inferred;
  });
}

function rawNameOf({ op, level }: OperatorFact, { renamed = {} }: Profile): string {
  const own = renamed[op];
  if (own !== undefined) return own;
  const plain = op.replace(/ \(.*$/, "").replace(/\.default$/, "");
  if (level === "onnx") return `onnx:${plain.split("/")[0]}`;
  return plain.startsWith("aten::") ? plain.replace(/\.\w+$/, "") : plain;
}

/** Operators that a rule written by hand names, whatever the release: a row beside it would decide nothing. */
function namedByHand(): Set<string> {
  const { rules } = readTargetSource(`${rulesDir}${target}`);
  return new Set(rules.filter(({ when }) => when?.version === undefined).flatMap(({ match }) => match));
}

function byCanonicalName(facts: readonly OperatorFact[], profile: Profile): Map<string, OperatorFact[]> {
  const { skip, carried } = profile;
  const canonical = new Map(readPairs(`${rulesDir}catalog/operators.tsv`));
  const known = new Set(canonical.values());
  const decided = namedByHand();
  const groups = new Map<string, OperatorFact[]>();
  for (const fact of facts) {
    if (skip.test(fact.op) || carried?.(fact)) continue;
    const raw = rawNameOf(fact, profile);
    const symbol = canonical.get(raw) ?? raw;
    if (decided.has(symbol)) continue;
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

function sourceOf({ source }: OperatorFact): TableSource {
  const { repo, commit = "", path = source.paths?.[0], line, url, date } = source;
  const place = url ?? `${repo}@${commit.slice(0, 12)}:${path}${line ? `:${line}` : ""}`;
  return { source: place, asOf: date ?? "2026-11-22" };
}

/** What a row cites: the source that speaks, then, where the profile asks for them, those of the rest of its remark. */
function citedBy(fact: OperatorFact, facts: readonly OperatorFact[], profile: Profile): string[] {
  const first = sourceOf(fact);
  const others = facts.map((other) => ({ level: levelOf(other), ...sourceOf(other) }));
  const beside = profile.beside ? [...others, ...profile.beside(facts)] : [];
  const cited = [first, ...beside.filter(({ source }) => source !== first.source)];
  return [...new Set(cited.map((source) => JSON.stringify(source)))];
}

/** The worst answer, unless a remark decides alone. */
function decidingFact(facts: readonly OperatorFact[], { decisive }: Profile): OperatorFact {
  const [worst] = facts as [OperatorFact];
  if (worst.status === "supported") return worst;
  return facts.find(({ notes }) => decisive?.test(notes)) ?? worst;
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

function tableOf(groups: ReadonlyMap<string, readonly OperatorFact[]>, profile: Profile): string {
  const sources = shortKeys("s");
  const notes = shortKeys("n");
  const rows = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([symbol, all]) => {
      const facts = speaking(all).sort(byWeight);
      const fact = decidingFact(facts, profile);
      const verdict = profile.verdicts[fact.status];
      const note = notes.keyOf(JSON.stringify(noteOf(facts, verdict, profile)));
      const cells = [
        symbol,
        verdict,
        "",
        PRICES[verdict] ?? "",
        note,
        levelOf(fact),
        citedBy(fact, facts, profile).map(sources.keyOf).join(","),
        levelOf(fact) === "tested" ? (testOf(fact) ?? "") : "",
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
  .map((line) => withCorrection(JSON.parse(line) as OperatorFact, profile));
const groups = byCanonicalName(facts, profile);
writeFileSync(`${rulesDir}${target}/symbols/operators.tsv`, tableOf(groups, profile));
console.log(`${target}: ${groups.size} operators`);
