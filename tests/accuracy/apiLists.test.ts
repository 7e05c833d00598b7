import { expect, test } from "vitest";
import { namesOf, scoreList, scoreOpcodes } from "../../src/dev/accuracy/apiLists.ts";
import { inspect } from "../../src/extract/inspect.ts";
import { loadCatalog } from "../../src/rules/load.ts";

const catalog = loadCatalog();
const named = (names: readonly { readonly name: string }[]) => names.map(({ name }) => name);

test("reads the first column, without head and repetitions", () => {
  const csv = "Function,Migration Support\r\ncudaMalloc,YES\r\ncudaFree,NO\r\ncudaMalloc,YES\r\n";
  expect(namesOf(csv)).toEqual(["cudaMalloc", "cudaFree"]);
});

test("a name is listed itself or as a member of a listed class, recognised by namespace or shape, or unknown", () => {
  const names = [
    "cudaMalloc",
    "cub::BlockReduce::Sum",
    "thrust::no_such_thing",
    "cudaNoSuchThing",
    "acospi",
    "my::cub",
  ];
  const score = scoreList(names, catalog);
  expect(named(score.listed)).toEqual(["cudaMalloc", "cub::BlockReduce::Sum"]);
  expect(score.recognised).toEqual([
    { name: "thrust::no_such_thing", family: "thrust" },
    { name: "cudaNoSuchThing", family: "runtime" },
  ]);
  expect(score.unknown).toEqual(["acospi", "my::cub"]);
});

test("an opcode is known when the scanner reads it out of assembly", () => {
  const score = scoreOpcodes(["mov", "nosuch", "setp"], catalog);
  expect(named(score.listed)).toEqual(["ptx:mov", "ptx:setp"]);
  expect(score.unknown).toEqual(["nosuch"]);
});

test.each([
  ["namespace fe = cudnn_frontend;\nauto g = std::make_shared<fe::graph::Graph>();", "cudnn_frontend::graph::Graph"],
  ["auto op = cudnn_frontend::OperationBuilder(kind).build();", "cudnn_frontend::OperationBuilder"],
  ["cublasHandle_t h; void f() { cublasXtSgemm(h); }", "cublasXtSgemm"],
  ["__global__ void k(float* x) { nvshmemx_float_put_block(x, x, 1, 0); }", "nvshmemx_float_put_block"],
])("the scanner reports a name of the lists: %s", (text, symbol) => {
  const { usages } = inspect({ path: "a.cu", language: "cuda", text, bytes: text.length }, catalog);
  expect(usages.map((usage) => usage.symbol)).toContain(symbol);
});

test("hdiv is CUDA's only as a call in device code", () => {
  const text = "int hdiv = 1;\nvoid f() { g(hdiv); }\n__global__ void k(__half a) { a = hdiv(a, a); }";
  const { usages } = inspect({ path: "a.cu", language: "cuda", text, bytes: text.length }, catalog);
  expect(usages.filter(({ symbol }) => symbol === "hdiv").map(({ line }) => line)).toEqual([3]);
});
