/** Conditions that stand elsewhere than around the code: in the build's list of sources, and where a macro is defined. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { languageOf } from "../../src/discover/language.ts";
import { inspectBuild } from "../../src/extract/build/inspectBuild.ts";
import { inspectCuda } from "../../src/extract/cuda/inspectCuda.ts";
import { link } from "../../src/link/link.ts";
import { buildCatalog } from "../../src/rules/catalog.ts";
import { readCatalogSource } from "../../src/rules/catalogSource.ts";

const catalog = buildCatalog({
  ...readCatalogSource(join(import.meta.dirname, "../../rules/catalog")),
  digest: "test",
});

/** Guards of the files' `cudaMalloc` usages and kernels, as `path:line guard`. */
function guardsOf(project: Record<string, string>): string[] {
  const files = Object.entries(project).map(([path, text]) => {
    const language = languageOf(path);
    if (language === undefined) throw new Error(`no language for ${path}`);
    const inspect = language === "cmake" ? inspectBuild : inspectCuda;
    return inspect({ path, language, text, bytes: text.length }, catalog);
  });
  const { usages, kernels } = link({
    files,
    placeOf: () => ({ vendored: false, test: false }),
    componentOf: () => "all",
    skipped: [],
    diagnostics: [],
  });
  const places = [...usages.filter(({ symbol }) => symbol === "cudaMalloc"), ...kernels];
  return places.map(({ path, line, guard }) => `${path}:${line} ${guard ?? "-"}`).sort();
}

const CODE = "void f(void** p) { cudaMalloc(p, 64); }\n";
const chain = (cuda: string, hip: string) => `if(BUILD_CUDA)\n${cuda}\nelseif(BUILD_HIP)\n${hip}\nendif()\n`;
const add = (...names: string[]) => `list(APPEND SRC ${names.join(" ")})`;

describe("sources that the build leaves out", () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      "stand under its condition",
      {
        "CMakeLists.txt": chain(add("csrc/a.cu", "csrc/b.cu"), add("csrc/b.cu")),
        "csrc/a.cu": CODE,
        "csrc/b.cu": CODE,
      },
      ["csrc/a.cu:1 !USE_ROCM", "csrc/b.cu:1 -"],
    ],
    [
      "take the headers with them that nobody else includes",
      {
        "CMakeLists.txt": chain(add("a.cu"), add("b.cu")),
        "a.cu": '#include "only.cuh"\n#include "both.cuh"\n',
        "b.cu": '#include "both.cuh"\n',
        "only.cuh": `#include "deeper.cuh"\n${CODE}`,
        "deeper.cuh": CODE,
        "both.cuh": CODE,
      },
      ["both.cuh:1 -", "deeper.cuh:1 !USE_ROCM", "only.cuh:2 !USE_ROCM"],
    ],
    [
      "and kernels with their files",
      { "CMakeLists.txt": chain(add("a.cu"), add("b.cu")), "a.cu": "__global__ void k(int* p) { *p = 1; }\n" },
      ["a.cu:1 !USE_ROCM"],
    ],
    [
      "are not left out when another build file compiles them",
      { "CMakeLists.txt": chain(add("a.cu"), add("b.cu")), "hip/CMakeLists.txt": add("../a.cu"), "a.cu": CODE },
      ["a.cu:1 -"],
    ],
    [
      "are not left out when a glob may mean them",
      { "CMakeLists.txt": chain(add("src/a.cu"), 'file(GLOB S "src/*.cu")'), "src/a.cu": CODE },
      ["src/a.cu:1 -"],
    ],
    [
      "keep a condition of their own",
      { "CMakeLists.txt": chain(add("a.cu"), add("b.cu")), "a.cu": `#ifdef USE_HIP\n${CODE}#endif\n` },
      ["a.cu:2 USE_HIP"],
    ],
    [
      "are none where no branch speaks of a target",
      { "CMakeLists.txt": `if(X)\n${add("a.cu")}\nendif()\n`, "a.cu": CODE },
      ["a.cu:1 -"],
    ],
  ])("%s", (_, project, expected) => {
    expect(guardsOf(project)).toEqual(expected);
  });
});

describe("macros that name a choice", () => {
  const choice =
    "#include <cuda_runtime.h>\n#ifndef USE_ROCM\n#if __CUDA_ARCH__ >= 800\n#define FAST_COPY\n#endif\n#endif\n";
  const asks = (condition: string) => `${condition}\n${CODE}#else\n${CODE}#endif\n${CODE}`;

  test.each<[string, string, string[]]>([
    [
      "hold in the branch that asks for them",
      asks("#ifdef FAST_COPY"),
      ["use.cu:2 !USE_ROCM", "use.cu:4 -", "use.cu:6 -"],
    ],
    ["in any spelling", asks("#if defined(FAST_COPY) && N > 1"), ["use.cu:2 !USE_ROCM", "use.cu:4 -", "use.cu:6 -"]],
    [
      "not where something else suffices",
      asks("#if defined(FAST_COPY) || N"),
      ["use.cu:2 -", "use.cu:4 -", "use.cu:6 -"],
    ],
    ["not where they are missing", asks("#ifndef FAST_COPY"), ["use.cu:2 -", "use.cu:4 -", "use.cu:6 -"]],
    ["not for other names", asks("#ifdef SLOW_COPY"), ["use.cu:2 -", "use.cu:4 -", "use.cu:6 -"]],
  ])("%s", (_, use, expected) => {
    expect(guardsOf({ "choice.h": choice, "use.cu": use })).toEqual(expected);
  });

  test.each<[string, string]>([
    ["defined for the target, too", "#ifdef USE_ROCM\n#define FAST_COPY\n#endif\n#include <cuda.h>\n"],
    ["defined for everybody elsewhere", "#define FAST_COPY 1\n#include <cuda.h>\n"],
  ])("say nothing when %s", (_, other) => {
    const guards = guardsOf({ "choice.h": choice, "other.h": other, "use.cu": asks("#ifdef FAST_COPY") });
    expect(guards).toEqual(["use.cu:2 -", "use.cu:4 -", "use.cu:6 -"]);
  });
});
