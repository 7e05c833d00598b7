import { describe, expect, it } from "vitest";
import { inspect } from "../../src/extract/inspect.ts";
import { ownLibraryTest } from "../../src/link/ownLibraries.ts";
import { loadCatalog } from "../../src/rules/load.ts";

const catalog = loadCatalog();

function file(path: string, text: string) {
  return inspect({ path, language: "cpp", text, bytes: text.length }, catalog);
}

const home = file("include/cutlass/gemm.h", "namespace cutlass { namespace gemm { struct Gemm {}; } }");
const user = file(
  "src/mine.cu",
  '#include "cutlass/gemm.h"\nnamespace cutlass { struct Extra {}; }\ncutlass::gemm::Gemm g;',
);

describe("a library's own home", () => {
  it("takes its names and headers out", () => {
    const isOwn = ownLibraryTest([home, user], () => false);
    expect(user.usages.map((usage) => [usage.symbol, isOwn(usage)])).toEqual([
      ["cutlass/gemm.h", true],
      ["cutlass::gemm::Gemm", true],
    ]);
  });

  it("is not a copy that the project merely carries, nor a project that extends the namespace", () => {
    const vendored = ownLibraryTest([home, user], (path) => path === home.path);
    const extended = ownLibraryTest([user], () => false);
    for (const usage of user.usages) {
      expect(vendored(usage)).toBe(false);
      expect(extended(usage)).toBe(false);
    }
  });
});
