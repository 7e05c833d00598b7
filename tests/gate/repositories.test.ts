/** Where gates run: worktrees, shallow and bare clones, submodules, merges, detached heads, CI variables. */
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gateRepository } from "../../src/cli/commands/gate.ts";
import type { UserError } from "../../src/model/userError.ts";
import { only, Scratch } from "./scratch.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

function python(...calls: string[]): string {
  return `import torch\n\n\ndef f(x):\n${calls.map((call) => `    ${call}\n`).join("")}    return x\n`;
}

const SYNC = "torch.cuda.synchronize()";
const EMPTY_CACHE = "torch.cuda.empty_cache()";
const SEED = "torch.cuda.manual_seed(1)";

/** main and feature part after the first commit; both go on. */
let fork = "";
let mainTip = "";
let featureTip = "";

beforeAll(() => {
  scratch.init("project");
  fork = scratch.commit("project", { "a.py": python(SYNC) });
  mainTip = scratch.commit("project", { "b.py": python(EMPTY_CACHE) });
  scratch.git("project", "checkout", "--quiet", "-b", "feature", fork);
  scratch.commit("project", { "notes.txt": "nothing\n" });
  featureTip = scratch.commit("project", { "c.py": python(SEED) });
});

async function refusal(promise: Promise<unknown>): Promise<UserError> {
  return promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (error) => {
      expect(error).toMatchObject({ name: "UserError" });
      return error as UserError;
    },
  );
}

describe("revisions", () => {
  it("compares with where the branch left its base, not with what the base became", async () => {
    const result = await scratch.gate("project", { base: "main", head: "feature" });
    expect(result).toMatchObject({ base: fork, head: featureTip, pass: true, changedFiles: 1, notices: [] });
    expect(only(result)).toMatchObject({ newUsages: 1, goneUsages: 0 });
  });

  it("a merge of the base into the branch adds only what the branch adds", async () => {
    scratch.git("project", "checkout", "--quiet", "-b", "merged", "feature");
    scratch.git("project", "merge", "--quiet", "--no-edit", "main");
    const result = await scratch.gate("project", { base: "main", head: "merged" });
    expect(result.base).toBe(mainTip);
    expect(only(result)).toMatchObject({ newUsages: 1, goneUsages: 0 });
  });

  it("a detached head is compared like a branch", async () => {
    scratch.git("project", "checkout", "--quiet", "--detach", featureTip);
    expect(only(await scratch.gate("project", { base: "main" }))).toMatchObject({ newUsages: 1 });
  });

  it("a missing base says so and how to get it", async () => {
    const error = await refusal(scratch.gate("project", { base: "origin/release" }));
    expect(error.message).toContain('"origin/release" is not in this repository');
    expect(error.hint).toContain("git fetch origin release");
  });

  it("a name that looks like an option is a name", async () => {
    expect((await refusal(scratch.gate("project", { base: "--output=x" }))).message).toContain("--output=x");
  });
});

describe("the working tree and the index", () => {
  it("the working tree counts modified, staged and new files, and not ignored ones", async () => {
    scratch.init("tree");
    scratch.commit("tree", { "a.py": python(SYNC), ".gitignore": "build/\n" });
    scratch.edit("tree", { "a.py": python(SYNC, EMPTY_CACHE), "new.py": python(SEED), "build/gen.py": python(SEED) });
    symlinkSync("new.py", scratch.path("tree", "link.py"));
    const result = await scratch.gate("tree", { base: "HEAD" });
    expect(result).toMatchObject({ head: "working tree", notices: [] });
    expect(only(result)).toMatchObject({ newUsages: 2, goneUsages: 0 });
  });

  it("--staged counts what would be committed", async () => {
    scratch.git("tree", "add", "new.py");
    const result = await scratch.gate("tree", { staged: true });
    expect(result.head).toBe("index");
    expect(only(result)).toMatchObject({ newUsages: 1, goneUsages: 0 });
  });

  it("a deleted file is gone", async () => {
    scratch.edit("tree", { "a.py": null });
    expect(only(await scratch.gate("tree", { base: "HEAD", exclude: ["new.py"] }))).toMatchObject({
      newUsages: 0,
      goneUsages: 1,
    });
  });
});

