/** Observed ports: what a back-test compares predictions with. Described in fixtures/backtest/README.md. */
import { z } from "zod";

const commit = z.string().regex(/^[0-9a-f]{7,40}$/);

const PortSchema = z.strictObject({
  name: z.string(),
  repository: z.string(),
  commit,
  authorDays: z.number().positive(),
  lowerBound: z.boolean().optional().describe("landed as a squashed commit: more days, nobody knows how many"),
  approach: z.string().optional(),
  gpuKsloc: z.number().nonnegative(),
  source: z.string(),
});

const FilesSchema = z.strictObject({
  editedAbove: z.int().nonnegative(),
  ports: z.array(
    z.strictObject({
      name: z.string(),
      repository: z.string(),
      commit,
      files: z.array(z.tuple([z.string(), z.int().nonnegative(), z.int().nonnegative()])),
    }),
  ),
});

const ProgramsSchema = z.strictObject({
  repository: z.string(),
  commit,
  folder: z.string().describe("`{name}` stands for the program's name"),
  editedAbove: z.int().nonnegative(),
  programs: z.array(z.tuple([z.string(), z.int().nonnegative(), z.int().nonnegative()])),
});

export const BacktestSchema = z.strictObject({
  version: z.literal(1),
  target: z.string(),
  about: z.string(),
  engineerDaysPerAuthorDay: z.strictObject({ value: z.number().positive(), tag: z.string(), source: z.string() }),
  ports: z.array(PortSchema).default([]),
  files: FilesSchema.optional(),
  programs: ProgramsSchema.optional(),
});
export type BacktestData = z.infer<typeof BacktestSchema>;
