/** Roots and globs to the list of files to read. Looks at names only; nothing is opened but ignore files. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import fastGlob from "fast-glob";
import ignore, { type Ignore } from "ignore";
import { UserError } from "../model/userError.ts";
import type { Language } from "../model/vocabulary.ts";
import { languageOf } from "./language.ts";

export interface FileRef {
  /** POSIX, relative to the root; begins with the root's name when there are several. */
  readonly path: string;
  readonly absolute: string;
  readonly language: Language;
}

export interface DiscoverOptions {
  readonly roots: readonly string[];
  /** gitignore-style; when given, only files that fit one are read. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export interface Discovered {
  readonly files: readonly FileRef[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Folders that are git submodules, as report paths: somebody else's code. */
  readonly submodules: readonly string[];
  /** Text of the root's CODEOWNERS, if it has one. */
  readonly codeowners?: string;
}

/** Never sources of the project, and expensive to walk. */
const NEVER = ["**/.git", "**/node_modules", "**/__pycache__", "**/.venv", "**/.portgauge-cache"];
const GITIGNORE = ".gitignore";
const CODEOWNERS = ["CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS"];

interface Root {
  /** Prefix of report paths, with its slash; empty for a single root. */
  readonly prefix: string;
  readonly folder: string;
  /** Set when the root is one file. */
  readonly only?: string;
}

/** Checks the paths and gives each root its prefix; all missing paths in one message. */
function rootsOf(paths: readonly string[]): Root[] {
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length > 0) {
    throw new UserError(
      `no such file or folder: ${missing.join(", ")}`,
      "give existing paths, or none to scan the current folder",
    );
  }
  const several = paths.length > 1;
  const taken = new Map<string, number>();
  return paths.map((path) => {
    const absolute = resolve(path);
    const isFile = statSync(absolute).isFile();
    const folder = isFile ? dirname(absolute) : absolute;
    if (!several) return { prefix: "", folder, ...(isFile ? { only: basename(absolute) } : {}) };
    const name = basename(folder) || "root";
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    const prefix = `${count === 1 ? name : `${name}-${count}`}/`;
    return { prefix, folder, ...(isFile ? { only: basename(absolute) } : {}) };
  });
}

/** Every `.gitignore` with the folder it speaks for; a path is tested against those above it, from the top. */
function gitignoreFilter(folder: string, ignoreFiles: readonly string[]): (path: string) => boolean {
  const matchers = new Map<string, Ignore>();
  for (const file of ignoreFiles) {
    const text = tryRead(join(folder, file));
    if (text === undefined) continue;
    matchers.set(file.slice(0, -GITIGNORE.length), ignore({ allowRelativePaths: true }).add(text));
  }
  return (path) => {
    let ignored = false;
    for (let base = 0; ; ) {
      const result = matchers.get(path.slice(0, base))?.test(path.slice(base));
      if (result?.ignored) ignored = true;
      else if (result?.unignored) ignored = false;
      base = path.indexOf("/", base) + 1;
      if (base === 0) return ignored;
    }
  };
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function submodulesOf(folder: string): string[] {
  const text = tryRead(join(folder, ".gitmodules")) ?? "";
  return [...text.matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].map(([, path = ""]) => path);
}

/** `seen` holds what an earlier root has given: roots may overlap, and a file counts once. */
function discoverRoot(root: Root, options: DiscoverOptions, seen: Set<string>): Discovered {
  const entries = fastGlob.sync(root.only ? fastGlob.escapePath(root.only) : "**/*", {
    cwd: root.folder,
    dot: true,
    onlyFiles: false,
    objectMode: true,
    followSymbolicLinks: false,
    suppressErrors: true,
    ignore: NEVER,
  });
  const ignoreFiles = entries.flatMap(({ path, name }) => (name === GITIGNORE ? path : []));
  const isIgnored = gitignoreFilter(root.folder, ignoreFiles);
  const included = options.include.length > 0 ? ignore().add([...options.include]) : undefined;
  const excluded = options.exclude.length > 0 ? ignore().add([...options.exclude]) : undefined;
  const files: FileRef[] = [];
  const skipped: { path: string; reason: string }[] = [];
  for (const { path, dirent } of entries) {
    const language = languageOf(path);
    if (language === undefined || dirent.isDirectory()) continue;
    if (included && !included.ignores(path)) continue;
    if (excluded?.ignores(path) || (!root.only && isIgnored(path))) continue;
    const absolute = join(root.folder, path);
    if (seen.has(absolute)) continue;
    seen.add(absolute);
    const reported = root.prefix + path;
    if (dirent.isFile()) files.push({ path: reported, absolute, language });
    else skipped.push({ path: reported, reason: dirent.isSymbolicLink() ? "symbolic-link" : "not-a-file" });
  }
  const codeowners = CODEOWNERS.map((name) => tryRead(join(root.folder, name))).find((text) => text !== undefined);
  return {
    files,
    skipped,
    submodules: submodulesOf(root.folder).map((path) => root.prefix + path),
    ...(codeowners === undefined ? {} : { codeowners }),
  };
}

/** Files to read, sorted by path, so that everything after is independent of the file system's order. */
export function discover(options: DiscoverOptions): Discovered {
  const seen = new Set<string>();
  const parts = rootsOf(options.roots).map((root) => discoverRoot(root, options, seen));
  const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  const [first] = parts;
  return {
    files: parts.flatMap((part) => part.files).sort(byPath),
    skipped: parts.flatMap((part) => part.skipped).sort(byPath),
    submodules: parts.flatMap((part) => part.submodules),
    ...(parts.length === 1 && first?.codeowners !== undefined ? { codeowners: first.codeowners } : {}),
  };
}
