/** The GitHub Action as a runner would run it: its own steps, in their order, with the environment that GitHub sets. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { Scratch } from "./scratch.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

const action = parse(readFileSync(`${ROOT}action.yml`, "utf8")) as Action;
const scratch = new Scratch();
afterAll(() => scratch.remove());

/** Stands in for GitHub's client: one pull request, its comments in a folder. */
const GH = `#!/usr/bin/env bash
set -eu
store="$GH_STORE"
echo "$*" >> "$store/calls"
case "$*" in
  *--paginate*) [ -f "$store/comment" ] && head -n 1 "$store/comment" | grep -q "portgauge:gate" && echo 7 || true ;;
  *"--method POST"*|*"--method PATCH"*) for arg in "$@"; do case "$arg" in body=@*) cp "\${arg#body=@}" "$store/comment" ;; esac; done ;;
esac
`;

interface Outcome {
  readonly code: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Evaluates the few forms of expression that action.yml uses. */
function evaluator(context: Readonly<Record<string, string>>) {
  const value = (term: string): string => {
    const text = /^'(.*)'$/.exec(term);
    if (text) return text[1] ?? "";
    const found = context[term];
    if (found === undefined) throw new Error(`action.yml uses ${term}, which the test does not know`);
    return found;
  };
  return (text: string): string =>
    text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => {
      const terms = expression.split(/\s*&&\s*/).map((term) => {
        const [left = "", operator, right = ""] = term.split(/\s*(==|!=)\s*/);
        if (operator === undefined) return value(left);
        return String((value(left) === value(right)) === (operator === "=="));
      });
      return terms.find((term) => term === "false") ?? terms.at(-1) ?? "";
    });
}

/** Runs all steps in a clone, as on a pull request into main. */
function runAction(clone: string, inputs: Readonly<Record<string, string>>): Outcome {
  const temp = scratch.path("runner-temp");
  rmSync(temp, { recursive: true, force: true });
  mkdirSync(temp, { recursive: true });
  const context: Record<string, string> = {
    "github.token": "t",
    "github.event_name": "pull_request",
    "github.event.pull_request.number": "12",
    "github.sha": "0",
    "runner.os": "Linux",
    "runner.temp": temp,
  };
  for (const [name, { default: fallback }] of Object.entries(action.inputs)) {
    context[`inputs.${name}`] = inputs[name] ?? evaluator(context)(fallback);
  }
  const [outputFile, summaryFile] = [`${temp}/output`, `${temp}/summary`];
  const log: string[] = [];
  let code = 0;
  for (const step of action.runs.steps) {
    const evaluate = evaluator(context);
    if (step.run === undefined || (step.if !== undefined && evaluate(step.if) === "false")) continue;
    expect(step.run).not.toContain("${{");
    writeFileSync(outputFile, "");
    const env = Object.entries(step.env ?? {}).map(([name, text]) => [name, evaluate(text)]);
    const result = spawnSync("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step.run], {
      cwd: scratch.path(clone),
      encoding: "utf8",
      env: {
        ...process.env,
        ...Object.fromEntries(env),
        PATH: `${scratch.path("bin")}:${process.env.PATH}`,
        XDG_CACHE_HOME: scratch.path("cache-home"),
        GH_STORE: scratch.path("store"),
        GITHUB_ACTIONS: "true",
        GITHUB_ACTION_PATH: ROOT.replace(/\/$/, ""),
        GITHUB_BASE_REF: "main",
        GITHUB_OUTPUT: outputFile,
        GITHUB_REPOSITORY: "acme/serve",
        GITHUB_STEP_SUMMARY: summaryFile,
        RUNNER_TEMP: temp,
      },
    });
    log.push(result.stdout, result.stderr);
    for (const line of readFileSync(outputFile, "utf8")
      .split("\n")
      .filter((text) => text !== "")) {
      const at = line.indexOf("=");
      context[`steps.${step.id}.outputs.${line.slice(0, at)}`] = line.slice(at + 1);
    }
    if (result.status !== 0) {
      code = result.status ?? 1;
      break;
    }
  }
  const evaluate = evaluator({ "steps.gate.outputs.days-added": "", ...context });
  const outputs = code === 2 ? [] : Object.entries(action.outputs).map(([name, { value }]) => [name, evaluate(value)]);
  return {
    code,
    log: log.join(""),
    outputs: Object.fromEntries(outputs),
    summary: existsSync(summaryFile) ? readFileSync(summaryFile, "utf8") : "",
  };
}

