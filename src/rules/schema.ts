/** What rule files hold, shipped and the user's alike. Descriptions become the authoring guide and editor help. */
import { z } from "zod";
import { PRICE_CLASSES } from "../model/rule.ts";
import { EVIDENCE_LEVELS, LANGUAGES, USAGE_KINDS, VERDICTS } from "../model/vocabulary.ts";

const isoDate = z.string().regex(/^\d{4}-\d{2}(-\d{2})?$/, "a date such as 2026-11-22");
const scalar = z.union([z.string(), z.number(), z.boolean()]);

const SourceSchema = z.strictObject({
  level: z.enum(EVIDENCE_LEVELS),
  source: z.string().describe("owner/repo@commit:path[:line], or an address"),
  version: z.coerce.string().optional().describe("the target's version that the source speaks of"),
  asOf: isoDate.describe("the source's own date where known, else when it was read"),
  shows: z.string().optional().describe("what the source shows, in our words"),
});

const EvidenceSchema = z.array(z.union([z.string(), SourceSchema.partial().required({ source: true })])).min(1);

const ExampleSchema = z.union([
  z.string(),
  z.strictObject({ lang: z.enum(LANGUAGES), code: z.string(), facts: z.record(z.string(), scalar).optional() }),
]);

const RuleSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[\w.+-]+$/, "letters, digits, - _ . +")
    .describe("unique within the target"),
  match: z.array(z.string()).min(1).describe("exact symbols, `prefix*`, `family:NAME`, or `*`"),
  kinds: z.array(z.enum(USAGE_KINDS)).optional(),
  where: z
    .record(
      z.string(),
      z.union([scalar, z.array(scalar), z.strictObject({ min: z.number().optional(), max: z.number().optional() })]),
    )
    .optional()
    .describe("conditions on the usage's facts; all must hold"),
  when: z
    .strictObject({ version: z.string().optional(), variant: z.array(z.string()).optional() })
    .optional()
    .describe("only for these versions (`>=7.0`) or variants of the target"),
  verdict: z.enum(VERDICTS),
  silentRisk: z.string().optional().describe("compiles or runs and may be wrong: what to look for"),
  replacement: z.string().optional(),
  why: z.string().optional().describe("required unless native or rename"),
  waysOut: z
    .array(z.strictObject({ title: z.string(), price: z.enum(PRICE_CLASSES).optional() }))
    .optional()
    .describe("a way out without a price alone voids the target's total"),
  price: z.enum(PRICE_CLASSES).optional().describe("kind of change; default: what the verdict usually means"),
  cause: z.string().optional().describe("root cause: all rules with one cause form one work item"),
  title: z.string().optional(),
  category: z.string().optional(),
  doneWhen: z.string().optional(),
  settle: z.string().optional(),
  guarded: z.boolean().optional().describe("holds for code under a guard of this target too"),
  beside: z
    .boolean()
    .optional()
    .describe("speaks of a part of the usage, beside the rule that decides; decides only where that asks for less"),
  evidence: EvidenceSchema,
  hit: z.array(ExampleSchema).optional().describe("code in which a usage selects exactly this rule"),
  miss: z.array(ExampleSchema).optional().describe("code in which none does"),
});

const ToolchainSchema = z.strictObject({
  concern: z.string(),
  match: z.array(z.string()),
  answer: z.string(),
  verdict: z.enum(VERDICTS),
  evidence: EvidenceSchema,
  variants: z.array(z.string()).optional(),
});

const CauseWordsSchema = z.strictObject({
  title: z.string().describe("verb, what, the target's answer; true of every verdict of the cause"),
  doneWhen: z.string().optional(),
  settle: z.string().optional(),
});

export const RuleFileSchema = z.strictObject({
  target: z.string().optional().describe("default: the name of the folder"),
  category: z.string().optional().describe("default: the name of the file"),
  sources: z.record(z.string(), SourceSchema).optional(),
  causes: z
    .record(z.string(), CauseWordsSchema)
    .optional()
    .describe("words of a cause's work item; what a rule says itself wins"),
  rules: z.array(RuleSchema).optional(),
  toolchain: z.array(ToolchainSchema).optional(),
  availability: z.array(z.strictObject({ what: z.string(), evidence: EvidenceSchema })).optional(),
  models: z
    .array(
      z.strictObject({
        model: z.string(),
        status: z.string(),
        verdict: z.enum(VERDICTS),
        evidence: EvidenceSchema,
        variants: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});
export type RuleFile = z.infer<typeof RuleFileSchema>;
