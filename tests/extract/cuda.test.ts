import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inspect } from "../../src/extract/inspect.ts";
import { loadCatalog } from "../../src/rules/load.ts";

const FOLDER = "fixtures/snippets/cuda";
const catalog = loadCatalog();

function inspectText(text: string, path = "a.cu") {
  return inspect({ path, language: path.endsWith(".cu") ? "cuda" : "cpp", text, bytes: text.length }, catalog);
}

/** Marks of a fixture: `// usage: a; b` at the end of a line. */
function marks(text: string): string[] {
  return text.split("\n").flatMap((line, at) => {
    const mark = /\/\/ usage: (.*)$/.exec(line)?.[1];
    return mark ? mark.split("; ").map((symbol) => `${at + 1} ${symbol.trim()}`) : [];
  });
}

describe("fixtures", () => {
  for (const name of readdirSync(FOLDER)) {
    it(`finds in ${name} what is marked and nothing else`, () => {
      const text = readFileSync(`${FOLDER}/${name}`, "utf8");
      const found = inspectText(text, name).usages.map(({ line, symbol }) => `${line} ${symbol}`);
      expect([...new Set(found)].sort()).toEqual([...new Set(marks(text))].sort());
    });
  }
});
