/** The contract's JSON. Its keys are the product's promise: additions only. */
import type { GateFormat } from "./gateFormat.ts";

export const json: GateFormat = (result) => {
  const { base, head, pass, targets, notices } = result;
  return `${JSON.stringify({ schemaVersion: 1, base, head, pass, targets, notices }, null, 2)}\n`;
};
