import { expect, test } from "vitest";
import { inspectForeign } from "../../src/extract/build/inspectForeign.ts";

const CUDA: [string, string][] = [
  ["a.f90", "program p\n  use cudafor\nend program\n"],
  ["a.F90", "!$cuf kernel do <<<*,*>>>\n"],
  ["k.cuf", "module m\nend module\n"],
  ["a.jl", "using CUDA, Test\n"],
  ["a.rs", "use cust::prelude::*;\n"],
  ["A.java", "import jcuda.Pointer;\n"],
  ["a.go", 'import "gorgonia.org/cu"\n'],
  ["A.cs", "using ManagedCuda;\n"],
  ["a.m", "x = gpuArray(rand(4));\n"],
];
const PLAIN: [string, string][] = [
  ["a.f90", "! use cudafor\nprogram p\nend program\n"],
  ["a.jl", "# using CUDA\nusing Test\n"],
  ["a.rs", "let cuda = customer::new();\n"],
  ["A.java", "// jcuda\nimport java.util.List;\n"],
  ["a.go", 'import "fmt"\n'],
  ["a.m", "@interface CudaView : NSView\n@end\n"],
];

test("CUDA in another language is named as not estimated", () => {
  const seen = CUDA.map(([path, text]) => inspectForeign({ path, language: "foreign", text, bytes: text.length }));
  expect(seen.map(({ gpu, diagnostics }) => [gpu, diagnostics.map(({ code }) => code)])).toEqual(
    CUDA.map(() => [true, ["not-estimated"]]),
  );
  expect(seen[0]?.diagnostics[0]?.line).toBe(2);
});

test("the same languages without CUDA are not", () => {
  const seen = PLAIN.map(([path, text]) => inspectForeign({ path, language: "foreign", text, bytes: text.length }));
  expect(seen.filter(({ diagnostics }) => diagnostics.length > 0)).toEqual([]);
});
