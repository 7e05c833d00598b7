import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inspectPython } from "../../src/extract/python/inspectPython.ts";
import type { FileInventory, FileUsage } from "../../src/model/inventory.ts";
import { buildCatalog } from "../../src/rules/catalog.ts";
import { readCatalogSource } from "../../src/rules/catalogSource.ts";
import { growsLinearly } from "../growth.ts";

const ROOT = join(import.meta.dirname, "../..");
const SNIPPETS = join(ROOT, "fixtures/snippets/python");
const catalog = buildCatalog({ ...readCatalogSource(join(ROOT, "rules/catalog")), digest: "test" });

function inspect(text: string, path = "pkg/file.py"): FileInventory {
  const language = path.endsWith(".ipynb") ? "notebook" : "python";
  return inspectPython({ path, language, text, bytes: text.length }, catalog);
}

const snippets = readdirSync(SNIPPETS)
  .filter((name) => name.endsWith(".py"))
  .sort()
  .map((name) => ({ name, text: readFileSync(join(SNIPPETS, name), "utf8") }));

/** Marks of a kind (`# usage:`, in CUDA `// usage:`), one or several separated by `;`, with their lines. */
function marksOf(text: string, kind: string): string[] {
  const mark = new RegExp(`(?:#|//) ${kind}: ([^#]*)`);
  return text.split("\n").flatMap((line, index) =>
    (mark.exec(line)?.[1] ?? "").split(";").flatMap((one) => {
      const words = one.trim().split(/\s+/).join(" ");
      return words === "" ? [] : [`${index + 1} ${words}`];
    }),
  );
}

/** The usages of a file, spelled as its marks are: with as much detail as the mark of the same line and symbol has. */
function found(inventory: FileInventory, marks: readonly string[]): string[] {
  return inventory.usages.map((usage) => {
    const short = `${usage.line} ${usage.symbol}`;
    const full = marks.find((mark) => mark === short || mark.startsWith(`${short} `)) ?? short;
    const asked = full.slice(short.length).trim().split(/\s+/).filter(Boolean);
    return [short, ...asked.map((one) => detail(usage, one.slice(0, one.indexOf("="))))].join(" ");
  });
}

function detail(usage: FileUsage, key: string): string {
  const values: Record<string, unknown> = {
    kind: usage.kind,
    guard: usage.guard,
    scope: usage.scope,
    family: usage.family,
  };
  return `${key}=${String(values[key] ?? usage.facts?.[key])}`;
}

const spelled = ({ usages }: FileInventory) =>
  usages.map((usage) => `${usage.kind} ${usage.symbol} ${usage.scope ?? ""}`);

describe("annotated snippets", () => {
  test.each(snippets)("$name: exactly the marked usages", ({ text }) => {
    const marks = marksOf(text, "usage");
    expect(found(inspect(text), marks).sort()).toEqual([...marks].sort());
  });

  test.each(snippets)("$name: exactly the marked signals and kernels", ({ text }) => {
    const { signals, kernels } = inspect(text);
    expect(signals.map(({ line, name }) => `${line} ${name}`).sort()).toEqual(marksOf(text, "signal").sort());
    const told = kernels.map((kernel) => {
      const { line, dialect, archetype, complexity, features } = kernel;
      return `${line} ${[dialect, archetype, complexity, [...features].sort().join(",")].join(" ").trim()}`;
    });
    expect(told.sort()).toEqual(marksOf(text, "kernel").sort());
  });
});

test("an import's place is the package's name", () => {
  const { usages } = inspect("from vllm.utils import round_up\nfrom numba import cuda\nimport os, triton\n");
  expect(usages.map(({ symbol, line, column }) => `${line}:${column} ${symbol}`)).toEqual([
    "1:6 vllm",
    "2:19 numba.cuda",
    "3:12 triton",
  ]);
});

