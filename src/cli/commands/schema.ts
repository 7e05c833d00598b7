/** `portgauge schema [NAME]`: JSON Schemas, generated from the types that the program itself checks with. */
import { z } from "zod";
import { ConfigSchema } from "../../config/schema.ts";
import { GateSchema } from "../../model/gateSchema.ts";
import { ReportSchema } from "../../model/report.ts";
import { UserError } from "../../model/userError.ts";
import { RuleFileSchema } from "../../rules/schema.ts";
import { EXIT } from "../exit.ts";

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  report: ReportSchema,
  gate: GateSchema,
  config: ConfigSchema,
  rules: RuleFileSchema,
};

export function runSchema(name: string): number {
  const schema = SCHEMAS[name];
  if (!schema) throw new UserError(`unknown schema "${name}". Known: ${Object.keys(SCHEMAS).join(", ")}`);
  process.stdout.write(`${JSON.stringify(z.toJSONSchema(schema, { io: "input" }), null, 2)}\n`);
  return EXIT.finished;
}
