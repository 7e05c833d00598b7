/** Which revision a change is compared with when nobody says: what the CI system names, else the default branch. */

type Environment = Readonly<Record<string, string | undefined>>;

export interface BaseCandidate {
  readonly ref: string;
  /** Where the name comes from, for the message when it is missing. */
  readonly from: string;
  /** A name that CI gives must be there; default branches are tried in turn. */
  readonly required: boolean;
}

const ZERO = /^0+$/;

function named(ref: string | undefined, from: string): BaseCandidate[] {
  if (!ref || ZERO.test(ref)) return [];
  return [{ ref, from, required: true }];
}

function branch(name: string | undefined, from: string): BaseCandidate[] {
  return name ? named(`origin/${name.replace(/^refs\/heads\//, "")}`, from) : [];
}

/** Merge queue branches of GitHub name the branch they go into: `gh-readonly-queue/main/pr-12-<commit>`. */
function queueBranch(env: Environment): string | undefined {
  return /^(?:refs\/heads\/)?gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]+$/.exec(env.GITHUB_REF ?? "")?.[1];
}

/** Where a change usually starts from, by convention. */
const DEFAULT_BRANCHES = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/** Candidates in order; the first that the repository has is taken, unless a required one is missing. */
export function baseCandidates(env: Environment): BaseCandidate[] {
  return [
    ...named(env.PRE_COMMIT_FROM_REF, "PRE_COMMIT_FROM_REF"),
    ...branch(env.GITHUB_BASE_REF, "GITHUB_BASE_REF"),
    ...branch(queueBranch(env), "the merge queue's GITHUB_REF"),
    ...named(env.CI_MERGE_REQUEST_DIFF_BASE_SHA, "CI_MERGE_REQUEST_DIFF_BASE_SHA"),
    ...branch(env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"),
    ...branch(env.CHANGE_TARGET, "CHANGE_TARGET"),
    ...branch(env.BUILDKITE_PULL_REQUEST_BASE_BRANCH, "BUILDKITE_PULL_REQUEST_BASE_BRANCH"),
    ...DEFAULT_BRANCHES.map((ref) => ({ ref, from: "the default branch", required: false })),
  ];
}
