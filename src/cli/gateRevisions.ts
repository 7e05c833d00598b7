/** Which two revisions a gate compares. */
import { baseCandidates } from "../host/ciBase.ts";
import { type Commit, findCommit, howToGet, mergeBase, needCommit, type Repository } from "../host/git.ts";
import type { Head } from "../host/gitChanges.ts";
import type { GateNotice } from "../model/gate.ts";
import { UserError } from "../model/userError.ts";
import type { GateFlags } from "./gateOptions.ts";

export interface Revisions {
  readonly base: Commit;
  readonly head: Head;
  /** As reports name it. */
  readonly headName: string;
  readonly notices: readonly GateNotice[];
}

interface NamedHead {
  readonly head: Head;
  readonly commit: Commit;
  readonly name: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What CI names must be there; a default branch is taken when it happens to be. */
function defaultBase(repository: Repository, env: Environment): Commit {
  const candidates = baseCandidates(env);
  for (const { ref } of candidates) {
    const commit = findCommit(repository, ref);
    if (commit) return commit;
    const [named] = candidates.filter(({ required }) => required);
    const lastNamed = candidates.filter(({ required }) => required).at(-1);
    if (named && lastNamed?.ref === ref) {
      throw new UserError(
        `base ${named.ref} (from ${named.from}) is not in this repository`,
        howToGet(repository, named.ref),
      );
    }
  }
  throw new UserError(
    `no base to compare with: none of ${candidates.map(({ ref }) => ref).join(", ")} is here`,
    "name one with --base REF, or compare with accepted findings: --baseline FILE",
  );
}

/** A pre-push hook checks what is pushed, whatever the working tree holds. */
function headOf(repository: Repository, flags: GateFlags, env: Environment): NamedHead {
  const ref = flags.head ?? (flags.staged ? undefined : env.PRE_COMMIT_TO_REF);
  if (ref) {
    const commit = needCommit(repository, ref);
    return { head: { commit: commit.id }, commit, name: commit.id };
  }
  if (repository.bare) throw new UserError("a bare repository has no working tree", "name the change with --head REF");
  const commit = findCommit(repository, "HEAD");
  if (!commit)
    throw new UserError("this repository has no commit yet", "compare with accepted findings: --baseline FILE");
  const head = flags.staged ? "index" : "working tree";
  return { head, commit, name: head };
}

export function revisionsFor(repository: Repository, flags: GateFlags, env: Environment): Revisions {
  const { head, commit, name } = headOf(repository, flags, env);
  if (flags.staged && flags.base === undefined) return { base: commit, head, headName: name, notices: [] };
  const tip = flags.base === undefined ? defaultBase(repository, env) : needCommit(repository, flags.base);
  if (tip.id === commit.id) return { base: tip, head, headName: name, notices: [] };
  const fork = mergeBase(repository, tip.id, commit.id);
  if (fork !== undefined) {
    const base = fork === tip.id ? tip : needCommit(repository, fork);
    return { base, head, headName: name, notices: [] };
  }
  const why = repository.shallow
    ? "this shallow clone does not reach back to where they parted"
    : "their histories have nothing in common";
  const message = `compared with the base itself, not with where the change left it: ${why}; ${howToGet(repository, flags.base ?? tip.id)}`;
  return { base: tip, head, headName: name, notices: [{ code: "no-merge-base", message }] };
}
