import { expect, test } from "vitest";
import { absenceProblems } from "../../src/lint/absence.ts";
import type { Evidence } from "../../src/model/rule.ts";

const evidence = (level: Evidence["level"], shows?: string): Evidence => ({
  level,
  source: "https://example.org/manual",
  asOf: "2026-11-25",
  ...(shows ? { shows } : {}),
});

test.each([
  "No such call.",
  "There is no counterpart.",
  "hipSOLVER lacks the sparse interfaces.",
  "HIP has no function of this name.",
])("%s needs a source that says it", (why) => {
  expect(absenceProblems(why, [evidence("implemented", "the header's list")])).toHaveLength(1);
  expect(absenceProblems(why, [evidence("documented", "says that it is not supported")])).toEqual([]);
  expect(absenceProblems(why, [evidence("inferred")])).toEqual([]);
});

test("weaker evidence that says it does not carry stronger evidence that is silent", () => {
  const said = evidence("documented", "says that it is not supported");
  expect(absenceProblems("No such call.", [said, evidence("implemented")])).toHaveLength(1);
});

test.each(["Notes are kept.", "The buffer is a copy: no call is needed.", "Normal use."])("%s is no absence", (why) => {
  expect(absenceProblems(why, [evidence("implemented")])).toEqual([]);
});
