import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inspectPython } from "../../src/extract/python/inspectPython.ts";
import { link } from "../../src/link/link.ts";
import { buildCatalog } from "../../src/rules/catalog.ts";
import { readCatalogSource } from "../../src/rules/catalogSource.ts";

const catalog = buildCatalog({
  ...readCatalogSource(join(import.meta.dirname, "../../rules/catalog")),
  digest: "test",
});

/** Usages of a project of Python files, as `path kind symbol`. */
function usagesOf(project: Record<string, string>): string[] {
  const files = Object.entries(project).map(([path, text]) =>
    inspectPython({ path, language: "python", text, bytes: text.length }, catalog),
  );
  const inventory = link({
    files,
    placeOf: () => ({ vendored: false, test: false }),
    componentOf: () => "all",
    skipped: [],
    diagnostics: [],
  });
  return inventory.usages.map((usage) => `${usage.path} ${usage.kind} ${usage.symbol}`).sort();
}

describe("names through project modules", () => {
  test("re-exported names are usages where they are used", () => {
    expect(
      usagesOf({
        "pkg/__init__.py": "from .compat import attention\n",
        "pkg/compat.py":
          "from torch.nn.functional import scaled_dot_product_attention as attention\nfrom torch.cuda import synchronize\nhelper = 1\n",
        "pkg/model/use.py":
          "from ..compat import synchronize, helper\nfrom pkg import attention\nsynchronize()\nattention(1, 2, 3)\nhelper()\n",
        "scripts/run.py": "from common import synchronize as wait\nwait()\n",
        "scripts/common.py": "from torch.cuda import synchronize\n",
        "src/lib/a.py": "from lib.b import wait\nwait()\n",
        "src/lib/b.py": "from torch.cuda import synchronize as wait\n",
      }),
    ).toEqual([
      "pkg/model/use.py call torch.cuda.synchronize",
      "pkg/model/use.py op torch.nn.functional.scaled_dot_product_attention",
      "scripts/run.py call torch.cuda.synchronize",
      "src/lib/a.py call torch.cuda.synchronize",
    ]);
  });

  test("modules that import each other end", () => {
    expect(
      usagesOf({
        "a.py": "from b import x\nx()\n",
        "b.py": "from a import x\nx()\n",
      }),
    ).toEqual([]);
  });
});

describe("the scanned project's own package", () => {
  const use = "import apex\nfrom apex.optimizers import FusedAdam\nimport flash_attn\nFusedAdam()\n";

  test("is no dependency of it", () => {
    expect(usagesOf({ "apex/__init__.py": "", "tests/use.py": use })).toEqual(["tests/use.py import flash_attn"]);
    expect(usagesOf({ "src/apex/__init__.py": "", "tests/use.py": use })).toEqual(["tests/use.py import flash_attn"]);
    expect(usagesOf({ "apex/core/__init__.py": "", "tests/use.py": use })).toEqual(["tests/use.py import flash_attn"]);
  });

  test("is no dependency when its own __init__ hands the name on", () => {
    expect(usagesOf({ "apex/__init__.py": "from apex.optimizers import FusedAdam\n", "tests/use.py": use })).toEqual([
      "tests/use.py import flash_attn",
    ]);
    expect(
      usagesOf({
        "apex/__init__.py": "from apex.optimizers import FusedAdam\n",
        "tests/use.py": "from apex import FusedAdam\nFusedAdam()\n",
      }),
    ).toEqual([]);
    expect(
      usagesOf({ "apex/__init__.py": "", "apex/a.py": "import apex_C\nimport amp_C\napex_C.flatten()\n" }),
    ).toEqual(["apex/a.py import amp_C"]);
  });

  test("a folder of the same name that is no package shadows nothing", () => {
    const all = [
      "tests/use.py call apex.optimizers.FusedAdam",
      "tests/use.py import apex",
      "tests/use.py import flash_attn",
    ];
    expect(usagesOf({ "tests/use.py": use, "apex/kernel.py": "" })).toEqual(all);
    expect(usagesOf({ "tests/use.py": use, "third_party/x/apex/__init__.py": "" })).toEqual(all);
  });

  test("its re-exports are seen through", () => {
    expect(
      usagesOf({
        "megatron/core/__init__.py": "",
        "megatron/core/utils.py": "from torch.cuda import synchronize\n",
        "megatron/core/a.py": "from megatron.core.utils import synchronize\nsynchronize()\n",
      }),
    ).toEqual(["megatron/core/a.py call torch.cuda.synchronize"]);
  });
});

test("a decorated function that only kernels call lends its features and is no kernel", () => {
  const files = Object.entries({
    "ops/barrier.py":
      "import triton\nimport triton.language as tl\n\n@triton.jit\ndef sync(x):\n    tl.debug_barrier()\n",
    "ops/main.py":
      "import triton\nimport triton.language as tl\nfrom .barrier import sync\n\n@triton.jit\ndef run(x):\n    tl.store(x, tl.load(x))\n    sync(x)\n\nrun[(1,)](1)\n",
  }).map(([path, text]) => inspectPython({ path, language: "python", text, bytes: text.length }, catalog));
  const { kernels, usages } = link({
    files,
    placeOf: () => ({ vendored: false, test: false }),
    componentOf: () => "all",
    skipped: [],
    diagnostics: [],
  });
  expect(kernels.map(({ name, features, launches }) => ({ name, features, launches }))).toEqual([
    { name: "run", features: ["block-sync"], launches: 1 },
  ]);
  expect(usages.flatMap((usage) => (usage.kind === "kernel" ? [usage.symbol] : []))).toEqual(["run"]);
});
