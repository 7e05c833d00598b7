/** `portgauge rules import UPSTREAM DIR`: what a checkout of an upstream says otherwise than the shipped tables. */
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fastGlob from "fast-glob";
import { tryGit } from "../../host/git.ts";
import { nearNames } from "../../model/nearNames.ts";
import { UserError } from "../../model/userError.ts";
import { buildCatalog } from "../../rules/catalog.ts";
import { readCatalogSource } from "../../rules/catalogSource.ts";
import { compareRows, type Difference, type FamilyDifferences } from "../../rules/import/compare.ts";
import type { Importer, UpstreamRow } from "../../rules/import/importer.ts";
import { IMPORTERS } from "../../rules/import/index.ts";
import { catalogAfter, type Snapshot, tableAfter } from "../../rules/import/tableText.ts";
import { readTargetSource } from "../../rules/ruleSource.ts";
import { EXIT, say } from "../exit.ts";

export interface ImportFlags {
  readonly write?: boolean;
  readonly commit?: string;
  readonly into?: string;
}

/** The rules of this package. */
const SHIPPED_RULES = fileURLToPath(new URL("../../../rules/", import.meta.url));

export function runRulesImport(upstream: string, dir: string, flags: ImportFlags): number {
  const { into = SHIPPED_RULES } = flags;
  const importer = importerOf(upstream);
  const rows = readUpstream(importer, dir);
  const catalog = buildCatalog({ ...readCatalogSource(join(into, "catalog")), digest: "" });
  const tables = readTargetSource(join(into, importer.target)).tables;
  const differences = compareRows(rows, tables, catalog, importer.repository);
  process.stdout.write(reportOf(differences));
  if (flags.write) write(importer, rows, differences, snapshotOf(importer, dir, flags.commit), into);
  return EXIT.finished;
}

function importerOf(id: string): Importer {
  const importer = IMPORTERS.get(id);
  if (importer) return importer;
  const known = [...IMPORTERS.keys()];
  const [near] = nearNames(id, known);
  throw new UserError(
    `no importer for "${id}"`,
    near ? `did you mean ${near}?` : `known upstreams: ${known.join(", ")}`,
  );
}

function readUpstream(importer: Importer, dir: string): UpstreamRow[] {
  if (!existsSync(dir)) throw new UserError(`${dir} does not exist`);
  const paths = fastGlob.sync([...importer.files], { cwd: dir }).sort();
  const rows = importer.parse(paths.map((path) => ({ path, text: readFileSync(join(dir, path), "utf8") })));
  if (rows.length > 0) return rows;
  throw new UserError(`${dir} holds no table of ${importer.repository}`, `expected ${importer.files.join(", ")} in it`);
}

/** Evidence needs a commit and its date: the checkout's own, or the one that the user names. */
function snapshotOf({ repository }: Importer, dir: string, commit: string | undefined): Snapshot {
  const today = new Date().toISOString().slice(0, 10);
  if (commit !== undefined) return { repository, commit, asOf: today };
  const top = tryGit({ root: dir }, ["rev-parse", "--show-toplevel"])?.trim();
  const head = top === realpathSync(dir) ? tryGit({ root: dir }, ["log", "-1", "--format=%H %cs"]) : undefined;
  const [hash, asOf] = head?.trim().split(" ") ?? [];
  if (hash && asOf) return { repository, commit: hash, asOf };
  throw new UserError(`${dir} is no git checkout: its commit is not known`, "name it with --commit SHA");
}

function write(
  importer: Importer,
  rows: readonly UpstreamRow[],
  differences: readonly FamilyDifferences[],
  snapshot: Snapshot,
  rulesDir: string,
): void {
  const upstream = new Map(rows.map((row) => [row.symbol, row]));
  let files = 0;
  const replace = (file: string, after: (text: string) => string) => {
    const before = existsSync(file) ? readFileSync(file, "utf8") : "";
    const now = after(before);
    if (now === before) return;
    writeFileSync(file, now);
    files += 1;
  };
  for (const family of differences) {
    const name = `${family.family}.tsv`;
    replace(join(rulesDir, importer.target, "symbols", name), (text) => tableAfter(text, family, upstream, snapshot));
    replace(join(rulesDir, "catalog", "symbols", name), (text) => catalogAfter(text, family.added));
  }
  say(`portgauge: ${files} files written below ${rulesDir}; run npm run build, then portgauge rules check`);
}

const COLUMNS = ["names", "new", "gone", "counterpart", "kept", "versions", "kept"];

function reportOf(differences: readonly FamilyDifferences[]): string {
  const counts = differences.map(({ family, names, added, gone, counterparts, versions }) => ({
    family,
    cells: [names, added.length, gone.length, ...split(counterparts), ...split(versions)],
  }));
  const sums = COLUMNS.map((_, place) => counts.reduce((sum, { cells }) => sum + (cells[place] ?? 0), 0));
  const row = (head: string, cells: readonly (string | number)[]) =>
    `${head.padEnd(14)}${cells.map((cell) => String(cell).padStart(13)).join("")}`;
  return [
    row("family", COLUMNS),
    ...counts.map(({ family, cells }) => row(family, cells)),
    row("all", sums),
    "",
    ...differences.flatMap(details),
    "",
  ].join("\n");
}

/** Changes that an import makes, and those that better evidence holds back. */
function split(differences: readonly Difference[]): [number, number] {
  const held = differences.filter(({ kept }) => kept).length;
  return [differences.length - held, held];
}

function details({ family, added, gone, counterparts, versions }: FamilyDifferences): string[] {
  const changed = (what: string) => (difference: Difference) => {
    const { symbol, was, now, kept } = difference;
    return `~ ${family} ${symbol}: ${what} ${was || "none"} -> ${now || "none"}${kept ? " (kept: rests on more than this table)" : ""}`;
  };
  return [
    ...added.map(({ symbol, counterpart }) => `+ ${family} ${symbol} -> ${counterpart ?? "none"}`),
    ...gone.map((symbol) => `- ${family} ${symbol}`),
    ...counterparts.map(changed("counterpart")),
    ...versions.map(changed("versions")),
  ];
}