describe("clones", () => {
  it("a worktree is its own working tree", async () => {
    scratch.git("project", "worktree", "add", "--quiet", "--detach", scratch.path("worktree"), "feature");
    scratch.edit("worktree", { "d.py": python(SYNC) });
    expect(only(await scratch.gate("worktree", { base: "main" }))).toMatchObject({ newUsages: 2 });
  });

  it("a shallow clone without the base says how to deepen it", async () => {
    scratch.git(
      ".",
      "clone",
      "--quiet",
      "--depth=1",
      "--branch=feature",
      `file://${scratch.path("project")}`,
      "shallow",
    );
    const error = await refusal(scratch.gate("shallow", { base: "origin/main" }));
    expect(error.hint).toContain("git fetch --deepen");
    expect(error.hint).toContain("fetch-depth: 0");
    const older = await refusal(scratch.gate("shallow", { base: "HEAD~5" }));
    expect(older.hint).toContain("git fetch --deepen");
    expect(older.hint).not.toContain("origin HEAD~5");
  });

  it("a shallow clone with the base but without the fork compares with the base and says so", async () => {
    scratch.git("shallow", "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main");
    const result = await scratch.gate("shallow", { base: "origin/main" });
    expect(result.base).toBe(mainTip);
    expect(result.notices.map(({ code }) => code)).toEqual(["no-merge-base"]);
    expect(only(result)).toMatchObject({ newUsages: 1, goneUsages: 1 });
  });

  it("a deepened clone compares with the fork", async () => {
    scratch.git("shallow", "fetch", "--quiet", "--unshallow", "origin");
    const result = await scratch.gate("shallow", { base: "origin/main" });
    expect(result).toMatchObject({ base: fork, notices: [] });
  });

  it("a bare clone gates named revisions and refuses a working tree", async () => {
    scratch.git(".", "clone", "--quiet", "--bare", scratch.path("project"), "bare");
    expect(only(await scratch.gate("bare", { base: "main", head: "feature" }))).toMatchObject({ newUsages: 1 });
    expect((await refusal(scratch.gate("bare", { base: "main" }))).hint).toContain("--head REF");
  });

  it("a submodule is a repository of its own, and third-party code to the one above", async () => {
    scratch.init("outer");
    scratch.git("outer", "submodule", "--quiet", "add", `file://${scratch.path("project")}`, "lib");
    scratch.git("outer/lib", "checkout", "--quiet", fork);
    scratch.commit("outer", { "x.py": python(SYNC) });
    scratch.git("outer/lib", "checkout", "--quiet", featureTip);
    const outer = await scratch.gate("outer", { base: "HEAD" });
    expect(only(outer)).toMatchObject({ newUsages: 0, goneUsages: 0 });
    expect(outer.notices.map(({ code, path }) => [code, path])).toEqual([["submodule-moved", "lib"]]);
    expect(only(await scratch.gate("outer/lib", { base: fork }))).toMatchObject({ newUsages: 1 });
  });

  it("a folder without git says what works there", async () => {
    mkdirSync(scratch.path("plain"));
    const error = await refusal(scratch.gate("plain"));
    expect(error.hint).toContain("--baseline");
  });

  it("a repository without a commit says so", async () => {
    scratch.init("unborn");
    expect((await refusal(scratch.gate("unborn"))).message).toContain("no commit yet");
  });
});

describe("the default base", () => {
  beforeAll(() => {
    scratch.git(".", "clone", "--quiet", "--branch=feature", scratch.path("project"), "clone");
  });
  const baseFrom = async (env: NodeJS.ProcessEnv) => (await scratch.gate("clone", {}, env)).base;

  it.each([
    ["GitHub", { GITHUB_BASE_REF: "main" }],
    ["a GitHub merge queue", { GITHUB_REF: "refs/heads/gh-readonly-queue/main/pr-7-0123abc" }],
    ["GitLab by branch", { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main" }],
    ["Jenkins", { CHANGE_TARGET: "main" }],
    ["Buildkite", { BUILDKITE_PULL_REQUEST_BASE_BRANCH: "main" }],
    ["no CI", {}],
  ])("%s", async (_, env) => {
    // The project's own HEAD, which origin/HEAD follows, is the detached feature.
    scratch.git("clone", "remote", "set-head", "origin", "main");
    expect(await baseFrom(env)).toBe(fork);
  });

  it("GitLab by commit", async () => {
    expect(await baseFrom({ CI_MERGE_REQUEST_DIFF_BASE_SHA: fork })).toBe(fork);
  });

  it("knows the folder from anywhere below it", async () => {
    mkdirSync(scratch.path("clone", "below"), { recursive: true });
    const { result } = await gateRepository(
      scratch.path("clone", "below"),
      { base: "origin/main", cache: false, target: ["hip"] },
      {},
    );
    expect(only(result).newUsages).toBe(1);
  });

  it("what CI names must be there: no silent fall back to another branch", async () => {
    const error = await refusal(scratch.gate("clone", {}, { GITHUB_BASE_REF: "release/2.0" }));
    expect(error.message).toContain("origin/release/2.0 (from GITHUB_BASE_REF)");
  });
});

const SEEDS_ARE_WORK = `rules:
  - id: seeds
    match: [torch.cuda.manual_seed]
    verdict: adapt
    price: local
    why: "Seeds give other numbers here."
    evidence: [{ level: inferred, source: "own", asOf: 2026-01-01 }]
`;

describe("the cache", () => {
  it("changes nothing in the result, cold, warm, broken or absent", async () => {
    scratch.edit("rules", { "hip/seeds.yaml": SEEDS_ARE_WORK });
    const project = { base: "main", head: "feature", rules: [scratch.path("rules")] };
    const run = async (flags: object) => JSON.stringify(await scratch.gate("project", { ...project, ...flags }));
    const fresh = scratch.path("cache-fresh");
    const cold = await run({ cacheDir: fresh });
    expect(JSON.parse(cold)).toMatchObject({ targets: [{ verdicts: { adapt: 1 } }] });
    expect(readdirSync(fresh).length).toBeGreaterThan(0);
    expect(await run({ cacheDir: fresh })).toBe(cold);
    expect(await run({ cache: false })).toBe(cold);
    for (const folder of readdirSync(fresh)) {
      for (const file of readdirSync(scratch.path("cache-fresh", folder))) {
        scratch.edit("cache-fresh", { [`${folder}/${file}`]: "{" });
      }
    }
    expect(await run({ cacheDir: fresh })).toBe(cold);
  });
});