const comment = () => {
  const file = scratch.path("store", "comment");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
};
const calls = () => readFileSync(scratch.path("store", "calls"), "utf8").trim().split("\n");

const CLEAN = "#include <cuda_runtime.h>\nvoid f(float* x) { cudaMalloc(&x, 4); }\n";
const PTX = `${CLEAN}
__global__ void where(unsigned* out) {
  unsigned id;
  asm volatile("mov.u32 %0, %%smid;" : "=r"(id));
  out[threadIdx.x] = id;
}
`;
const CONFIG = "version: 1\ntargets:\n  - id: hip\n    maxDays: 0.2\n";

beforeAll(() => {
  mkdirSync(scratch.path("bin"));
  mkdirSync(scratch.path("store"));
  writeFileSync(scratch.path("bin", "gh"), GH);
  chmodSync(scratch.path("bin", "gh"), 0o755);
  scratch.init("origin");
  scratch.commit("origin", { "a.cu": CLEAN, "portgauge.config.yaml": CONFIG });
  scratch.git("origin", "checkout", "--quiet", "-b", "change");
  scratch.commit("origin", { "docs.txt": "words\n" });
  scratch.git("origin", "checkout", "--quiet", "main");
  scratch.commit("origin", { "later.py": "import torch\ntorch.cuda.synchronize()\n" });
});

/** As actions/checkout does it: one commit, the merge of the pull request. */
function checkOut(name: string, branch: string): void {
  scratch.git("origin", "checkout", "--quiet", "-B", "merge", "main");
  scratch.git("origin", "merge", "--quiet", "--no-edit", branch);
  execFileSync("git", ["clone", "--quiet", "--depth=1", "--branch=merge", `file://${scratch.path("origin")}`, name], {
    cwd: scratch.folder,
  });
  scratch.git(name, "checkout", "--quiet", "--detach");
}

describe("action.yml", () => {
  it("passes in silence where nothing changed, from a checkout of one commit", () => {
    checkOut("quiet", "change");
    const { code, outputs, log } = runAction("quiet", { comment: "changes" });
    expect(log).toContain("gate: pass");
    expect(code).toBe(0);
    expect(outputs).toEqual({ "days-added": "0", "new-blockers": "0", pass: "true" });
    expect(comment()).toBeUndefined();
  });

  it("fails with annotation, summary and one comment, which it then keeps up to date", () => {
    scratch.git("origin", "checkout", "--quiet", "change");
    scratch.commit("origin", { "a.cu": PTX });
    checkOut("failing", "change");
    const first = runAction("failing", { comment: "changes" });
    expect(first.code).toBe(1);
    expect(Number(first.outputs["days-added"])).toBeGreaterThan(0.2);
    expect(first.outputs.pass).toBe("false");
    expect(first.log).toMatch(/^::error file=a\.cu,line=\d+,title=hip%3A ptx%3Amov\.u32::/m);
    expect(first.summary).toContain("Fails the gate");
    expect(comment()).toBe(first.summary);

    scratch.git("origin", "checkout", "--quiet", "change");
    scratch.commit("origin", { "a.cu": CLEAN });
    checkOut("fixed", "change");
    const second = runAction("fixed", { comment: "changes" });
    expect(second.code).toBe(0);
    expect(comment()).toContain("✅");
    expect(calls().filter((call) => call.includes("POST"))).toHaveLength(1);
    expect(calls().filter((call) => call.includes("PATCH"))).toHaveLength(1);
  });

  it("report-only and fail-on reach the gate", () => {
    expect(runAction("failing", { "report-only": "true" })).toMatchObject({ code: 0, outputs: { pass: "false" } });
    expect(runAction("failing", { "fail-on": "none" })).toMatchObject({ code: 0, outputs: { pass: "true" } });
  });

  it("a base that is nowhere fails with the message and without outputs", () => {
    const { code, log } = runAction("quiet", { base: "no$(touch owned)where" });
    expect(code).toBe(2);
    expect(log).toContain("is not in this repository");
    expect(existsSync(scratch.path("quiet", "owned"))).toBe(false);
  });
});
