import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ReportSchema } from "../src/model/report.ts";
import { portgauge, ROOT } from "./cli/run.ts";
import { contractProblems } from "./contract.ts";

const TARGETS =
  "hip:gfx942,hip:gfx1100,tt-metalium,tt-metalium:wormhole,groq,groq:on-prem,cerebras,cerebras:sdk,cerebras:api,rebellions";

describe("reports keep the contract", () => {
  it.each([
    ["fused-ops", []],
    ["fused-ops", ["--workload", "training", "--goal", "parity"]],
    ["fused-ops", ["--vendored", "scan", "--tests", "include"]],
    ["fused-ops", ["--tests", "exclude", "--min-evidence", "tested"]],
    ["ported", []],
    ["no-cuda", []],
  ] as const)("%s %j", (project, args) => {
    const { stdout, stderr } = portgauge([
      "scan",
      join(ROOT, "fixtures/projects", project),
      "-t",
      TARGETS,
      "-f",
      "json",
      ...args,
    ]);
    expect(stderr).toBe("");
    expect(contractProblems(ReportSchema.parse(JSON.parse(stdout)))).toEqual([]);
  });

  it("no CUDA: no usage, no day, and no blocker", () => {
    const { stdout } = portgauge(["scan", join(ROOT, "fixtures/projects/no-cuda"), "-f", "json"]);
    const report = ReportSchema.parse(JSON.parse(stdout));
    expect(report.usages).toEqual([]);
    for (const { effort, blockers, workItems } of report.targets) {
      expect([effort?.p50, blockers, workItems]).toEqual([0, [], []]);
    }
  });
});
