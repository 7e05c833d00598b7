import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Rule } from "../../src/model/rule.ts";
import { FORMATS } from "../../src/report/formats/index.ts";
import { EVIL_PATH, hostileReport } from "./hostileReport.ts";
import { reportOf, targetReport, twoTargets, usage } from "./sampleReport.ts";

const level = z.enum(["none", "note", "warning", "error"]);
const message = z.strictObject({ text: z.string().min(1), markdown: z.string().optional() });
/** Relative, with forward slashes and every other special character encoded. */
const uri = z.string().regex(/^(?:[\w.~!'()*-]|%[0-9A-F]{2})+(?:\/(?:[\w.~!'()*-]|%[0-9A-F]{2})+)*$/);
const location = z.strictObject({
  physicalLocation: z.strictObject({
    artifactLocation: z.strictObject({ uri, uriBaseId: z.literal("%SRCROOT%") }),
    region: z.strictObject({ startLine: z.int().positive(), startColumn: z.int().positive().optional() }).optional(),
  }),
});

/** The part of SARIF 2.1.0 that we write: its required fields, no field that it does not know. */
const Sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.literal("portgauge"),
          version: z.string(),
          semanticVersion: z.string().regex(/^\d+\.\d+\.\d+/),
          rules: z.array(
            z.strictObject({
              id: z.string().min(1),
              shortDescription: message,
              fullDescription: message,
              help: z.strictObject({ text: z.string().min(1), markdown: z.string().min(1) }),
              defaultConfiguration: z.strictObject({ level }),
              properties: z.strictObject({ tags: z.array(z.string()).max(10) }),
            }),
          ),
          properties: z.record(z.string(), z.unknown()),
        }),
      }),
      columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]),
      originalUriBaseIds: z.record(z.string(), z.strictObject({ description: message })),
      invocations: z.tuple([
        z.strictObject({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(
            z.strictObject({
              level,
              descriptor: z.strictObject({ id: z.string().min(1) }),
              message,
              locations: z.array(location).optional(),
            }),
          ),
        }),
      ]),
      results: z
        .array(
          z.strictObject({
            ruleId: z.string(),
            ruleIndex: z.int().nonnegative(),
            level,
            message,
            locations: z.tuple([location]),
            partialFingerprints: z.record(z.string(), z.string()),
            properties: z.record(z.string(), z.unknown()),
          }),
        )
        .max(5000),
      properties: z.record(z.string(), z.unknown()),
    }),
  ]),
});

function runOf(...args: Parameters<typeof FORMATS.sarif>) {
  return Sarif.parse(JSON.parse(FORMATS.sarif(...args))).runs[0];
}

describe("sarif", () => {
  it("lists blockers, then silent risks, then work by hand, then what has no rule", () => {
    const { results, tool } = runOf(twoTargets(), {});
    expect(results.map((one) => [one.level, one.ruleId, one.locations[0].physicalLocation.region?.startLine])).toEqual([
      ["error", "groq:ptx-mma.sync", 88],
      ["warning", "hip:__shfl_down_sync", 40],
      ["warning", "hip:ptx-mma.sync", 88],
      ["note", "groq:no-rule", 40],
    ]);
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(results.map(({ ruleId }) => ruleId));
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it("has a fingerprint per usage and target, under our own key", () => {
    const { results } = runOf(twoTargets(), {});
    expect(results.map(({ partialFingerprints }) => partialFingerprints)).toEqual([
      { "portgaugeUsage/v1": "u3:groq:one" },
      { "portgaugeUsage/v1": "u2:hip:one" },
      { "portgaugeUsage/v1": "u3:hip:one" },
      { "portgaugeUsage/v1": "u2:groq:one" },
    ]);
  });

  it("says in the message what the work is", () => {
    const [, silent] = runOf(twoTargets(), {}).results;
    expect(silent?.message.text).toBe(
      "__shfl_down_sync on hip@1.0:one: adapt, silent risk. Work item wshfl: Adapt lane masks, 0.6 d (0.3–1.3 d).",
    );
  });

  it("gives a rule's own words as help where they are at hand", () => {
    const rule: Rule = {
      id: "hip:__shfl_down_sync",
      target: "hip",
      match: ["__shfl_down_sync"],
      verdict: "adapt",
      why: "a wavefront has 64 lanes",
      silentRisk: "a 32-bit mask leaves half of the lanes out",
      evidence: [{ level: "tested", source: "ROCm/hip@abc:test.cpp", asOf: "2026-01-02" }],
    };
    const run = runOf(twoTargets(), { ruleOf: (id) => (id === rule.id ? rule : undefined) });
    const help = run.tool.driver.rules.find(({ id }) => id === rule.id)?.help.text;
    expect(help).toContain("Silent risk: a 32-bit mask leaves half of the lanes out");
    expect(help).toContain("Evidence (tested, 2026-01-02): ROCm/hip@abc:test.cpp");
    expect(run.results[1]?.message.text).toContain("a 32-bit mask leaves half");
  });

  it("tells of what could not be read", () => {
    const { coverage } = twoTargets();
    const diagnostics = [{ path: "a b.cu", line: 3, code: "unbalanced", message: "a brace is missing" }];
    const run = runOf(twoTargets({ complete: false, coverage: { ...coverage, diagnostics } }), {});
    const [{ toolExecutionNotifications: told }] = run.invocations;
    expect(told.map(({ descriptor }) => descriptor.id)).toEqual(["incomplete", "unbalanced"]);
    expect(told[1]?.locations?.[0]?.physicalLocation.artifactLocation.uri).toBe("a%20b.cu");
    expect(run.properties.complete).toBe(false);
  });

  it("keeps the most urgent 5,000 and says how many are left out", () => {
    const many = Array.from({ length: 6000 }, (_, index) =>
      usage(`u${index}`, index === 5999 ? "cudaBlocked" : "cudaAdapt", `a.cu:${index + 1}`),
    );
    const hip = targetReport("hip", many, { cudaAdapt: { verdict: "adapt" }, cudaBlocked: { verdict: "blocked" } });
    const { results, invocations } = runOf(reportOf(many, [hip]), {});
    expect(results).toHaveLength(5000);
    expect(results[0]).toMatchObject({ level: "error" });
    expect(invocations[0].toolExecutionNotifications[0]?.message.text).toBe("1,000 less urgent results not listed");
  });

  it("encodes hostile paths and keeps hostile names out of the markdown", () => {
    const { results, tool } = runOf(hostileReport(), { prefix: "sub dir/" });
    const uris = results.map((one) => one.locations[0].physicalLocation.artifactLocation.uri);
    expect(uris.map(decodeURIComponent)).toEqual([`sub dir/${EVIL_PATH}`, "sub dir/-plus/a b#c?.cu"]);
    for (const { message } of results) expect(message.text).not.toContain("](");
    for (const { help } of tool.driver.rules) expect(help.markdown).not.toMatch(/[<>`]/);
  });
});
