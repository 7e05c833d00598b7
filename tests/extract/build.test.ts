import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { languageOf } from "../../src/discover/language.ts";
import { inspectBuild } from "../../src/extract/build/inspectBuild.ts";
import type { FileInventory, FileUsage } from "../../src/model/inventory.ts";
import type { Language } from "../../src/model/vocabulary.ts";
import { buildCatalog } from "../../src/rules/catalog.ts";
import { readCatalogSource } from "../../src/rules/catalogSource.ts";
import { growsLinearly } from "../growth.ts";

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

test("branches for or against AMD guard what is in them", () => {
  const cmake = readFileSync(join(ROOT, "cmake/guards.cmake"), "utf8");
  const guards = inspectText("guards.cmake", withoutMarks(cmake)).usages.map((usage) => [usage.line, usage.guard]);
  expect(guards).toEqual([
    [4, "!USE_ROCM"],
    [7, "!USE_ROCM"],
    [11, "!USE_ROCM"],
    [11, "!USE_ROCM"],
    [17, undefined],
    [21, undefined],
    [23, undefined],
    [25, undefined],
    [28, undefined],
  ]);
  const make =
    "ifeq ($(USE_HIP),1)\nCC = hipcc\nelse\nCC = nvcc\nendif\nifndef USE_ROCM\nL = -lcublas\nendif\nX = -lnccl\n";
  const made = inspectText("Makefile", make).usages.map(({ symbol, guard }) => [symbol, guard]);
  expect(made).toEqual([
    ["make:nvcc", "!USE_ROCM"],
    ["flag:-lcublas", "!USE_ROCM"],
    ["flag:-lnccl", undefined],
  ]);
});

test("signals", () => {
  const signals = (path: string, text: string) => inspectText(path, text).signals.map(({ name }) => name);
  expect(signals(".github/workflows/a.yml", "on: push\n")).toEqual(["ci"]);
  expect(signals("a/.gitlab-ci.yml", "stages: []\n")).toEqual(["ci"]);
  expect(signals("config.yml", "a: 1\n")).toEqual([]);
  expect(signals("CMakeLists.txt", "project(x CUDA)\n")).toEqual(["cmake-cuda"]);
  expect(signals("CMakeLists.txt", "project(CUDA)\nfind_package(NCCL)\n")).toEqual([]);
});

test("a project's own name is no dependency", () => {
  const text = '[project]\nname = "flash_attn"\n[project.optional-dependencies]\nall = ["flash-attn[x]", "xformers"]\n';
  expect(inspectText("pyproject.toml", text).usages.map(({ symbol }) => symbol)).toEqual(["pip:xformers"]);
});

test("suppressions come from comments only", () => {
  const text = [
    "nvcc a.cu # portgauge-ignore[hip:nvcc] reason: only for comparison, until: 2027-03-01",
    'echo "portgauge-ignore[x] reason: no"',
    "# portgauge-ignore",
  ].join("\n");
  expect(inspectText("a.sh", text).suppressions).toEqual([
    { line: 1, rules: ["hip:nvcc"], reason: "only for comparison", until: "2027-03-01" },
    { line: 3, rules: [] },
  ]);
});

test("code lines leave out blanks and comments", () => {
  expect(inspectText("a.cmake", "# one\n\nset(A 1) # two\n#[[ three\nfour ]]\nset(B 2)\n").sloc).toBe(2);
});

test("what has a fixed symbol is in the catalog", () => {
  const open = /^(?:pip|apt|conda|docker|k8s|url|torch)[:.]|^backend:/;
  const seen = fixtures.flatMap((path) => inspectText(path, readFileSync(join(ROOT, path), "utf8")).usages);
  const missing = seen.filter(({ symbol }) => !catalog.entries.has(symbol) && !open.test(symbol));
  expect(missing.map(({ symbol }) => symbol)).toEqual([]);
});

test("the same name never stands in two catalog tables", () => {
  const names = ["build", "cluster", "env", "packages", "tools"].map((family) => {
    const listed = readFileSync(`rules/catalog/symbols/${family}.tsv`, "utf8").match(/^[^#\t\n]+(?=\t)/gm) ?? [];
    return listed.filter((name) => catalog.entries.get(name)?.family !== family);
  });
  expect(names.flat()).toEqual([]);
});

test("time grows with the text and not with its square", () => {
  const units =
    '#[[|"|message(|(|nvcc |--gres |a-|apt |- pip:\n  |docker |/x|if(|""" |\\\n|FOO_|git clone |backend |srun -a ';
  const files = "CMakeLists.txt Makefile a.sh Dockerfile a.yml a.toml requirements.txt BUILD meson.build a.ninja".split(
    " ",
  );
  const read = (path: string, unit: string) => (count: number) => inspectText(path, `${unit.repeat(count)}\n`);
  const slow = files.flatMap((path) =>
    units
      .split("|")
      .flatMap((unit) => (growsLinearly(8_000, read(path, unit)) ? [] : [`${path} ${JSON.stringify(unit)}`])),
  );
  expect(slow).toEqual([]);
});

describe("signs of a build for another target", () => {
  test.each<[string, string, string[]]>([
    ["CMakeLists.txt", "if(X)\n  enable_language(HIP)\nendif()\n", ["port:hip:build"]],
    ["CMakeLists.txt", "find_package(hip REQUIRED)\n", ["port:hip:build"]],
    ["CMakeLists.txt", "# enable_language(HIP)\nset(SHIP ON)\n", []],
    ["Makefile", "CXX = hipcc\n", ["port:hip:build"]],
    [".github/workflows/ci.yml", "jobs:\n  a:\n    container: rocm/pytorch:latest\n", ["ci", "port:hip:ci"]],
    [".github/workflows/ci.yml", "jobs:\n  a:\n    runs-on: linux.rocm.gpu\n", ["ci", "port:hip:ci"]],
    [".github/workflows/ci.yml", "jobs:\n  a:\n    runs-on: ubuntu # not rocm/x\n", ["ci"]],
    ["deploy.yml", "image: rocm/pytorch\n", []],
    ["Dockerfile", "FROM rocm/dev-ubuntu\n", ["port:hip:container"]],
    ["requirements.txt", "--index-url https://download.pytorch.org/whl/rocm6.2\ntorch\n", ["port:hip:packages"]],
    ["requirements/rocm.txt", "torch\n", ["port:hip:packages"]],
  ])("%s: %j", (path, text, expected) => {
    const names = inspectText(path, text).signals.map(({ name }) => name);
    expect(names.sort()).toEqual([...expected].sort());
  });
});
