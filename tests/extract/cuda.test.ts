import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inspectCudaText } from "../../src/extract/cuda/inspectCuda.ts";
import { inspect } from "../../src/extract/inspect.ts";
import type { FileInventory, FileUsage } from "../../src/model/inventory.ts";
import { loadCatalog } from "../../src/rules/load.ts";
import { growsLinearly } from "../growth.ts";

const FOLDER = "fixtures/snippets/cuda";
const catalog = loadCatalog();
const fixtures = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(`${FOLDER}/${name}`, "utf8") }));

function inspectText(text: string, path = "a.cu"): FileInventory {
  const language = /\.cuh?$/.test(path) ? "cuda" : "cpp";
  return inspect({ path, language, text, bytes: text.length }, catalog);
}

/** `symbol[guard]{fact=value;…}`; guard and facts are compared only where a mark has them. */
interface Mark {
  readonly line: number;
  readonly symbol: string;
  readonly guard: string | undefined;
  readonly facts: Record<string, string>;
}

function marksOf(text: string): Mark[] {
  return text.split("\n").flatMap((line, at) => {
    const mark = /\/\/ usage: (.*)$/.exec(line)?.[1];
    if (mark === undefined) return [];
    return mark.split(/; (?![^{]*\})/).map((one) => {
      const [, symbol = "", guard, facts = ""] = /^([^[{]*)(?:\[([^\]]*)\])?(?:\{([^}]*)\})?$/.exec(one.trim()) ?? [];
      const pairs = facts
        .split(";")
        .filter(Boolean)
        .map((pair) => /^(\w+)=(.*)$/.exec(pair)?.slice(1) ?? []);
      return { line: at + 1, symbol, guard, facts: Object.fromEntries(pairs) };
    });
  });
}

/** What the fixtures write where a kernel or an instruction is meant: variables at launches, a macro in `asm`. */
const STANDS_FOR = /^(?:fn<<<|plain, |loaded, |LOAD_READ_ONLY)/;

const places = (items: readonly { line: number; symbol: string }[]): string[] =>
  [...new Set(items.map(({ line, symbol }) => `${line} ${symbol}`))].sort();
const symbols = (items: readonly FileUsage[]): string[] => items.map(({ kind, symbol }) => `${kind} ${symbol}`).sort();

describe("fixtures", () => {
  for (const { name, text } of fixtures) {
    it(`finds in ${name} what is marked and nothing else`, () => {
      const { usages } = inspectText(text, name);
      const marks = marksOf(text);
      const own = inspectText(text, name).defines;
      const kept = usages.filter((usage) => !(usage.unlisted && own.includes(usage.symbol)));
      expect(places(kept)).toEqual(places(marks));
      for (const mark of marks) {
        const found = kept.filter((usage) => usage.line === mark.line && usage.symbol === mark.symbol);
        if (mark.guard !== undefined)
          expect(
            found.map(({ guard }) => guard),
            mark.symbol,
          ).toContain(mark.guard);
        if (Object.keys(mark.facts).length === 0) continue;
        const facts = found.map((usage) =>
          Object.entries(usage.facts ?? {}).map(([key, value]) => [key, String(value)]),
        );
        expect(
          facts.map((pairs) => Object.fromEntries(pairs)),
          mark.symbol,
        ).toContainEqual(mark.facts);
      }
    });
  }

  it("finds the macros that register operators, which look like functions without a type", () => {
    const text = "TORCH_LIBRARY(ops, m) {\n  m.def(name);\n}\nREGISTER_CUDA_OPERATOR(Scale, ScaleOp<Context>);\n";
    expect(places(inspectText(text, "ops.cpp").usages)).toEqual(["1 TORCH_LIBRARY", "4 REGISTER_CUDA_OPERATOR"]);
  });

  it("points at the name in the original file", () => {
    for (const { name, text } of fixtures) {
      const lines = text.split("\n");
      for (const { kind, symbol, line, column } of inspectText(text, name).usages) {
        if (symbol === "warpSize") continue;
        const written = lines[line - 1]?.slice(column - 1) ?? "";
        const last = kind === "asm" ? symbol.slice(4, 7) : kind === "include" ? symbol : symbol.split("::").at(-1);
        const isAlias = kind === "type" ? !written.startsWith(last ?? "") : STANDS_FOR.test(written);
        if (!isAlias)
          expect(written.startsWith(last ?? ""), `${name}:${line}:${column} ${symbol} | ${written}`).toBe(true);
      }
    }
  });
});

