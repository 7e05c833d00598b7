import { describe, expect, it } from "vitest";
import { type Candidate, decide } from "../../src/match/select.ts";
import type { Rule } from "../../src/model/rule.ts";
import type { Verdict } from "../../src/model/vocabulary.ts";

const candidate = (id: string, verdict: Verdict, more: Partial<Rule> = {}): Candidate => ({
  rule: { id, target: "t", match: ["*"], verdict, evidence: [], ...more },
  specificity: [],
});
const literals = candidate("literals", "adapt", { beside: true, where: { fp64: "literals" } });
const facts = { fp64: "literals" };

describe("a rule that speaks beside another", () => {
  it("leaves the decision to the other, however specific it is", () => {
    const { rule, beside } = decide([literals, candidate("kernel", "rewrite")], facts);
    expect([rule?.id, ...beside.map(({ id }) => id)]).toEqual(["kernel", "literals"]);
  });

  it("is silent where its conditions do not hold", () => {
    expect(decide([literals, candidate("kernel", "rewrite")], {}).beside).toEqual([]);
  });

  it("decides where the other asks for less", () => {
    expect(decide([literals, candidate("kernel", "native")], facts)).toMatchObject({ rule: { id: "literals" } });
  });

  it("never decides alone", () => {
    expect(decide([literals], facts).rule).toBeUndefined();
  });
});
