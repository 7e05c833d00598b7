/** Reads `rules/<target>` as people and importers write it. Only the build and the rule commands come here. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import type {
  CauseWords,
  Evidence,
  KnownModel,
  Rule,
  RuleSetData,
  SymbolNote,
  SymbolTable,
  TableSource,
  TargetManifest,
  ToolchainRow,
} from "../model/rule.ts";

/** Evidence as written: a key into the manifest's `sources`, a key with a level of its own, or all of it. */
type WrittenEvidence = string | ({ source: string } & Partial<Evidence>);
type WrittenSources = Record<string, Evidence>;

interface WrittenManifest extends Omit<TargetManifest, "availability" | "toolchain" | "models"> {
  sources: WrittenSources;
}

function resolveEvidence(written: readonly WrittenEvidence[], sources: WrittenSources): Evidence[] {
  const resolved = written.map((entry) => {
    const own = typeof entry === "string" ? { source: entry } : entry;
    const known = sources[own.source];
    return known ? { ...known, ...own, source: known.source } : (own as Evidence);
  });
  // Keys of several concepts may name one place.
  return [...new Map(resolved.map((evidence) => [JSON.stringify(evidence), evidence])).values()];
}

interface WithWrittenEvidence {
  evidence: WrittenEvidence[];
}

function withEvidence<T>(entries: readonly (T & WithWrittenEvidence)[], sources: WrittenSources): T[] {
  return entries.map((entry) => ({ ...entry, evidence: resolveEvidence(entry.evidence, sources) }));
}

/** Reads one imported table: `# source KEY JSON`, `# note KEY JSON` and `# when JSON` lines, then rows. */
export function readSymbolTable(file: string): SymbolTable {
  const sources: Record<string, TableSource> = {};
  const notes: Record<string, SymbolNote> = {};
  const rows: string[] = [];
  let when: Rule["when"];
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const header = /^# (source|note) (\S+) (\{.*\})$/.exec(line);
    const condition = /^# when (\{.*\})$/.exec(line)?.[1];
    if (condition) when = JSON.parse(condition);
    if (header?.[1] === "source") sources[header[2] as string] = JSON.parse(header[3] as string);
    else if (header?.[1] === "note") notes[header[2] as string] = JSON.parse(header[3] as string);
    else if (line !== "" && !line.startsWith("#")) rows.push(line);
  }
  return { family: basename(file, ".tsv"), ...(when ? { when } : {}), sources, notes, rows: rows.join("\n") };
}

/** A folder with `target.yaml` is a target. */
export function isTargetFolder(dir: string): boolean {
  return existsSync(join(dir, "target.yaml"));
}

/** Rules of one file with what the file leaves to its place: evidence by key, category, target and its prefix in the id. */
export function resolvedRules(
  file: { readonly rules?: unknown; readonly category?: string | undefined; readonly sources?: unknown },
  place: { readonly target: string; readonly file: string; readonly sources: WrittenSources },
): Rule[] {
  const sources = { ...place.sources, ...(file.sources as WrittenSources | undefined) };
  const written = (file.rules ?? []) as (Rule & WithWrittenEvidence)[];
  return withEvidence<Rule>(written, sources).map((rule) => ({
    category: file.category ?? basename(place.file).replace(/\.ya?ml$/, ""),
    ...rule,
    id: `${place.target}:${rule.id}`,
    file: place.file,
    target: place.target,
  }));
}

/** Gives rules and notes the words of their cause; their own win. */
export function worded<T extends { readonly cause?: string }>(
  entry: T,
  causes: Readonly<Record<string, CauseWords>>,
): T {
  return entry.cause === undefined ? entry : { ...causes[entry.cause], ...entry };
}

function wordedTable(table: SymbolTable, causes: Readonly<Record<string, CauseWords>>): SymbolTable {
  const notes = Object.entries(table.notes).map(([key, note]) => [key, worded(note, causes)] as const);
  return { ...table, notes: Object.fromEntries(notes) };
}

/** Reads the folder of one target. Rule ids get the target's prefix. */
export function readTargetSource(dir: string): RuleSetData {
  const manifest = parse(readFileSync(join(dir, "target.yaml"), "utf8")) as WrittenManifest;
  const rules: Rule[] = [];
  const toolchain: ToolchainRow[] = [];
  const availability: TargetManifest["availability"][number][] = [];
  const models: KnownModel[] = [];
  const causes: Record<string, CauseWords> = {};
  for (const name of readdirSync(dir).sort()) {
    if (!name.endsWith(".yaml") || name === "target.yaml") continue;
    const file = parse(readFileSync(join(dir, name), "utf8")) ?? {};
    const sources = { ...manifest.sources, ...file.sources };
    rules.push(...resolvedRules(file, { target: manifest.id, file: `rules/${basename(dir)}/${name}`, sources }));
    Object.assign(causes, file.causes);
    toolchain.push(...withEvidence<ToolchainRow>(file.toolchain ?? [], sources));
    availability.push(...withEvidence<TargetManifest["availability"][number]>(file.availability ?? [], sources));
    models.push(...withEvidence<KnownModel>(file.models ?? [], sources));
  }
  const tablesDir = join(dir, "symbols");
  const tables = existsSync(tablesDir)
    ? readdirSync(tablesDir)
        .filter((name) => name.endsWith(".tsv"))
        .sort()
        .map((name) => wordedTable(readSymbolTable(join(tablesDir, name)), causes))
    : [];
  const { sources: _, ...rest } = manifest;
  return {
    manifest: { ...rest, toolchain, availability, models },
    rules: rules.map((rule) => worded(rule, causes)),
    tables,
  };
}
