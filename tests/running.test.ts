/** A port that already runs: when it is seen, what it changes, and what it must not change. */
import { describe, expect, it } from "vitest";
import { estimateEffort } from "../src/estimate/estimate.ts";
import { toCents } from "../src/estimate/round.ts";
import { runningPortOf } from "../src/estimate/runningPort.ts";
import type { Finding } from "../src/model/finding.ts";
import type { EstimateOptions } from "../src/model/plan.ts";
import { planWork } from "../src/plan/plan.ts";
import { loadEffortModel } from "../src/rules/effortModel.ts";
import { type Case, generated, MANIFEST, OPTIONS } from "./estimateGenerated.ts";

const model = loadEffortModel();
const CI = { name: "port:hip:ci", path: ".github/workflows/test.yml", line: 3 };
const BUILD = { name: "port:hip:build", path: "CMakeLists.txt", line: 9 };
const manifest = { ...MANIFEST, guards: ["USE_ROCM"] };
const options: EstimateOptions = { ...OPTIONS, manifest };

type Signals = Case["inventory"]["signals"];

function withSignals({ findings, inventory }: Case, signals: Signals): Case {
  return { findings, inventory: { ...inventory, signals } };
}

function assessed({ findings, inventory }: Case, own: EstimateOptions = options) {
  const plan = planWork(findings, inventory, own);
  const estimate = estimateEffort(plan, inventory, model, own);
  return { plan, estimate, port: runningPortOf(plan, findings, inventory, model, own) };
}

/** The case with so many of its files guarded, in one usage each. */
function guarded({ findings, inventory }: Case, files: number): Case {
  const paths = [...new Set(findings.filter(({ usage }) => !usage.vendored).map(({ usage }) => usage.path))];
  const chosen = new Set(paths.slice(0, files));
  const marked = findings.map((finding): Finding => {
    if (!chosen.delete(finding.usage.path)) return finding;
    return { ...finding, rule: null, verdict: "native", usage: { ...finding.usage, guard: "!USE_ROCM" } };
  });
  return { findings: marked, inventory: { ...inventory, usages: marked.map(({ usage }) => usage) } };
}

const CASE = generated(11);
const total = ({ estimate }: ReturnType<typeof assessed>) => estimate.effort ?? estimate.effortWithoutBlocked;

describe("signs of a running port", () => {
  it.each<[string, Case, boolean]>([
    ["none", CASE, false],
    ["tests on the target", withSignals(CASE, [CI]), true],
    ["a build alone", withSignals(CASE, [BUILD]), false],
    ["a build and an alias header", withSignals(CASE, [BUILD, { ...BUILD, name: "alias-header", path: "a.h" }]), true],
    ["a build and a guard in two files", withSignals(guarded(CASE, 2), [BUILD]), false],
    ["a build and guards in three files", withSignals(guarded(CASE, 3), [BUILD]), true],
    ["guards alone", guarded(CASE, 3), false],
    [
      "a container and packages, which nothing builds",
      withSignals(CASE, [
        { ...CI, name: "port:hip:container" },
        { ...CI, name: "port:hip:packages" },
      ]),
      false,
    ],
    ["tests on another target", withSignals(CASE, [{ ...CI, name: "port:groq:ci" }]), false],
    ["tests in another folder's repository", withSignals(CASE, [{ ...CI, path: `other/${CI.path}` }]), false],
  ])("%s", (_, project, expected) => {
    const { plan, port } = assessed(project);
    const covered =
      plan.running !== undefined && project.findings.some(({ usage }) => plan.running?.covers(usage.path));
    expect(covered).toBe(expected);
    expect(port !== null && port.usages > 0).toBe(expected);
  });

  it("are none where the target has a tree of its own beside the CUDA code", () => {
    const twins = CASE.inventory.files.map(({ path }) => ({ name: "twin:hip", path: `hip/${path}`, line: 1 }));
    expect(assessed(withSignals(CASE, [CI, ...twins])).port).toBeNull();
  });
});

describe("a running port", () => {
  const SEEDS = Array.from({ length: 30 }, (_, i) => i + 1);

  it.each(SEEDS)("leaves every usage in one item and adds up, seed %i", (seed) => {
    const project = withSignals(generated(seed), [CI]);
    const { estimate } = assessed(project);
    const open = project.findings.filter(({ verdict }) => verdict !== "native" && verdict !== "drop");
    const planned = estimate.workItems.flatMap(({ usages }) => usages);
    expect(planned.sort()).toEqual(open.map(({ usage }) => usage.id).sort());
    const cents = estimate.workItems.reduce((sum, { p50 }) => sum + toCents(p50), 0);
    expect(cents).toBe(toCents(total(assessed(project))?.p50 ?? Number.NaN));
  });

  it.each(SEEDS)("costs no more than the port, which is stated beside it, seed %i", (seed) => {
    const project = withSignals(generated(seed), [CI]);
    const running = assessed(project);
    const { estimate: whole } = assessed(generated(seed));
    if (whole.effort === null) return expect(running.port?.asPort).toBeNull();
    expect(running.estimate.effort?.p50).toBeLessThanOrEqual(whole.effort.p50);
    expect(running.port?.asPort?.p50).toBe(whole.effort.p50);
  });

  it("is set aside when a strategy is asked for", () => {
    const project = withSignals(CASE, [CI]);
    const asked = assessed(project, { ...options, strategy: "in-place" });
    expect(asked.port).toBeNull();
    expect(total(asked)).toEqual(total(assessed(CASE, { ...options, strategy: "in-place" })));
  });

  it("covers only the folder of the repository that shows it", () => {
    const project = withSignals(CASE, [{ ...CI, path: `dir0/${CI.path}` }]);
    const { plan } = assessed(project);
    expect(plan.running?.covers("dir0/file0.cu")).toBe(true);
    expect(plan.running?.covers("dir1/file1.cu")).toBe(false);
  });
});
