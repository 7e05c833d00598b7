/** The gate against the scan: what a whole project adds to nothing is what the scan says it takes. */
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { knowledgeWith } from "../../src/cli/knowledge.ts";
import { takeInventory } from "../../src/host/takeInventory.ts";
import { GateSchema } from "../../src/model/gateSchema.ts";
import { assess, takeProject } from "../../src/pipeline.ts";
import { json } from "../../src/report/gateFormats/json.ts";
import { Scratch } from "./scratch.ts";

const PROJECT = fileURLToPath(new URL("../../fixtures/projects/fused-ops/", import.meta.url));
const TARGETS = ["hip", "tt-metalium", "groq", "cerebras", "rebellions"];

const scratch = new Scratch();
const knowledge = knowledgeWith();
afterAll(() => scratch.remove());

beforeAll(() => {
  scratch.init("project");
  scratch.commit("project", { "notes.txt": "\n" });
  cpSync(PROJECT, scratch.path("project"), { recursive: true });
});

async function scanned() {
  const project = { components: {}, vendoredGlobs: [], vendored: "count" as const };
  const discover = { roots: [scratch.path("project")], include: [], exclude: [] };
  const inventory = await takeProject({ discover, project }, (files) =>
    takeInventory(files, { catalog: () => knowledge.catalog }),
  );
  const targets = TARGETS.map((id) => {
    const { version, variant } = knowledge.ruleSetOf(id).manifest;
    return { target: { id, version, variant, key: `${id}@${version}:${variant}` } };
  });
  const options = { targets, workload: "auto", goal: "functional", team: "cuda", tests: "separate" } as const;
  return assess(inventory, { root: ".", revision: null, assess: options }, knowledge);
}

describe("a project that appears at once", () => {
  it("adds what the scan counts, on every target", async () => {
    const result = await scratch.gate("project", { base: "HEAD", target: TARGETS });
    const report = await scanned();
    const { validation } = knowledge.model;
    for (const [index, target] of result.targets.entries()) {
      const scan = report.targets[index];
      if (!scan) throw new Error("no target");
      const own = report.usages.filter((usage) => !usage.vendored).length;
      expect(target.newUsages).toBe(own);
      const work = scan.workItems.filter((item) => item.usages.length > 0);
      const days = work.reduce((sum, item) => sum + item.p50, 0) / (1 - validation.share.value);
      // Kernels of one cause share their frames in one sum here, and in one for all causes there.
      expect(target.days.p50).toBeGreaterThan(days * 0.9);
      // Where some blocker has no way out, the scan leaves the priced ones out too; to a gate each change counts.
      if (scan.effort) expect(target.days.p50).toBeLessThan(days * 1.1 + 0.05);
      const blocked = scan.blockers.filter((blocker) => blocker.usages.length > 0).length;
      expect(target.newBlockers).toBe(blocked);
    }
  });

  it("prints JSON that the schema holds for whole", async () => {
    const result = await scratch.gate("project", { base: "HEAD", target: TARGETS });
    expect(() => GateSchema.parse(JSON.parse(json(result, {})))).not.toThrow();
  });
});