describe("whatever the text", () => {
  test.each(snippets)("$name: no truncation throws", ({ text }) => {
    for (let length = 0; length < text.length; length += 11) inspect(text.slice(0, length));
    for (let from = 0; from < text.length; from += 29) inspect(text.slice(from));
  });

  test("nesting without end is read in linear time and never overflows", () => {
    const shapes: Record<string, (deep: number) => string> = {
      parentheses: (deep) => "(".repeat(deep),
      lists: (deep) => `${"[".repeat(deep)}1${"]".repeat(deep)}`,
      not: (deep) => `${"not ".repeat(deep)}y`,
      lambda: (deep) => `${"lambda: ".repeat(deep)}y`,
      minus: (deep) => `${"-".repeat(deep)}y`,
      methods: (deep) => `y${".cuda()".repeat(deep)}`,
      conditions: (deep) => `${"y if z else ".repeat(deep)}w`,
      strings: (deep) => `f"${"{f'".repeat(deep)}`,
      calls: (deep) => "f(".repeat(deep),
      subscripts: (deep) => `y${"[0]".repeat(deep)}`,
      members: (deep) => `torch${".a".repeat(deep)}`,
      sums: (deep) => `${"a + ".repeat(deep)}b`,
      await: (deep) => `${"await ".repeat(deep)}b`,
      yield: (deep) => `${"yield ".repeat(deep)}b`,
    };
    const slow = Object.entries(shapes).filter(
      ([, shape]) => !growsLinearly(100_000, (deep) => inspect(`import torch\nx = ${shape(deep)}`)),
    );
    expect(slow).toEqual([]);
    inspect(Array.from({ length: 3000 }, (_, level) => `${" ".repeat(level)}if torch:`).join("\n"));
  }, 60_000);
});

describe("metamorphic", () => {
  test.each(snippets)("$name: CRLF and a byte-order mark change nothing", ({ text }) => {
    const plain = inspect(text);
    expect(inspect(text.replaceAll("\n", "\r\n")).usages).toEqual(plain.usages);
    expect(spelled(inspect(`\ufeff${text}`))).toEqual(spelled(plain));
  });

  test.each(snippets)("$name: comments and docstrings with CUDA names change nothing", ({ text }) => {
    const noise = '"""torch.cuda.synchronize() on "cuda:0", see flash_attn."""\n# torch.cuda.empty_cache()\n';
    expect(spelled(inspect(noise + text))).toEqual(spelled(inspect(text)));
  });

  test.each(snippets)("$name: two copies have twice the usages", ({ text }) => {
    const once = inspect(text).usages.filter((usage) => usage.kind !== "import").length;
    const twice = inspect(`${text}\n${text}`).usages.filter((usage) => usage.kind !== "import").length;
    expect(twice).toBe(2 * once);
  });

  test.each(snippets)("$name: the user's own names do not matter", ({ text }) => {
    const renamed = text.replaceAll(/\b(model|loader|scheduler|state|again|width)\b/g, "zz_$1");
    expect(spelled(inspect(renamed))).toEqual(spelled(inspect(text)));
  });

  test.each(snippets)("$name: other quotes change nothing", ({ text }) => {
    if (/'|\\|"""/.test(text.replace(/^"""[^"]*"""/, ""))) return;
    expect(spelled(inspect(text.replaceAll('"', "'")))).toEqual(spelled(inspect(text)));
  });

  test.each(snippets)("$name: lines broken inside brackets change nothing", ({ text }) => {
    const broken = text.replaceAll(/, (?=[^"'#]*\)(?: {2}#.*)?$)/gm, ",\n        ");
    expect(spelled(inspect(broken))).toEqual(spelled(inspect(text)));
  });

  test("Python without a framework gives nothing", () => {
    const { usages, signals, kernels, gpu, sloc } = inspect(
      'import os\n\n\ndef step(loss, optimizer):\n    """cuda"""\n    loss.item()\n    return os.path.join("a", "cuda")  # .cuda()\n',
    );
    expect({ usages, signals, kernels, gpu, sloc }).toEqual({
      usages: [],
      signals: [],
      kernels: [],
      gpu: false,
      sloc: 4,
    });
  });

  test("the usages of two files are those of their concatenation", () => {
    const [first, second] = snippets.filter(({ name }) => name === "training.py" || name === "dynamic.py");
    const both = spelled(inspect(`${first?.text}\n${second?.text}`)).length;
    expect(both).toBe(spelled(inspect(first?.text ?? "")).length + spelled(inspect(second?.text ?? "")).length);
  });
});

test("suppressions are read from comments, not from strings", () => {
  const { suppressions } = inspect(
    'import torch\nx.cuda()  # portgauge-ignore[hip:device] reason: test only, until: 2027-03-01\ny = "# portgauge-ignore[all] reason: no"\n# portgauge-ignore\n',
  );
  expect(suppressions).toEqual([
    { line: 2, rules: ["hip:device"], reason: "test only", until: "2027-03-01" },
    { line: 4, rules: [] },
  ]);
});

test("a function and its decorator, a call over several lines, an f-string: columns are those of the name", () => {
  const text = 'import torch\n\nx = f"{torch.cuda.device_count()}" + (\n    torch.cuda\n    .current_device()\n)\n';
  expect(inspect(text).usages.map(({ symbol, line, column }) => ({ symbol, line, column }))).toEqual([
    { symbol: "torch.cuda.device_count", line: 3, column: 8 },
    { symbol: "torch.cuda.current_device", line: 4, column: 5 },
  ]);
});
