/** `portgauge.config.yaml`, version 1. Unknown keys are errors. */
import { z } from "zod";
import { EVIDENCE_LEVELS, GOALS, STRATEGIES, TEAMS, WORKLOADS } from "../model/vocabulary.ts";

const globs = z.array(z.string());

const TargetSchema = z.strictObject({
  id: z.string().describe("hip, tt-metalium, groq, cerebras or rebellions"),
  version: z.coerce.string().optional(),
  variant: z.string().optional(),
  strategy: z.enum(STRATEGIES).optional(),
  mode: z.enum(["fail", "watch"]).default("fail").describe("watch: reported by the gate, never fails it"),
  maxDays: z.number().nonnegative().optional().describe("P50 engineer-days that one change may add"),
  maxBlockers: z.int().nonnegative().optional(),
  maxSilent: z.int().nonnegative().optional(),
  failOnUnknown: z.boolean().optional(),
  minEvidence: z.enum(EVIDENCE_LEVELS).optional(),
});

export const ConfigSchema = z.strictObject({
  version: z.literal(1),
  targets: z.array(TargetSchema).optional(),
  components: z.record(z.string(), z.union([z.string(), globs])).optional(),
  exclude: globs.optional(),
  vendored: globs.optional(),
  tests: z.enum(["separate", "include", "exclude"]).optional(),
  workload: z.enum(WORKLOADS).optional(),
  goal: z.enum(GOALS).optional(),
  team: z.enum(TEAMS).optional(),
  rules: globs.optional(),
  allow: z
    .array(
      z.strictObject({
        rule: z.string(),
        paths: globs,
        reason: z.string().min(1),
      }),
    )
    .optional(),
});
export type Config = z.infer<typeof ConfigSchema>;
export type TargetConfig = z.infer<typeof TargetSchema>;
