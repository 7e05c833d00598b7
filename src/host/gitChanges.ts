/** Lists of files of revisions, and between them, without reading contents. */
import { git, type Repository } from "./git.ts";

/** A file of a revision; `blob` is undefined for one that stands on disk only. */
export interface Entry {
  readonly path: string;
  readonly blob: string | undefined;
}

export interface Changes {
  /** Changed files as they were, and as they are. */
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
  /** Submodules that point elsewhere now. */
  readonly submodules: readonly string[];
}

/** What a change leads to. */
export type Head = { readonly commit: string } | "index" | "working tree";

const REGULAR = /^100/;
const SUBMODULE = "160000";
const DIFF = ["-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--ignore-submodules=dirty"];

interface RawChange {
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldBlob: string;
  readonly newBlob: string;
  readonly path: string;
}

/** `:oldmode newmode oldid newid status NUL path NUL` … */
function parseRaw(text: string): RawChange[] {
  const fields = text.split("\0");
  const changes: RawChange[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [oldMode = "", newMode = "", oldBlob = "", newBlob = ""] = (fields[at] ?? "").slice(1).split(" ");
    changes.push({ oldMode, newMode, oldBlob, newBlob, path: fields[at + 1] ?? "" });
  }
  return changes;
}

function rawChanges(repository: Repository, base: string, head: Head): RawChange[] {
  if (head === "index") return parseRaw(git(repository, ["diff-index", "--cached", ...DIFF, base, "--"]));
  if (head === "working tree") return parseRaw(git(repository, ["diff-index", ...DIFF, base, "--"]));
  return parseRaw(git(repository, ["diff-tree", ...DIFF, base, head.commit, "--"]));
}

/** Files that git does not track and does not ignore; nested repositories end in a slash and are somebody else's. */
function untracked(repository: Repository): string[] {
  return git(repository, ["ls-files", "-z", "--others", "--exclude-standard", "--full-name", ":/"])
    .split("\0")
    .filter((path) => path !== "" && !path.endsWith("/"));
}

function entryOf(path: string, mode: string, blob: string): Entry[] {
  if (!REGULAR.test(mode)) return [];
  return [{ path, blob: /^0+$/.test(blob) ? undefined : blob }];
}

export function changesBetween(repository: Repository, base: string, head: Head): Changes {
  const changes = rawChanges(repository, base, head);
  const before = changes.flatMap(({ path, oldMode, oldBlob }) => entryOf(path, oldMode, oldBlob));
  const after = changes.flatMap(({ path, newMode, newBlob }) => entryOf(path, newMode, newBlob));
  if (head === "working tree") {
    after.push(...untracked(repository).map((path) => ({ path, blob: undefined })));
  }
  const submodules = changes
    .filter(({ oldMode, newMode }) => oldMode === SUBMODULE || newMode === SUBMODULE)
    .map(({ path }) => path);
  return { before, after, submodules };
}

export interface TreeListing {
  readonly files: readonly Entry[];
  readonly submodules: readonly string[];
}

/** Every file of a commit. */
export function listTree(repository: Repository, commit: string): TreeListing {
  const files: Entry[] = [];
  const submodules: string[] = [];
  for (const line of git(repository, ["ls-tree", "-r", "-z", "--full-tree", commit]).split("\0")) {
    const tab = line.indexOf("\t");
    const [mode = "", , blob = ""] = line.slice(0, tab).split(" ");
    const path = line.slice(tab + 1);
    if (mode === SUBMODULE) submodules.push(path);
    else files.push(...entryOf(path, mode, blob));
  }
  return { files, submodules };
}
