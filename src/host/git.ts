/** Reads git repositories through git itself, from objects: no checkout, no network, nothing written, no hook run. */
import { spawnSync } from "node:child_process";
import { UserError } from "../model/userError.ts";

export interface Repository {
  /** Top of the working tree; of a bare repository, its own folder. */
  readonly root: string;
  readonly bare: boolean;
  readonly shallow: boolean;
}

/** Output of the largest repositories' file lists stays far below. */
const MAX_OUTPUT = 1024 * 1024 * 1024;

/** Keeps git from fetching, locking, prompting, and from running what a repository's own config names. */
export const GIT_ENV = { GIT_OPTIONAL_LOCKS: "0", GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
export const GIT_FLAGS = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"];

interface GitAnswer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function ask(cwd: string, args: readonly string[]): GitAnswer {
  const result = spawnSync("git", [...GIT_FLAGS, ...args], {
    cwd,
    env: { ...process.env, ...GIT_ENV },
    encoding: "utf8",
    maxBuffer: MAX_OUTPUT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if ((result.error as NodeJS.ErrnoException | undefined)?.code === "ENOENT") throw noGit();
  return result;
}

export function noGit(): UserError {
  return new UserError("git is not installed or not on the PATH", "install git; the gate reads revisions through it");
}

/** The answer, or undefined when git says no. */
export function tryGit(repository: Pick<Repository, "root">, args: readonly string[]): string | undefined {
  const { status, stdout } = ask(repository.root, args);
  return status === 0 ? stdout : undefined;
}

/** The answer; git saying no to a question that always has one is the user's repository being broken. */
export function git(repository: Pick<Repository, "root">, args: readonly string[]): string {
  const { status, stdout, stderr } = ask(repository.root, args);
  if (status !== 0) throw new UserError(`git ${args[0]} failed: ${stderr.trim()}`);
  return stdout;
}

function refusal(folder: string, stderr: string): UserError {
  if (stderr.includes("dubious ownership")) {
    return new UserError(
      `git does not trust ${folder}: it belongs to another user`,
      `git config --global --add safe.directory ${folder}`,
    );
  }
  return new UserError(
    `${folder} is not in a git repository`,
    "run the gate in a clone, or compare with --baseline FILE, which needs no git",
  );
}

/** The repository that a folder is in: clone, worktree, submodule or bare. */
export function openRepository(folder: string): Repository {
  const { status, stdout, stderr } = ask(folder, [
    "rev-parse",
    "--is-bare-repository",
    "--is-shallow-repository",
    "--absolute-git-dir",
    "--show-toplevel",
  ]);
  const [bare, shallow, gitDir, top] = stdout.split("\n");
  // A bare repository answers all but the last, and git counts that as a failure.
  if (bare === "true" && gitDir) return { root: gitDir, bare: true, shallow: shallow === "true" };
  if (status !== 0 || !top) throw refusal(folder, stderr);
  return { root: top, bare: false, shallow: shallow === "true" };
}

export interface Commit {
  readonly id: string;
}

/** The commit that a name means; undefined when the repository does not have it. */
export function findCommit(repository: Repository, ref: string): Commit | undefined {
  const answer = tryGit(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  return answer ? { id: answer.trim() } : undefined;
}

function isObjectId(ref: string): boolean {
  return /^[0-9a-f]{7,64}$/.test(ref);
}

/** How one gets a revision that is not there, in the words of where that usually happens. */
export function howToGet(repository: Repository, ref: string): string {
  // `HEAD~3` and the like are no names that a server knows: only more history can hold them.
  if (/[~^]/.test(ref)) {
    return repository.shallow
      ? "this clone is shallow; get it with: git fetch --deepen=200"
      : "git log shows what is there";
  }
  const branch = ref.replace(/^(?:refs\/)?(?:remotes\/)?origin\//, "");
  const fetch = isObjectId(ref) ? `git fetch origin ${ref}` : `git fetch origin ${branch}`;
  if (!repository.shallow) return `get it with: ${fetch}`;
  return `this clone is shallow; get it with: ${fetch} && git fetch --deepen=200 (GitHub: actions/checkout with fetch-depth: 0; GitLab: GIT_DEPTH: 0)`;
}

export function needCommit(repository: Repository, ref: string): Commit {
  const commit = findCommit(repository, ref);
  if (commit) return commit;
  throw new UserError(`revision ${JSON.stringify(ref)} is not in this repository`, howToGet(repository, ref));
}

/** Where two revisions parted; undefined when their histories do not meet in what the repository has. */
export function mergeBase(repository: Repository, a: string, b: string): string | undefined {
  return tryGit(repository, ["merge-base", a, b])?.trim() || undefined;
}
