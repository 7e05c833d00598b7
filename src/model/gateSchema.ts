/** `gate --format json` as a schema, for `portgauge schema gate` and the tests; the gate itself does not pay for zod. */
import { z } from "zod";
import { DaysSchema } from "./report.ts";
import { VERDICTS } from "./vocabulary.ts";

const count = z.int().nonnegative();

const ReasonSchema = z.strictObject({
  path: z.string(),
  line: z.int().positive(),
  symbol: z.string(),
  rule: z.string().nullable(),
  why: z.string().min(1),
  wayOut: z.string().min(1),
});

const GateTargetSchema = z.strictObject({
  id: z.string(),
  version: z.string(),
  variant: z.string(),
  mode: z.enum(["fail", "watch"]),
  newUsages: count,
  goneUsages: count,
  newBlockers: count.describe("Blocked causes that gained a place."),
  newSilentRisks: count,
  days: DaysSchema,
  budget: z.number().nonnegative().nullable().describe("maxDays of the policy; null: not limited."),
  limits: z.string().describe("The policy in words."),
  pass: z.boolean(),
  reasons: z.array(ReasonSchema),
  verdicts: z.partialRecord(z.enum(VERDICTS), count).describe("New usages by verdict, accepted ones left out."),
  accepted: count.describe("New usages that a suppression or an allowance accepts."),
});

const NoticeSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  path: z.string().optional(),
  line: z.int().positive().optional(),
});

export const GateSchema = z.strictObject({
  schemaVersion: z.literal(1),
  base: z.string(),
  head: z.string(),
  pass: z.boolean(),
  targets: z.array(GateTargetSchema),
  notices: z.array(NoticeSchema).describe("Suppressions that do nothing, and what was not seen."),
});
