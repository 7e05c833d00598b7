import { describe, expect, it } from "vitest";
import { FORMATS } from "../../src/report/formats/index.ts";
import { hostileReport } from "./hostileReport.ts";
import { twoTargets, USAGES } from "./sampleReport.ts";

/** RFC 4180, strictly: CRLF between records, quotes doubled inside quotes. */
function parsed(text: string): string[][] {
  expect(text.endsWith("\r\n")).toBe(true);
  return text
    .slice(0, -2)
    .split("\r\n")
    .map((line) => {
      const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)];
      expect(fields.map(([whole]) => whole).join("")).toBe(line);
      return fields.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
    });
}

function records(text: string): Record<string, string>[] {
  const [head = [], ...rows] = parsed(text);
  return rows.map((row) => {
    expect(row).toHaveLength(head.length);
    return Object.fromEntries(head.map((name, index) => [name, row[index] ?? ""]));
  });
}

describe("csv", () => {
  it("has one line per component and target, exact days, and a total", () => {
    const rows = records(FORMATS.csv(twoTargets(), {}));
    const hip = rows.filter(({ target }) => target === "hip@1.0:one");
    expect(hip.map(({ row, name }) => [row, name])).toEqual([
      ["component", "attention"],
      ["component", "runtime"],
      ["tests", "tests"],
      ["vendored", "vendored"],
      ["project", "project"],
      ["total", "total"],
    ]);
    const parts = hip.filter(({ row }) => row !== "total");
    expect(parts.reduce((sum, { p50 }) => sum + Number(p50), 0)).toBeCloseTo(33.1, 9);
    expect(hip.at(-1)).toMatchObject({ p10: "15", p50: "33.1", p90: "71", usages: "7", automatic: "5", silent: "1" });
    const groq = rows.filter(({ target }) => target === "groq@1.0:one");
    expect(groq.map(({ p50 }) => p50)).toEqual(groq.map(() => ""));
    expect(groq.at(-1)?.note).toBe("no path: 1 blocker");
  });

  it("has rows by file or category on request", () => {
    const rows = records(FORMATS.csv(twoTargets(), { by: "file" }));
    expect(rows.filter(({ row }) => row === "file").map(({ name }) => name)).toContain("attention/fwd.cu");
  });

  it("lists work items and findings of every target", () => {
    const items = records(FORMATS["csv:workitems"](twoTargets(), {}));
    expect(items.map(({ target, id }) => `${target} ${id}`)).toEqual([
      "hip@1.0:one wmma",
      "hip@1.0:one wshfl",
      "hip@1.0:one wtool",
      "groq@1.0:one wcustom",
    ]);
    expect(items[1]).toMatchObject({ p50: "0.6", silent_risk: "true", first_site: "attention/fwd.cu:40" });
    const findings = records(FORMATS["csv:findings"](twoTargets(), {}));
    expect(findings).toHaveLength(2 * USAGES.length);
    expect(findings[1]).toMatchObject({ usage: "u2", verdict: "adapt", work_item: "wshfl", line: "40" });
    expect(findings.filter(({ verdict }) => verdict === "drop").map(({ work_item }) => work_item)).toEqual([
      "",
      "",
      "",
    ]);
  });

  it.each(["csv", "csv:workitems", "csv:findings"] as const)("%s holds no formula and no control character", (name) => {
    for (const row of parsed(FORMATS[name](hostileReport(), {}))) {
      for (const field of row) {
        expect(field).not.toMatch(/^[=+\-@]/);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
        expect(field).not.toMatch(/[\u0000-\u001f]/);
      }
    }
  });
});
