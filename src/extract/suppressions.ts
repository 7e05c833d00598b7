import type { Suppression } from "../model/inventory.ts";

/** `portgauge-ignore[rule, symbol] reason: why, until: 2027-03-01`; every part after the name may be missing. */
const MARK = /portgauge-ignore(?![\w-])(?:\[([^\]\n]*)\])?([^\n]*)/;
const UNTIL = /[,;]?[ \t]*\buntil:[ \t]*(\d{4}-\d{2}-\d{2})/;

/** Reads the suppression in one comment, if there is one. Callers pass comments only, never strings or code. */
export function suppressionIn(comment: string, line: number): Suppression | undefined {
  const mark = MARK.exec(comment);
  if (!mark) return undefined;
  const [, names = "", rest = ""] = mark;
  const until = UNTIL.exec(rest)?.[1];
  const reason = /\breason:(.*)/
    .exec(rest.replace(UNTIL, ""))?.[1]
    ?.replace(/\*\/|-->/, "")
    .trim();
  return {
    line,
    rules: names
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    ...(reason ? { reason } : {}),
    ...(until ? { until } : {}),
  };
}
