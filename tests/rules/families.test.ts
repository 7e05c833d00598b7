/** Families of which the catalog lists a part: a name that only its shape or namespace tells must have an answer too. */
import { expect, test } from "vitest";
import { candidateIndex } from "../../src/match/select.ts";
import type { ResolvedTarget } from "../../src/model/target.ts";
import type { UsageKind } from "../../src/model/vocabulary.ts";
import { loadCatalog, loadRuleSetData, rulesIndex } from "../../src/rules/load.ts";
import { buildRuleSet } from "../../src/rules/ruleSet.ts";

const PARTLY_LISTED = [
  "npp",
  "nvjpeg",
  "nvdec",
  "nvenc",
  "optix",
  "tensorrt",
  "gdrcopy",
  "science",
  "nvshmem",
  "cudnn",
];
const KINDS: readonly UsageKind[] = ["call", "type", "constant", "include"];
const catalog = loadCatalog();

function unanswered(target: string, families: readonly string[]): string[] {
  const data = loadRuleSetData(target);
  const ruleSet = buildRuleSet(data);
  const { id, version, variants } = data.manifest;
  return variants.flatMap((variant) => {
    const candidatesOf = candidateIndex(
      ruleSet,
      { id, version, variant: variant.id } as ResolvedTarget,
      () => undefined,
    );
    const isAnswered = (family: string, kind: UsageKind) =>
      candidatesOf({ symbol: "someNameThatNobodyLists", family, kind }).some(
        ({ rule }) => !rule.where && rule.verdict !== "unknown",
      );
    return families.flatMap((family) =>
      KINDS.filter((kind) => !isAnswered(family, kind)).map((kind) => `${target}:${variant.id} ${family} ${kind}`),
    );
  });
}

test.each(rulesIndex().targets)("%s answers every kind of name of the partly listed families", (target) => {
  expect(unanswered(target, PARTLY_LISTED)).toEqual([]);
});

test("these are families of the catalog, and a family without a rule is noticed", () => {
  const known = new Set(catalog.families.map(({ id }) => id));
  expect(PARTLY_LISTED.filter((family) => !known.has(family))).toEqual([]);
  expect(unanswered("groq", ["no-such-family"])).toHaveLength(2 * KINDS.length);
});
