import type { Diagnostic } from "./inventory.ts";

const LOSSES = new Set(["unreadable", "vanished", "too-large", "crashed"]);

/** A diagnostic that means: something was not seen. The others tell how it was read. */
export function isLoss({ code }: Pick<Diagnostic, "code">): boolean {
  return LOSSES.has(code);
}
