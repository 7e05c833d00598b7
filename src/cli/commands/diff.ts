/** `portgauge diff A B`: what moved between two reports or revisions because of code, and what because of rules. */
import { readFileSync, statSync } from "node:fs";
import { diffReports, type NamedReport } from "../../compare/diff.ts";
import { needCommit, openRepository, type Repository } from "../../host/git.ts";
import { BlobReader } from "../../host/gitBlobs.ts";
import { listTree } from "../../host/gitChanges.ts";
import { readRevision } from "../../host/readEntries.ts";
import { type Report, ReportSchema } from "../../model/report.ts";
import { UserError } from "../../model/userError.ts";
import { assess, type Knowledge } from "../../pipeline.ts";
import { linkProject } from "../../project.ts";
import { DIFF_FORMATS, type DiffFormatName } from "../../report/diffFormats/index.ts";
import { cacheFor } from "../cacheFlags.ts";
import { EXIT } from "../exit.ts";
import type { DiffFlags } from "../gateOptions.ts";
import { sourceFilter } from "../gateSides.ts";
import { shippedKnowledge } from "../knowledge.ts";
import { deliver, destinationsOf } from "../output.ts";
import { assessSettings, configFor, projectSettings, ruleFolders } from "../settings.ts";

const FORMAT_NAMES = Object.keys(DIFF_FORMATS) as DiffFormatName[];

export async function runDiff(a: string, b: string, flags: DiffFlags): Promise<number> {
  const destinations = destinationsOf(flags.format, flags.output, FORMAT_NAMES, "table");
  const result = diffReports(await reportOf(a, flags), await reportOf(b, flags));
  for (const destination of destinations) await deliver(destination, DIFF_FORMATS[destination.format](result));
  return EXIT.finished;
}

const SAVE = "portgauge scan --format json=FILE writes one";

/** A file is a report; everything else is a revision. */
async function reportOf(name: string, flags: DiffFlags): Promise<NamedReport> {
  const isFile = statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;
  if (!isFile && name.endsWith(".json")) throw new UserError(`no such report: ${name}`, SAVE);
  return { name, report: isFile ? savedReport(name) : await revisionReport(name, flags) };
}

export function savedReport(file: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UserError(`${file} is not a JSON report: ${(error as Error).message}`);
  }
  const parsed = ReportSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue && issue.path.length > 0 ? ` at ${issue.path.join(".")}` : "";
  throw new UserError(
    `${file} is not a portgauge report (schemaVersion 1)${where}: ${issue?.message ?? "wrong shape"}`,
    SAVE,
  );
}

async function revisionReport(ref: string, flags: DiffFlags): Promise<Report> {
  const repository = openRepository(process.cwd());
  const commit = needCommit(repository, ref);
  const config = await configFor([repository.root], flags.config);
  const knowledge = await shippedKnowledge(ruleFolders(flags, config));
  const { discover, project } = projectSettings([repository.root], flags, config);
  const { files, submodules } = listTree(repository, commit.id);
  const taken = await readAt(repository, sourceFilter(discover)(files), knowledge, flags);
  const inventory = linkProject(taken, { skipped: [], submodules }, project);
  const settings = assessSettings(flags, config);
  return assess(inventory, { root: ".", revision: commit.id, assess: settings }, knowledge);
}

async function readAt(
  repository: Repository,
  entries: Parameters<typeof readRevision>[0],
  knowledge: Knowledge,
  flags: DiffFlags,
) {
  const blobs = new BlobReader(repository);
  try {
    const source = { root: repository.root, blobs, catalog: () => knowledge.catalog };
    return await readRevision(entries, source, cacheFor([repository.root], flags));
  } finally {
    blobs.close();
  }
}
