/**
 * A port that already runs: repositories at their head often ship builds for the target. What is left to do there is
 * not a port. Told from signs that only such a build, its tests or its users leave, never from the target's name alone.
 */
import { speaksOf } from "../match/guard.ts";
import type { Finding } from "../model/finding.ts";
import type { Inventory } from "../model/inventory.ts";
import type { RunningPort } from "../model/plan.ts";
import type { TargetManifest } from "../model/rule.ts";

/** Words of a report for a sign's name behind `port:<target>:`. */
const SIGNS: Readonly<Record<string, string>> = {
  build: "built by",
  ci: "tested by",
  container: "shipped in",
  packages: "installed by",
};
/** Signs of these kinds say that something is built or run; the others that somebody prepared it. */
const WITNESSES = new Set(["build", "ci"]);
/** Code in fewer files under the target's guards may be a mere allowance. */
const FEWEST_GUARDED_FILES = 3;
/** Kinds of signs that must agree where no machine of the target tests every change. */
const FEWEST_KINDS = 2;
/** So many files of the target's own per CUDA file, and its build has a tree of its own: the CUDA code is not in it. */
const TWIN_TREE = 0.25;

/** Folders that say how a whole repository is built, tested and shipped. */
const OF_REPOSITORY = /(?:^|\/)(?:\.github|\.gitlab|\.circleci|\.buildkite|\.ci|\.devops|docker|ci|requirements)\//;
/** Files whose folder is the root of what they build, whatever stands beside them. */
const OF_FOLDER = /(?:^|\/)(?:Makefile[^/]*|[^/]+\.mk)$/;

interface Sign {
  readonly kind: string;
  readonly path: string;
  readonly line: number;
}

/** Where a sign's word goes: below the folder of the project that it stands in. */
function reachOf(path: string, projects: ReadonlySet<string>): string {
  const repository = OF_REPOSITORY.exec(path);
  if (repository) return path.slice(0, repository.index === 0 ? 0 : repository.index + 1);
  const own = path.slice(0, path.lastIndexOf("/") + 1);
  if (OF_FOLDER.test(path)) return own;
  for (let folder = own; folder !== ""; folder = folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1)) {
    if (projects.has(folder)) return folder;
  }
  return projects.has("") ? "" : own;
}

/** Folders with the metadata of a project in them. */
function projectFolders(inventory: Inventory): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const { path } of inventory.files) {
    const found = /(?:^|\/)(?:setup\.py|pyproject\.toml|CMakePresets\.json|\.github\/.*)$/.exec(path);
    if (found) folders.add(path.slice(0, found[0].startsWith("/") ? found.index + 1 : found.index));
  }
  return folders;
}

function signsOf({ signals, files }: Inventory, target: string): Sign[] {
  const vendored = new Set(files.filter((file) => file.vendored).map((file) => file.path));
  const prefix = `port:${target}:`;
  return signals.flatMap(({ name, path, line }) => {
    if (vendored.has(path)) return [];
    if (name.startsWith(prefix)) return [{ kind: name.slice(prefix.length), path, line }];
    return name === "alias-header" ? [{ kind: name, path, line }] : [];
  });
}

/** Files with code under the target's own guards: somebody has gone through them. */
function guardedFiles(findings: readonly Finding[], { guards }: TargetManifest): string[] {
  const known = new Set(guards);
  const speaking = new Map<string, boolean>();
  const paths = new Set<string>();
  for (const { usage } of findings) {
    if (usage.guard === undefined || usage.vendored || paths.has(usage.path)) continue;
    let speaks = speaking.get(usage.guard);
    if (speaks === undefined) speaking.set(usage.guard, (speaks = speaksOf(usage.guard, known)));
    if (speaks) paths.add(usage.path);
  }
  return [...paths];
}

/** The port that runs today; undefined where its signs are missing or too few. */
export function runningPort(
  findings: readonly Finding[],
  inventory: Inventory,
  manifest: TargetManifest,
): RunningPort | undefined {
  const signs = signsOf(inventory, manifest.id);
  const witnesses = signs.filter(({ kind }) => WITNESSES.has(kind));
  if (witnesses.length === 0) return undefined;
  const projects = projectFolders(inventory);
  const reaches = [...new Set(witnesses.map(({ path }) => reachOf(path, projects)))];
  const covers = (path: string) => reaches.some((reach) => path.startsWith(reach));
  if (hasTwinTree(inventory, manifest.id, covers)) return undefined;
  const guarded = guardedFiles(findings, manifest).filter(covers);
  const kinds = new Set(signs.filter(({ path }) => covers(path)).map(({ kind }) => kind));
  const enough = kinds.has("ci") || kinds.size + (guarded.length >= FEWEST_GUARDED_FILES ? 1 : 0) >= FEWEST_KINDS;
  return enough ? { signs: worded(signs, guarded), covers } : undefined;
}

function hasTwinTree({ files, signals }: Inventory, target: string, covers: (path: string) => boolean): boolean {
  const twins = new Set(signals.filter(({ name }) => name === `twin:${target}`).map(({ path }) => path));
  const sources = files.filter(({ path, language, vendored }) => language === "cuda" && !vendored && !twins.has(path));
  const covered = sources.filter(({ path }) => covers(path)).length;
  return covered > 0 && [...twins].filter(covers).length >= TWIN_TREE * covered;
}

/** One sign of each kind, the first in order of path. */
function worded(signs: readonly Sign[], guarded: readonly string[]): string[] {
  const first = new Map<string, Sign>();
  for (const sign of signs) if (!first.has(sign.kind)) first.set(sign.kind, sign);
  const told = [...first].map(([kind, { path, line }]) => `${SIGNS[kind] ?? kind} ${path}:${line}`);
  const count = `${guarded.length} file${guarded.length === 1 ? "" : "s"}`;
  return guarded.length === 0 ? told : [...told, `guards of its own in ${count}, such as ${guarded[0]}`];
}
