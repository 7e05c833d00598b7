/** Exit codes and streams of the commands themselves. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Scratch } from "./scratch.ts";

const PORTGAUGE = fileURLToPath(new URL("../../bin/portgauge.js", import.meta.url));
const scratch = new Scratch();
afterAll(() => scratch.remove());

function portgauge(...args: string[]) {
  const env = { ...process.env, XDG_CACHE_HOME: scratch.path("cache"), GITHUB_STEP_SUMMARY: "" };
  return spawnSync(process.execPath, [PORTGAUGE, ...args], { cwd: scratch.path("project"), encoding: "utf8", env });
}

const PTX = `__global__ void where(unsigned* out) {
  asm volatile("mov.u32 %0, %%smid;" : "=r"(*out));
}
`;

beforeAll(() => {
  scratch.init("project");
  scratch.commit("project", {
    "a.cu": "void f(float* x) { cudaMalloc(&x, 4); }\n",
    "portgauge.config.yaml": "version: 1\ntargets: [{ id: hip, maxDays: 0.1 }]\n",
  });
});

describe("portgauge gate", () => {
  it("0 and the table on stdout when nothing is broken", () => {
    const { status, stdout, stderr } = portgauge("gate");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("gate: pass");
  });

  it("1 with a visible line, and every format at once", () => {
    scratch.edit("project", { "b.cu": PTX });
    const { status, stdout, stderr } = portgauge("gate", "-f", "table", "-f", "json=out.json", "-f", "sarif=out.sarif");
    expect(status).toBe(1);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^gate: FAIL for \d+ reasons? \(hip\)$/m);
    expect(stdout).toContain("b.cu");
    const reasons = JSON.parse(readFileSync(scratch.path("project", "out.json"), "utf8")).targets[0].reasons;
    const results = JSON.parse(readFileSync(scratch.path("project", "out.sarif"), "utf8")).runs[0].results;
    expect(results).toHaveLength(reasons.length);
    const silent = portgauge("gate", "-f", "json=out.json", "--report-only");
    expect([silent.status, silent.stdout]).toEqual([0, ""]);
    expect(silent.stderr).toMatch(/^portgauge: gate: FAIL for \d+ reasons? \(hip\); report only/m);
  });

  it("2 for a revision that is not there, contradicting options and a broken config", () => {
    expect(portgauge("gate", "--base", "nowhere")).toMatchObject({ status: 2, stdout: "" });
    expect(portgauge("gate", "--base", "HEAD", "--baseline", "x.json").stderr).toContain("--baseline takes the place");
    scratch.edit("project", { "broken.yaml": "version: 1\ntargets:\n  - id: hip\n    maxDay: 1\n" });
    const { status, stderr } = portgauge("gate", "--config", "broken.yaml");
    expect(status).toBe(2);
    expect(stderr).toMatch(/broken\.yaml:\d+: .*unknown key "maxDay"; did you mean maxDays\?/);
  });
});

describe("portgauge baseline", () => {
  it("accepts today's findings, fails on tomorrow's, and forgets what is gone", () => {
    expect(portgauge("baseline", "write").status).toBe(0);
    const file = "portgauge.baseline.json";
    expect(portgauge("gate", "--baseline", file).status).toBe(0);
    scratch.edit("project", { "c.cu": PTX.replace("where", "again") });
    const failing = portgauge("gate", "--baseline", file);
    expect(failing.status).toBe(1);
    expect(failing.stdout).toContain("c.cu");
    expect(failing.stdout).not.toContain("b.cu");
    scratch.edit("project", { "b.cu": null });
    expect(portgauge("baseline", "prune").stderr).toMatch(/[1-9]\d* entries removed/);
    expect(readFileSync(scratch.path("project", file), "utf8")).not.toContain("b.cu");
  });
});
