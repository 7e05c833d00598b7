/** The contract's JSON. Its keys are the product's promise: additions only. */
import type { GateFormat } from "./gateFormat.ts";

/** Characters that JSON lets through and a terminal would act on or hide. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function escapes(character: string): string {
  if (character === "\n") return character;
  return character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** JSON whose text is safe to look at: the same value, written with more escapes. */
export function printableJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(UNSEEN, escapes)}\n`;
}

export const json: GateFormat = (result) => {
  const { base, head, pass, targets, notices } = result;
  return printableJson({ schemaVersion: 1, base, head, pass, targets, notices });
};
