import { describe, expect, it } from "vitest";
import { evenly } from "../../src/report/formats/evenly.ts";
import { displayWidth, fitted, fittedEnd, visible, wrapped } from "../../src/report/formats/visible.ts";
import { inDays, inRange, percentage, shareOf, shortRevision, sizeOf } from "../../src/report/formats/words.ts";

describe("numbers", () => {
  it.each([
    [0, "0 d"],
    [0.01, "<0.1 d"],
    [0.44, "0.4 d"],
    [9, "9 d"],
    [9.94, "9.9 d"],
    [9.96, "10 d"],
    [33.4, "33 d"],
    [1234.5, "1,235 d"],
  ])("%d days are %s", (value, text) => {
    expect(inDays(value)).toBe(text);
  });

  it("shows a range once where both ends read the same", () => {
    expect(inRange({ p10: 6, p90: 31 })).toBe("6–31 d");
    expect(inRange({ p10: 0.01, p90: 0.02 })).toBe("<0.1 d");
    expect(inRange({ p10: 0, p90: 0.02 })).toBe("<0.1 d");
  });

  it.each([
    [0, 0, "–"],
    [0, 7, "0%"],
    [1, 700, "<1%"],
    [699, 700, "99%"],
    [700, 700, "100%"],
    [29, 100, "29%"],
  ])("%d of %d is %s", (part, whole, text) => {
    expect(percentage(part, whole)).toBe(text);
  });

  it("does not call a small share none", () => {
    expect([shareOf(0), shareOf(0.001), shareOf(0.385)]).toEqual(["0%", "<1%", "39%"]);
  });

  it("shortens a commit and nothing else", () => {
    const commit = "cc9cbfb19040e964e7cbdca8747c82754514fcca";
    expect([commit, `${commit}+dirty`, "4f1c2e8", "v1.0"].map(shortRevision)).toEqual([
      "cc9cbfb190",
      "cc9cbfb190+dirty",
      "4f1c2e8",
      "v1.0",
    ]);
  });

  it("sizes files", () => {
    expect([sizeOf(1), sizeOf(999), sizeOf(1500), sizeOf(999_600), sizeOf(18_240_000)]).toEqual([
      "1 byte",
      "999 bytes",
      "2 kB",
      "1.0 MB",
      "18.2 MB",
    ]);
  });
});

describe("text", () => {
  it("knows how wide characters are", () => {
    expect(["abc", "注意", "カ", "e\u0301", "한글", "＝", "→", "🚀"].map(displayWidth)).toEqual([
      3, 4, 2, 1, 4, 2, 1, 2,
    ]);
  });

  it("cuts at either end by columns, not by characters", () => {
    expect([fitted("注意力", 5), fitted("abcdef", 6), fitted("abcdef", 4)]).toEqual(["注意…", "abcdef", "abc…"]);
    expect([fittedEnd("a/注意.cu", 6), fittedEnd("abc", 3)]).toEqual(["…意.cu", "abc"]);
  });

  it("wraps at blanks and keeps to its lines", () => {
    expect(wrapped("  one two three", 11, 3)).toEqual(["  one two", "      three"]);
    expect(wrapped("one two three four", 9, 1)).toEqual(["one two…"]);
    expect(wrapped("x".repeat(20), 9, 2).map(displayWidth)).toEqual([9, 9]);
  });

  it("writes out what would not be seen", () => {
    expect(visible("a\u001b[0m\n\u202e\u200bé")).toBe("a\\x1b[0m\\x0a\\u{202e}\\u{200b}é");
  });
});

describe("evenly", () => {
  it("gives every list its turn and keeps the lists together", () => {
    const lists = [["a1", "a2", "a3"], ["b1"], [], ["d1", "d2"]];
    expect(evenly(lists, 4)).toEqual(["a1", "a2", "b1", "d1"]);
    expect(evenly(lists, 99)).toEqual(lists.flat());
    expect(evenly(lists, 0)).toEqual([]);
  });
});
