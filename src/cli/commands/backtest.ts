/** `portgauge backtest FILE --clones DIR`: predicted against observed. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { backtest } from "../../backtest/backtest.ts";
import { type BacktestData, BacktestSchema } from "../../backtest/data.ts";
import { backtestText } from "../../backtest/text.ts";
import { defaultCacheDir, InventoryCache } from "../../host/cache.ts";
import { findCommit, openRepository } from "../../host/git.ts";
import { BlobReader } from "../../host/gitBlobs.ts";
import { listTree } from "../../host/gitChanges.ts";
import { readRevision } from "../../host/readEntries.ts";
import type { Report } from "../../model/report.ts";
import { UserError } from "../../model/userError.ts";
import { assess, type Knowledge } from "../../pipeline.ts";
import { linkProject } from "../../project.ts";
import { parseChecked } from "../../rules/checkedYaml.ts";
import { rulesIndex } from "../../rules/load.ts";
import { EXIT, say } from "../exit.ts";
import { sourceFilter } from "../gateSides.ts";
import { shippedKnowledge } from "../knowledge.ts";
import { assessSettings, projectSettings } from "../settings.ts";

export interface BacktestFlags {
  readonly clones: string;
  readonly format?: "table" | "json";
  readonly cacheDir?: string;
}

export async function runBacktest(file: string, flags: BacktestFlags): Promise<number> {
  const data = readData(file);
  const knowledge = await shippedKnowledge();
  const reports = new Map<string, Report>();
  for (const { repository, commit } of wantedRevisions(data)) {
    const key = `${repository}@${commit}`;
    if (reports.has(key)) continue;
    const folder = cloneOf(repository, flags.clones);
    const report = folder && (await predict(folder, commit, data.target, flags, knowledge));
    if (report) reports.set(key, report);
    else say(`portgauge: no clone of ${repository} with ${commit} under ${flags.clones}`);
  }
  const result = backtest(data, (repository, commit) => reports.get(`${repository}@${commit}`));
  process.stdout.write(flags.format === "json" ? `${JSON.stringify(result, null, 2)}\n` : backtestText(result));
  return EXIT.finished;
}

function readData(file: string): BacktestData {
  if (!existsSync(file)) throw new UserError(`no such file: ${file}`, "the shipped data is fixtures/backtest/hip.json");
  const checked = parseChecked(readFileSync(file, "utf8"), file, BacktestSchema);
  if (!checked.ok) throw new UserError(checked.problems.join("\n"));
  return checked.value;
}

function wantedRevisions({ ports, files, programs }: BacktestData) {
  return [...ports, ...(files?.ports ?? []), ...(programs ? [programs] : [])];
}

/** `owner+name`, `owner/name` or `name`, with the git directory in it or below `repo`. */
function cloneOf(repository: string, clones: string): string | undefined {
  const names = [repository.replace("/", "+"), repository, repository.slice(repository.indexOf("/") + 1)];
  return names.flatMap((name) => [join(clones, name, "repo"), join(clones, name)]).find((folder) => existsSync(folder));
}

/** The report of a revision read from git objects, as if the port had not happened. */
async function predict(
  folder: string,
  commit: string,
  target: string,
  flags: BacktestFlags,
  knowledge: Knowledge,
): Promise<Report | undefined> {
  const repository = openRepository(folder);
  const found = findCommit(repository, commit);
  if (!found) return undefined;
  const config = { version: 1 } as const;
  const { discover, project } = projectSettings([folder], { cache: true }, config);
  const entries = sourceFilter(discover)(listTree(repository, found.id).files);
  const blobs = new BlobReader(repository);
  const cache = new InventoryCache(flags.cacheDir ?? defaultCacheDir(), `${folder}@${commit}`, rulesIndex().reader);
  try {
    const source = { root: folder, blobs, catalog: () => knowledge.catalog };
    const taken = await readRevision(entries, source, cache);
    const inventory = linkProject(taken, { skipped: [], submodules: [] }, project);
    const scan = { root: folder, revision: commit, assess: assessSettings({ target: [target] }, config) };
    return assess(inventory, scan, knowledge);
  } finally {
    blobs.close();
  }
}