describe("kernels", () => {
  const { kernels, deviceFunctions } = inspectText(`
__constant__ float table[16];
template <typename T>
__device__ T fold(T v) { return v + __shfl_xor_sync(0xffffffff, v, 16); }
extern "C" __global__ void __launch_bounds__(128)
row_softmax(const float *x, float *y, double scale) {
  extern __shared__ float tile[];
  // a comment line is no code
  tile[threadIdx.x] = x[threadIdx.x] * table[0];
  __syncthreads();
  y[threadIdx.x] = fold(tile[0]) * scale;
}
__global__ void declared(int);
#define KERNEL __global__ static
KERNEL void by_macro(float *a, float *b) { a[0] = b[0]; }
struct Ops { __device__ float apply(float v) { return atomicAdd(&v, 1.0f); } };
`);

  it("have names, spans, sizes and features of their own body", () => {
    expect(kernels.map(({ name, line, endLine, sloc }) => ({ name, line, endLine, sloc }))).toEqual([
      { name: "row_softmax", line: 6, endLine: 12, sloc: 7 },
      { name: "by_macro", line: 15, endLine: 15, sloc: 1 },
    ]);
    expect([...(kernels[0]?.features ?? [])].sort()).toEqual(
      ["block-sync", "constant-memory", "dynamic-shared-memory", "fp64", "launch-bounds", "shared-memory"].sort(),
    );
    expect(kernels[0]?.calls).toContain("fold");
    expect(kernels[0]?.archetype).toBe("softmax");
    expect(kernels[1]?.features).toEqual([]);
    expect(kernels[1]?.archetype).toBe("elementwise");
  });

  it("borrow from device functions, which go by the names of their calls", () => {
    const names = deviceFunctions.map(({ name, features }) => [
      name,
      features.includes("warp-shuffle") || features.includes("atomics"),
    ]);
    expect(names).toContainEqual(["fold", true]);
    expect(names).toContainEqual(["Ops::apply", true]);
    expect(names).toContainEqual([".apply", true]);
  });

  it("see through members and results that are device functions", () => {
    const found = inspectText(`
      __device__ float warp(float v) { return __shfl_xor_sync(0xffffffff, v, 1); }
      __device__ float block(float v) { __syncthreads(); return v; }
      template <int N> struct Traits { static constexpr dot_t dot = warp; static constexpr int size = 3; };
      __device__ dot_t chosen(bool w) { return w ? warp : block; }
      __global__ void k(float *x) { constexpr dot_t dot = Traits<3>::dot; x[0] = dot(x[0]); }
    `);
    expect(found.deviceFunctions.find(({ name }) => name === "Traits::dot")?.calls).toEqual(["warp"]);
    expect(found.deviceFunctions.some(({ name }) => name === "Traits::size")).toBe(false);
    expect(found.deviceFunctions.find(({ name }) => name === "chosen")?.calls).toContain("warp");
    expect(found.kernels[0]?.calls).toContain("Traits::dot");
  });

  it("keep their lines when they stand in a string of another file", () => {
    const found = inspectCudaText(
      "\n__global__ void k() { __syncthreads(); }",
      { path: "a.py", lineOffset: 40 },
      catalog,
    );
    expect(found.kernels.map(({ line, endLine }) => [line, endLine])).toEqual([[42, 42]]);
    expect(new Set(found.usages.map(({ line }) => line))).toEqual(new Set([42]));
  });
});

describe("signals and suppressions", () => {
  it("tells alias headers, hipified code and HIP twins", () => {
    const alias = fixtures.find(({ name }) => name === "alias.h");
    expect(inspectText(alias?.text ?? "", "alias.h").signals.map(({ name }) => name)).toEqual(["alias-header"]);
    const twin = inspectText(
      '// hipify made this\n#include "hip/hip_runtime.h"\n__global__ void k() { __syncthreads(); }',
    );
    expect(twin.signals.map(({ name }) => name)).toEqual(["hipify", "twin:hip"]);
    expect(twin.usages.map(({ guard }) => guard)).toEqual(["__HIP_PLATFORM_AMD__", "__HIP_PLATFORM_AMD__"]);
  });

  it("reads suppressions from comments only", () => {
    const text =
      'cudaFree(0); // portgauge-ignore[hip.x] reason: why, until: 2027-03-01\nconst char *s = "portgauge-ignore[y]";';
    expect(inspectText(text).suppressions).toEqual([{ line: 1, rules: ["hip.x"], reason: "why", until: "2027-03-01" }]);
  });
});

