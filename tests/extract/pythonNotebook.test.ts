import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inspectPython } from "../../src/extract/python/inspectPython.ts";
import { buildCatalog } from "../../src/rules/catalog.ts";
import { readCatalogSource } from "../../src/rules/catalogSource.ts";

const catalog = buildCatalog({
  ...readCatalogSource(join(import.meta.dirname, "../../rules/catalog")),
  digest: "test",
});

function inspect(text: string) {
  return inspectPython({ path: "nb.ipynb", language: "notebook", text, bytes: text.length }, catalog);
}

const cells = [
  { cell_type: "markdown", metadata: {}, source: ['Call `torch.cuda.synchronize()` on "cuda".\n'] },
  {
    cell_type: "code",
    metadata: {},
    outputs: [],
    source: ["%matplotlib inline\n", "!pip install torch\n", "import torch\n"],
  },
  {
    cell_type: "code",
    outputs: [{ text: ["cuda"] }],
    source: ["x = torch.randn(2)\n", 'y = x.to("cuda")\n', "\n", "y.cuda()"],
  },
  { cell_type: "code", metadata: {}, source: ["%%bash\n", "torch.cuda.synchronize()\n"] },
  { cell_type: "code", metadata: {}, source: "z = torch.exp(\n    x)\ntorch.cuda.empty_cache()" },
];

/** The text at the place of a usage. */
function written(text: string, { line, column }: { line: number; column: number }): string {
  return (text.split("\n")[line - 1] ?? "").slice(column - 1);
}

describe("notebooks", () => {
  const pretty = JSON.stringify({ cells, metadata: {}, nbformat: 4 }, null, 1);

  test("code cells only, without magics and cells of other languages", () => {
    const symbols = inspect(pretty).usages.map((usage) => usage.symbol);
    expect(symbols).toEqual(["torch.randn", "device:cuda", "torch.Tensor.cuda", "torch.exp", "torch.cuda.empty_cache"]);
  });

  test("places are those of the notebook's file", () => {
    const [randn, device, cuda, exp, cache] = inspect(pretty).usages.map((usage) => written(pretty, usage));
    expect(randn).toMatch(/^torch\.randn\(2\)/);
    expect(device).toMatch(/^\\"cuda\\"/);
    expect(cuda).toMatch(/^cuda\(\)/);
    expect(exp).toMatch(/^torch\.exp\(/);
    expect(cache).toMatch(/^torch\.cuda\.empty_cache/);
  });

  test("a notebook on one line has the same usages", () => {
    const minified = JSON.stringify({ cells });
    const of = (text: string) => inspect(text).usages.map(({ line: _, column: __, ...usage }) => usage);
    expect(of(minified)).toEqual(of(pretty));
    expect(inspect(minified).usages.every((usage) => usage.line === 1)).toBe(true);
  });

  test("no truncation throws", () => {
    for (let length = 0; length < pretty.length; length += 5) inspect(pretty.slice(0, length));
  });
});
