import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { portgauge, scratch } from "../cli/run.ts";

describe("shipped rules", () => {
  it("pass their own lint: shape, evidence, ties, known names, and every example through the scanner", () => {
    const { stdout, code } = portgauge(["rules", "check"]);
    expect(stdout).toBe("");
    expect(code).toBe(0);
  });
});

const RULE = `
target: hip
rules:
  - id: ours
    match: [cudaMalloc]
    verdict: adapt
    why: our allocator takes its place
    evidence: [{ level: inferred, source: our wiki, asOf: 2026-11-01 }]
    hit: ["void f(void** p) { cudaMalloc(p, 1); }"]
    miss: ["void f(void* p) { cudaFree(p); }"]
`;

function folder(text: string): string {
  const dir = scratch();
  mkdirSync(join(dir, "rules"));
  writeFileSync(join(dir, "rules", "ours.yaml"), text);
  return join(dir, "rules");
}

describe("a user's own rules", () => {
  it("win over the shipped ones and change the ruleset's digest", () => {
    const dir = folder(RULE);
    const src = scratch();
    writeFileSync(join(src, "a.cu"), "void f(void** p) { cudaMalloc(p, 1); }\n");
    const report = (args: readonly string[]) =>
      JSON.parse(portgauge(["scan", src, "-t", "hip", "-f", "json", ...args]).stdout);
    const [shipped, ours] = [report([]), report(["--rules", dir])];
    expect(shipped.targets[0].findings[0]).toMatchObject({ symbol: "cudaMalloc", verdict: "rename" });
    expect(ours.targets[0].findings[0]).toMatchObject({ symbol: "cudaMalloc", verdict: "adapt", rule: "hip:ours" });
    expect(ours.tool.ruleset).not.toBe(shipped.tool.ruleset);
  });

  it("are linted alone", () => {
    const { code, stdout } = portgauge(["rules", "check", folder(RULE)]);
    expect(stdout).toBe("");
    expect(code).toBe(0);
  });

  it("with mistakes: every problem with file, line and remedy, exit 2", () => {
    const wrong = RULE.replace("verdict: adapt", "verdict: fine").replace("why:", "wy:");
    const { code, stderr } = portgauge(["scan", "--rules", folder(wrong)]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/ours\.yaml:6: rules\.0\.verdict:/);
    expect(stderr).toMatch(/unknown key "wy"; did you mean why\?/);
  });

  it("whose example does not fire are reported", () => {
    const wrong = RULE.replace('cudaMalloc(p, 1); }"]', 'cudaFree(p); }"]');
    const { code, stdout } = portgauge(["rules", "check", folder(wrong)]);
    expect(code).toBe(2);
    expect(stdout).toMatch(/hip:ours: hit example selects/);
  });
});
