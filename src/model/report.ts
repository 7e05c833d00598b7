/** The JSON report, schemaVersion 1: the contract with everything outside. The JSON Schema is generated from here. */
import { z } from "zod";
import { EVIDENCE_LEVELS, GOALS, KERNEL_FEATURES, STRATEGIES, USAGE_KINDS, VERDICTS, WORKLOADS } from "./vocabulary.ts";

const count = z.int().nonnegative();
const days = z.number().nonnegative();
const id = z.string().min(1).max(12);

export const DaysSchema = z
  .strictObject({ p10: days, p50: days, p90: days })
  .describe("Engineer-days of 8 hours as a range.");
export type Days = z.infer<typeof DaysSchema>;

const verdict = z.enum(VERDICTS);
const evidenceLevel = z.enum(EVIDENCE_LEVELS);
const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));

export const UsageSchema = z.strictObject({
  id,
  kind: z.enum(USAGE_KINDS),
  symbol: z.string().describe("The resolved name, never an alias."),
  family: z.string(),
  path: z.string().describe("POSIX, relative to the scanned root."),
  line: z.int().positive(),
  column: z.int().positive(),
  scope: z.string().optional(),
  guard: z.string().optional(),
  vendored: z.literal(true).optional(),
  test: z.literal(true).optional(),
  component: z.string(),
  facts: facts.optional(),
});

export const KernelSchema = z.strictObject({
  id,
  name: z.string(),
  path: z.string(),
  line: z.int().positive(),
  endLine: z.int().positive(),
  sloc: count,
  features: z.array(z.enum(KERNEL_FEATURES)),
  archetype: z.string().nullable(),
  complexity: z.string(),
  launches: count,
  dialect: z.string(),
  signals: z.array(z.string()),
  component: z.string(),
  guard: z.string().optional(),
  vendored: z.literal(true).optional(),
  test: z.literal(true).optional(),
});

const EffortSchema = z.strictObject({
  unit: z.literal("engineer-days"),
  ...DaysSchema.shape,
  mechanicalP50: days,
  manualP50: days,
  byCategory: z.record(z.string(), DaysSchema),
  byComponent: z.record(z.string(), DaysSchema),
});
export type Effort = z.infer<typeof EffortSchema>;

export const WorkItemSchema = z.strictObject({
  id,
  category: z.string(),
  title: z.string(),
  verdict,
  rules: z.array(z.string()),
  usages: z.array(id),
  files: count,
  ...DaysSchema.shape,
  basis: z.string().describe("How the days came about: the formula with its numbers."),
  evidence: evidenceLevel.describe("The weakest evidence that the item rests on."),
  silentRisk: z.boolean(),
  after: z.array(id),
  doneWhen: z.string(),
});
export type WorkItem = z.infer<typeof WorkItemSchema>;

export const BlockerSchema = z.strictObject({
  id,
  title: z.string(),
  cause: z.string(),
  usages: z.array(id),
  waysOut: z.array(z.strictObject({ title: z.string(), p50: days.nullable() })),
  evidence: evidenceLevel,
});
export type Blocker = z.infer<typeof BlockerSchema>;

export const TargetReportSchema = z.strictObject({
  id: z.string(),
  variant: z.string(),
  version: z.string(),
  strategy: z.enum(STRATEGIES),
  workload: z.enum(WORKLOADS),
  goal: z.enum(GOALS),
  verdicts: z.strictObject(
    Object.fromEntries(VERDICTS.map((v) => [v, count])) as Record<(typeof VERDICTS)[number], typeof count>,
  ),
  evidence: z
    .strictObject(
      Object.fromEntries(EVIDENCE_LEVELS.map((l) => [l, z.number().min(0).max(1)])) as Record<
        (typeof EVIDENCE_LEVELS)[number],
        z.ZodNumber
      >,
    )
    .describe("Share of the P50 by the evidence it rests on."),
  effort: EffortSchema.nullable(),
  effortWithoutBlocked: EffortSchema.nullable(),
  tail12Months: DaysSchema.nullable().describe("Upkeep in the first year, beside effort, never inside it."),
  runningPort: z
    .strictObject({
      signs: z.array(z.string()).describe("What shows that the code is already built or run on the target."),
      usages: count.describe("Open usages in that code: their causes are priced as a look, not as a port."),
      asPort: DaysSchema.nullable().describe(
        "The total if these signs said nothing; code under guards counts as handled all the same.",
      ),
    })
    .nullable()
    .default(null),
  blockers: z.array(BlockerSchema),
  workItems: z.array(WorkItemSchema),
  findings: z.array(
    z.strictObject({
      rule: z.string().nullable(),
      symbol: z.string(),
      verdict,
      evidence: evidenceLevel.nullable(),
      silentRisk: z.boolean(),
      usages: z.array(id),
    }),
  ),
  hotspots: z.array(z.strictObject({ path: z.string(), p50: days, workItems: z.array(id) })),
  drivers: z.array(z.strictObject({ workItem: id, shareOfP90: z.number().min(0).max(1), settle: z.string() })),
  toolchain: z.array(
    z.strictObject({
      concern: z.string(),
      found: z.array(z.string()),
      answer: z.string(),
      verdict,
      evidence: evidenceLevel.nullable(),
    }),
  ),
  availability: z.array(z.strictObject({ what: z.string(), evidence: z.string() })),
  analogues: z.array(
    z.strictObject({
      project: z.string(),
      ksloc: z.number().nullable(),
      effort: z.number().nullable(),
      unit: z.string(),
      source: z.string(),
    }),
  ),
});
export type TargetReport = z.infer<typeof TargetReportSchema>;

const languageCount = z.strictObject({ files: count, sloc: count });

export const ReportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal("portgauge"), version: z.string(), ruleset: z.string() }),
  root: z.string(),
  revision: z.string().nullable(),
  complete: z.boolean(),
  coverage: z.strictObject({
    files: z.strictObject({ found: count, parsed: count, lexed: count, skipped: count }),
    bytes: count,
    sloc: count,
    gpuSloc: count,
    languages: z.record(z.string(), languageCount),
    skipped: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
    diagnostics: z.array(
      z.strictObject({
        path: z.string(),
        line: z.int().positive().optional(),
        code: z.string(),
        message: z.string(),
      }),
    ),
    unknownSymbols: z.array(z.strictObject({ symbol: z.string(), family: z.string(), occurrences: count })),
  }),
  usages: z.array(UsageSchema),
  kernels: z.array(KernelSchema),
  targets: z.array(TargetReportSchema),
});
export type Report = z.infer<typeof ReportSchema>;
