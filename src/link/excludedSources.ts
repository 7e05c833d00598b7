/** Files that the project's own build leaves out for a target: code under the build's condition, like code under `#if`. */
import type { BuildSource, FileInventory } from "../model/inventory.ts";
import { includeResolver, normalise } from "./includes.ts";

/** A source as one build file names it. */
interface Mention extends BuildSource {
  /** Folder of the build file, with its slash. */
  readonly folder: string;
}

const SOURCES: ReadonlySet<string> = new Set(["cuda", "cpp"]);
const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const isAgainst = ({ guard }: BuildSource): boolean => guard?.startsWith("!") === true;

/** A glob with more of them is no source list, and slow to try. */
const MOST_STARS = 6;

/** True when the mention can mean the file: by its path from the build file, or by path ending. */
function means({ name, folder }: Mention, path: string): boolean {
  const tail = normalise(name);
  if (!name.includes("*")) return path === normalise(folder + name) || path === tail || path.endsWith(`/${tail}`);
  if (name.split("*").length > MOST_STARS) return false;
  const pattern = tail.replace(/[.]/g, "\\.").replace(/\*+/g, "[^/]*");
  return new RegExp(`(?:^|/)${pattern}$`).test(path);
}

/** By path: the condition under which alone the build compiles a file. */
export function buildGuards(files: readonly FileInventory[]): ReadonlyMap<string, string> {
  const guards = new Map<string, string>();
  const mentions = files.flatMap(({ path, sources = [] }) =>
    sources.map((source): Mention => ({ ...source, folder: path.slice(0, path.lastIndexOf("/") + 1) })),
  );
  const names = new Set(mentions.filter(isAgainst).map(({ name }) => nameOf(name)));
  if (names.size === 0) return guards;
  for (const { path, language } of files) {
    if (!SOURCES.has(language) || !names.has(nameOf(path))) continue;
    const own = mentions.filter((mention) => means(mention, path));
    const [first] = own;
    if (first?.guard !== undefined && own.every(isAgainst)) guards.set(path, first.guard);
  }
  if (guards.size > 0) addHeaders(files, guards);
  return guards;
}

/** A header that only files under the condition include stands under it, too. */
function addHeaders(files: readonly FileInventory[], guards: Map<string, string>): void {
  const resolve = includeResolver(files.map(({ path }) => path));
  const includers = new Map<string, Set<string>>();
  for (const { path, includes } of files) {
    for (const include of includes) {
      const header = resolve(path, include);
      if (header === undefined || header === path) continue;
      const known = includers.get(header);
      if (known) known.add(path);
      else includers.set(header, new Set([path]));
    }
  }
  for (let before = -1; before !== guards.size; ) {
    before = guards.size;
    for (const [header, from] of includers) {
      const [first] = from;
      if (guards.has(header) || first === undefined) continue;
      const guard = guards.get(first);
      if (guard !== undefined && [...from].every((path) => guards.has(path))) guards.set(header, guard);
    }
  }
}

/** The file with what it uses under the build's condition, too; what has a condition of its own keeps it. */
export function underBuild(file: FileInventory, guard: string | undefined): FileInventory {
  if (guard === undefined) return file;
  return {
    ...file,
    usages: file.usages.map((usage) => ({ ...usage, guard: usage.guard ?? guard })),
    kernels: file.kernels.map((kernel) => ({ ...kernel, guard: kernel.guard ?? guard })),
  };
}
