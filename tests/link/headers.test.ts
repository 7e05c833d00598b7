import { describe, expect, it } from "vitest";
import { inspect } from "../../src/extract/inspect.ts";
import { link } from "../../src/link/link.ts";
import { loadCatalog } from "../../src/rules/load.ts";

const catalog = loadCatalog();

function linked(texts: Record<string, string>) {
  const files = Object.entries(texts).map(([path, text]) =>
    inspect({ path, language: "cuda", text, bytes: text.length }, catalog),
  );
  const place = { vendored: false, test: false };
  return link({ files, placeOf: () => place, componentOf: () => "all", skipped: [], diagnostics: [] });
}

const ALIAS = `
#ifdef USE_ROCM
namespace my_cub = hipcub;
#else
#include <cub/cub.cuh>
namespace my_cub = ::cub;
#endif
`;
const USER = `
#include "alias.cuh"
__global__ void k(float *x) {
  typedef my_cub::BlockReduce<float, 32> Reduce;
  x[0] = Reduce(storage).Sum(x[0]);
}
`;

describe("a namespace that a header gives another name", () => {
  it("is the library's where the header is included, under the alias's condition", () => {
    const { usages, kernels } = linked({ "src/alias.cuh": ALIAS, "src/user.cu": USER });
    const found = usages.filter(({ path, family }) => path === "src/user.cu" && family === "cub");
    expect(found.map(({ line, symbol, guard }) => [line, symbol, guard])).toEqual([
      [4, "cub::BlockReduce", "!USE_ROCM"],
      [5, "cub::BlockReduce", "!USE_ROCM"],
      [5, "cub::BlockReduce::Sum", "!USE_ROCM"],
    ]);
    expect(kernels[0]?.features).toContain("cub");
  });

  it("is nobody's where no header says so", () => {
    const { usages, kernels } = linked({ "other/alias.h": "namespace my_cub = mine;", "src/user.cu": USER });
    expect(usages.map(({ kind, symbol }) => `${kind} ${symbol}`)).toEqual(["kernel k"]);
    expect(kernels[0]?.features).not.toContain("cub");
  });
});

const HELPERS = `
template <class K> void run(K kernel, float *x) { kernel<<<1, 32>>>(x); }
void many(int n, void (*fn)(float *), cudaStream_t s) { cudaLaunchKernel((void *)fn, n, 32, 0, 0, s); }
void idle(void (*unused)(float *)) { unused<<<1, 1>>>(0); }
`;
const KERNELS = `
#include "helpers.cuh"
__global__ void one(float *x) { x[0] = 1; }
template <int N> __global__ void two(float *x) { x[0] = N; }
__global__ void three(float *x) { x[0] = 3; }
__global__ void never(float *x) { x[0] = 4; }
void host(float *x) {
  run(one, x);
  auto *chosen = &two<3>;
  if (x) chosen = three;
  many(2, chosen, 0);
  cudaFuncSetAttribute(never, cudaFuncAttributeMaxDynamicSharedMemorySize, 1);
  auto go = [&](int n, auto kernel) mutable { kernel<<<n, 2>>>(x); };
  go(1, &two<4>);
}
void elsewhere(float *x) {
  auto go = [&](int n, auto kernel) { kernel<<<n, 2>>>(x); };
  go(1, one);
}
`;

describe("a variable that is launched", () => {
  it("stands for every kernel that its function assigns to it", () => {
    const { usages, kernels } = linked({
      "a.cu": `
__global__ void one(float *x) { x[0] = 1; }
__global__ void two(float *x) { x[0] = 2; }
void chosen(int n, float *x) {
  void (*kernel)(float *);
  switch (n) { case 1: kernel = &one; break; default: { kernel = two; } }
  kernel<<<1, 32>>>(x);
  auto *single = &two;
  single<<<1, 32>>>(x);
  auto *late = two;
  if (n) late = one;
  late<<<1, 32>>>(x);
  { auto *mine = &one; mine<<<1, 32>>>(x); }
  { auto *mine = &two; mine<<<1, 32>>>(x); }
  unknown = other;
  unknown<<<1, 32>>>(x);
}`,
    });
    const launches = usages.filter(({ kind }) => kind === "launch");
    expect(launches.map(({ line, symbol, facts }) => [line, symbol, facts?.kernels, facts?.kernel])).toEqual([
      [7, "kernel", ["one", "two"], "variable"],
      [9, "two", undefined, undefined],
      [12, "one", ["one", "two"], undefined],
      [13, "one", undefined, undefined],
      [14, "two", undefined, undefined],
      [16, "other", undefined, undefined],
    ]);
    expect(kernels.map(({ name, launches: sites }) => [name, sites])).toEqual([
      ["one", 3],
      ["two", 4],
    ]);
  });
});

describe("a kernel that a function is given", () => {
  const { usages, kernels } = linked({ "lib/helpers.cuh": HELPERS, "src/kernels.cu": KERNELS });
  const launches = usages.filter(({ kind }) => kind === "launch");

  it("is what the function launches, when its callers agree on one", () => {
    expect(launches.map(({ path, line, symbol }) => `${path}:${line} ${symbol}`)).toEqual([
      "lib/helpers.cuh:2 one",
      "lib/helpers.cuh:3 fn",
      "lib/helpers.cuh:4 unused",
      "src/kernels.cu:13 two",
      "src/kernels.cu:17 one",
    ]);
    expect(launches[0]?.facts).toEqual({ form: "chevron", blockSize: 32 });
  });

  it("is listed otherwise, and unknown when nobody gives one", () => {
    expect(launches[1]?.facts).toMatchObject({ kernel: "parameter", kernels: ["three", "two"] });
    expect(launches[2]?.facts).toEqual({ form: "chevron", blockSize: 1, kernel: "parameter" });
  });

  it("counts as launched there, and not by what only asks about it", () => {
    expect(kernels.map(({ name, launches: sites }) => [name, sites])).toEqual([
      ["one", 2],
      ["two", 2],
      ["three", 1],
      ["never", 0],
    ]);
  });

  it("is not taken from files that do not include the function", () => {
    const apart = linked({ "lib/helpers.cuh": HELPERS, "src/kernels.cu": KERNELS.replace("helpers", "others") });
    expect(apart.usages.find(({ kind }) => kind === "launch")?.symbol).toBe("kernel");
  });
});
