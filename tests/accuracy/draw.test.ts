import { describe, expect, test } from "vitest";
import { drawEvenly, generator, groupsOf, sharesOf } from "../../src/dev/draw.ts";

describe("the draw of findings to judge", () => {
  test("shares are equal, and what a small stratum lacks goes to the others", () => {
    expect(sharesOf([10, 10, 10], 6)).toEqual([2, 2, 2]);
    expect(sharesOf([1, 10, 10], 9)).toEqual([1, 4, 4]);
    expect(sharesOf([1, 2], 9)).toEqual([1, 2]);
  });

  test("the same seed draws the same items, each once; another seed draws others", () => {
    const items = Array.from({ length: 90 }, (_, at) => `${"abc"[at % 3]}${at}`);
    const groups = groupsOf(items, (item) => item.charAt(0));
    const first = drawEvenly(groups, 12, generator(7));
    expect(drawEvenly(groups, 12, generator(7))).toEqual(first);
    expect(drawEvenly(groups, 12, generator(8))).not.toEqual(first);
    expect(new Set(first).size).toBe(12);
    for (const letter of "abc") expect(first.filter((item) => item.startsWith(letter))).toHaveLength(4);
  });

  test("groups come in order of their keys, whatever the order of the items", () => {
    expect(groupsOf(["b1", "a1", "b2"], (item) => item.charAt(0))).toEqual([["a1"], ["b1", "b2"]]);
  });
});