describe("what must not matter", () => {
  it("reads CRLF as LF, and a byte-order mark as nothing", () => {
    for (const { name, text } of fixtures) {
      const plain = inspectText(text, name);
      expect(inspectText(text.replaceAll("\n", "\r\n"), name).usages).toEqual(plain.usages);
      expect(places(inspectText(`\uFEFF${text}`, name).usages)).toEqual(places(plain.usages));
      expect(inspectText(text.replaceAll("\n", "\r\n"), name).sloc).toBe(plain.sloc);
    }
  });

  it("counts nothing in comments and strings", () => {
    const noise = '/* cudaMalloc(p); x<<<1, 1>>>(); */ ; "cudaFree threadIdx" ; // cudaMemcpy';
    const text = fixtures.map(() => noise).join("\n");
    expect(inspectText(text).usages).toEqual([]);
    for (const { name, text: code } of fixtures) {
      const noisy = code
        .split("\n")
        .map((line) => (/\\$|R"|^\s+bar|\\n|DONE|".*reg|#/.test(line) ? line : `${line} /* cudaMalloc */`))
        .join("\n");
      expect(places(inspectText(noisy, name).usages), name).toEqual(places(inspectText(code, name).usages));
    }
  });

  it("finds the same names when every blank is a line break", () => {
    const code =
      "void f() { CHECK ( cudaMalloc ( & p , n ) ) ; kernel < 3 > <<< 1 , 2 >>> ( p ) ; cub :: BlockScan < int > :: TempStorage s ; }";
    expect(symbols(inspectText(code.replaceAll(" ", "\n")).usages)).toEqual(symbols(inspectText(code).usages));
    expect(symbols(inspectText(code.replaceAll(" ", " \\\n")).usages)).toEqual(symbols(inspectText(code).usages));
    expect(symbols(inspectText(code.replaceAll(" ", " /* x\n */ ")).usages)).toEqual(symbols(inspectText(code).usages));
  });

  it("sees through a splice in the middle of a name", () => {
    expect(symbols(inspectText("void f() { cudaMal\\\nloc(0, 1); }").usages)).toEqual(["call cudaMalloc"]);
  });

  it("does not care what the project calls its own things", () => {
    const code = "__global__ void NAME(float *x) { x[threadIdx.x] = 0; }\nvoid g() { NAME<<<1, 2>>>(0); cudaFree(0); }";
    const renamed = (name: string) =>
      symbols(inspectText(code.replaceAll("NAME", name)).usages).map((s) => s.replace(name, "NAME"));
    expect(renamed("zeroes")).toEqual(renamed("k_17_cudaish"));
  });

  it("sees a call through any wrapping macro", () => {
    const wrapped = (code: string) => symbols(inspectText(`void f() { ${code} }`).usages);
    const plain = wrapped("cudaStreamSynchronize(s);");
    expect(wrapped("CHECK(cudaStreamSynchronize(s));")).toEqual(plain);
    expect(wrapped("A(B(C((cudaStreamSynchronize(s)), 1)));")).toEqual(plain);
    expect(wrapped("if (auto e = cudaStreamSynchronize(s); e) return;")).toEqual(plain);
    expect(wrapped("auto f = [&] { return ::cudaStreamSynchronize(s); };")).toEqual(plain);
  });

  it("adds up when files are joined", () => {
    const bodies = fixtures.filter(({ name }) => /basics|launches/.test(name)).map(({ text }) => text);
    const apart = bodies.reduce((sum, text) => sum + inspectText(text).kernels.length, 0);
    expect(inspectText(bodies.join("\n")).kernels).toHaveLength(apart);
  });
});

describe("any content at all", () => {
  it("never throws on a truncated fixture", () => {
    for (const { name, text } of fixtures) {
      for (let end = 0; end < text.length; end += 7) inspectText(text.slice(0, end), name);
      for (let from = 0; from < text.length; from += 23) inspectText(text.slice(from), name);
    }
  });

  it("never throws on noise", () => {
    let state = 12345;
    const next = (limit: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return state % limit;
    };
    const pieces = [
      "cuda",
      "<<<",
      ">>>",
      "(",
      ")",
      "{",
      "}",
      "#if 0\n",
      "#else\n",
      "#endif\n",
      "#define X(",
      "asm(",
      '"',
      "'",
      'R"x(',
      "::",
      "<",
      ">",
      "template",
      "__global__",
      "\\\n",
      "/*",
      "*/",
      "\0",
      "\u{1F600}",
      "using namespace ",
      "cub",
      "=",
      ",",
      ";",
      "cudaMalloc",
    ];
    for (let round = 0; round < 300; round++) {
      inspectText(Array.from({ length: next(200) }, () => pieces[next(pieces.length)]).join(next(2) ? " " : ""));
    }
  });

  it("stays linear on hostile shapes", () => {
    const many = 16_000;
    const shapes = [
      "(",
      ")",
      "{",
      "}",
      "[(",
      "a<",
      "f(a,",
      "x::",
      "#if A\n",
      "#if A\n{\n#else\n{\n",
      "{1},",
      "asm(",
      '"',
      'R"(',
      "/*",
      "cub::A<",
      "f():a{},",
      "template<",
      "k<<<",
      "\\\n",
      "using a = cub::b;",
      "cudaX,",
      "@p ",
      "/* */",
      "#define cudaA cudaA\n",
    ];
    const read = (shape: string) => (count: number) =>
      inspectText(`__global__ void cudaKernel() { ${shape.repeat(count)}`);
    expect(shapes.filter((shape) => !growsLinearly(many, read(shape)))).toEqual([]);
  }, 60_000);
});
