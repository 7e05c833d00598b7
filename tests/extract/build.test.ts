import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { languageOf } from "../../src/discover/language.ts";
import { inspectBuild } from "../../src/extract/build/inspectBuild.ts";
import type { FileInventory, FileUsage } from "../../src/model/inventory.ts";
import type { Language } from "../../src/model/vocabulary.ts";
import { buildCatalog } from "../../src/rules/catalog.ts";
import { readCatalogSource } from "../../src/rules/catalogSource.ts";

const catalog = buildCatalog({ ...readCatalogSource("rules/catalog"), digest: "test" });
const ROOT = "fixtures/snippets/build";
const fixtures = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
  .sort();

function inspectText(path: string, text: string, language: Language | undefined = languageOf(path)): FileInventory {
  if (language === undefined) throw new Error(`no language for ${path}`);
  return inspectBuild({ path, language, text, bytes: text.length }, catalog);
}

/** `# usage: symbol fact=value; …` at the end of its line, or on a line of its own for the next line of code (± n). */
const MARK = /#[ \t]*usage(?:\[([+-]\d+)\])?:[ \t]*(.*)$/;

interface Expected {
  readonly line: number;
  readonly symbol: string;
  readonly facts: string[];
}

function expectedUsages(text: string): Expected[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const mark = MARK.exec(line);
    if (!mark) return [];
    const shift = Number(mark[1] ?? 0);
    const next = lines.findIndex((other, at) => at > index && !other.startsWith("#"));
    const alone = line.slice(0, mark.index).trim() === "";
    const at = !alone ? index : shift < 0 ? index + shift : next + shift;
    return (mark[2] ?? "").split(/;[ \t]*/).map((words) => {
      const [symbol = "", ...facts] = words.trim().split(" ");
      return { line: at + 1, symbol, facts };
    });
  });
}

const place = ({ line, symbol }: { line: number; symbol: string }) => `${line} ${symbol}`;
const withoutMarks = (text: string) =>
  text.replace(/([ \t]*)#[ \t]*usage[^\n]*/g, (mark) => `#${" ".repeat(mark.length - 1)}`);

describe.each(fixtures)("%s", (path) => {
  const text = readFileSync(join(ROOT, path), "utf8");
  const { usages } = inspectText(path, withoutMarks(text));
  const expected = expectedUsages(text);

  test("usages are exactly the marked ones", () => {
    expect(usages.map(place).sort()).toEqual([...new Set(expected.map(place))].sort());
  });

  test("facts are the marked ones", () => {
    for (const { line, symbol, facts } of expected.filter((mark) => mark.facts.length > 0)) {
      const found = usages.find((usage) => place(usage) === place({ line, symbol }));
      expect(Object.entries(found?.facts ?? {}).map(([name, value]) => `${name}=${value}`)).toEqual(facts);
    }
  });

  test("column points at the name in the original", () => {
    const lines = text.split("\n");
    const away = usages.filter((usage) => !namedAt(usage, lines[usage.line - 1] ?? ""));
    expect(away).toEqual([]);
  });

  test("CRLF changes nothing", () => {
    expect(inspectText(path, withoutMarks(text).replaceAll("\n", "\r\n")).usages).toEqual(usages);
  });

  test("no truncation throws", () => {
    for (let end = 0; end < text.length; end += 7) inspectText(path, text.slice(0, end));
  });
});

/** The text at the usage begins with a word of its symbol, whatever its spelling. */
function namedAt({ symbol, column }: FileUsage, line: string): boolean {
  const plain = (word: string) => word.toLowerCase().replace(/[^\w:]|_/g, "");
  const at = plain(line.slice(column - 1));
  return symbol.split(/[:()+]/).some((word) => word !== "" && at.startsWith(plain(word).slice(0, 3)));
}
