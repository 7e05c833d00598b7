/** Packages that code can do without, from the import to its price. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inspectPython } from "../../src/extract/python/inspectPython.ts";
import { link } from "../../src/link/link.ts";
import type { Usage } from "../../src/model/inventory.ts";
import type { PriceClass } from "../../src/model/rule.ts";
import type { Verdict } from "../../src/model/vocabulary.ts";
import { decisionOf, forGoal, priceOf } from "../../src/plan/cause.ts";
import { buildCatalog } from "../../src/rules/catalog.ts";
import { readCatalogSource } from "../../src/rules/catalogSource.ts";
import { ruleOf } from "../estimateGenerated.ts";

const catalog = buildCatalog({
  ...readCatalogSource(join(import.meta.dirname, "../../rules/catalog")),
  digest: "test",
});

function usagesOf(project: Record<string, string>): readonly Usage[] {
  const files = Object.entries(project).map(([path, text]) =>
    inspectPython({ path, language: "python", text, bytes: text.length }, catalog),
  );
  const placeOf = (path: string) => ({ vendored: false, test: path.startsWith("tests/") });
  return link({ files, placeOf, componentOf: () => "all", skipped: [], diagnostics: [] }).usages;
}

/** Paths and lines of optional usages of `flash_attn`. */
function optional(project: Record<string, string>): string[] {
  return usagesOf(project)
    .filter(({ symbol, facts }) => symbol.startsWith("flash_attn") && facts?.optional === true)
    .map(({ path, line }) => `${path}:${line}`);
}

const use = "def f(q):\n  return flash_attn.flash_attn_func(q)\n";

describe("a package is optional", () => {
  test.each<[string, string, boolean]>([
    [
      "where its absence is caught",
      `try:\n  import flash_attn\nexcept ImportError:\n  flash_attn = None\n${use}`,
      true,
    ],
    ["where anything is caught", `try:\n  import flash_attn\nexcept:\n  pass\n${use}`, true],
    [
      "among other exceptions",
      `try:\n  import flash_attn\nexcept (OSError, ModuleNotFoundError):\n  pass\n${use}`,
      true,
    ],
    ["where it is asked for", `if HAVE_FLASH:\n  import flash_attn\n${use}`, true],
    ["where a function asks", `if is_flash_attn_available():\n  import flash_attn\n${use}`, true],
    ["not where it is simply imported", `import flash_attn\n${use}`, false],
    [
      "not where the handler raises",
      `try:\n  import flash_attn\nexcept ImportError:\n  raise RuntimeError('x')\n${use}`,
      false,
    ],
    ["not where something else is caught", `try:\n  import flash_attn\nexcept ValueError:\n  pass\n${use}`, false],
    ["not in the other branch", `if HAVE_XFORMERS:\n  pass\nelse:\n  import flash_attn\n${use}`, false],
    ["not after the statement", `try:\n  pass\nexcept ImportError:\n  pass\nimport flash_attn\n${use}`, false],
  ])("%s", (_, text, expected) => {
    const lines = text.split("\n").flatMap((line, index) => (line.includes("flash_attn") ? [index + 1] : []));
    const importLine = lines.find((line) => text.split("\n")[line - 1]?.includes("import flash_attn"));
    const callLine = lines.at(-1);
    expect(optional({ "a.py": text })).toEqual(expected ? [`a.py:${importLine}`, `a.py:${callLine}`] : []);
  });

  test("in the whole project when no module demands it", () => {
    const caught = `try:\n  import flash_attn\nexcept ImportError:\n  flash_attn = None\n`;
    const lazy = "def f(q):\n  import flash_attn\n  return flash_attn.flash_attn_func(q)\n";
    expect(optional({ "a.py": caught, "b.py": lazy })).toEqual(["a.py:2", "b.py:2", "b.py:3"]);
    expect(optional({ "a.py": caught, "b.py": lazy, "c.py": "import flash_attn\n" })).toEqual(["a.py:2"]);
    expect(optional({ "a.py": caught, "tests/c.py": "import flash_attn\n" })).toEqual(["a.py:2", "tests/c.py:1"]);
  });
});

describe("the price of what code can do without", () => {
  const usage: Usage = {
    id: "u",
    kind: "call",
    symbol: "flash_attn.flash_attn_func",
    family: "python-packages",
    path: "a.py",
    line: 1,
    column: 1,
    component: "c",
  };
  const priced = (facts: Usage["facts"], price: PriceClass, verdict: Verdict = "rewrite", more: Partial<Usage> = {}) =>
    priceOf({
      usage: { ...usage, ...(facts ? { facts } : {}), ...more },
      rule: ruleOf("r", verdict, { price }),
      verdict,
      evidence: "documented",
      silentRisk: false,
    });

  test.each<[PriceClass, PriceClass]>([
    ["gap", "check"],
    ["operator", "check"],
    ["local", "check"],
    ["check", "check"],
    ["none", "none"],
    ["rename", "rename"],
  ])("%s is %s", (asked, expected) => {
    expect(priced({ optional: true }, asked)).toBe(expected);
    expect(priced(undefined, asked)).toBe(asked);
  });

  test("only where the goal is to work: to be fast the package is there", () => {
    const verdict = "rewrite";
    const finding = {
      usage: { ...usage, facts: { optional: true, dtype: "fp16" } },
      rule: ruleOf("r", verdict, { price: "gap" }),
      verdict,
      evidence: "documented",
      silentRisk: false,
    } as const;
    const prices = (["functional", "tuned", "parity"] as const).map((goal) => forGoal([finding], goal).map(priceOf));
    expect(prices).toEqual([["check"], ["gap"], ["gap"]]);
    expect(forGoal([finding], "tuned")[0]?.usage.facts).toEqual({ dtype: "fp16" });
  });

  test("a line of a package list is configuration, whatever the package would cost in code", () => {
    const line = { kind: "package", symbol: "pip:flash-attn", family: "packages" } as const;
    expect(priced(undefined, "gap", "rewrite", line)).toBe("config");
    expect(priced(undefined, "none", "adapt", line)).toBe("none");
    expect(priced(undefined, "gap", "rewrite", { ...line, symbol: "docker:nvcr.io/nvidia/pytorch" })).toBe("gap");
  });

  test("a private module of PyTorch is one decision", () => {
    const symbols = ["torch.distributed._symmetric_memory.empty", "torch.distributed._symmetric_memory.rendezvous"];
    expect(new Set(symbols.map((symbol) => decisionOf({ ...usage, symbol, family: "torch-distributed" }))).size).toBe(
      1,
    );
    expect(decisionOf({ ...usage, symbol: "torch._grouped_mm", family: "torch-op" })).toBe("torch._grouped_mm");
  });
});
