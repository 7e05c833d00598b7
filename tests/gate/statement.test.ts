import { describe, expect, it } from "vitest";
import { statementAt } from "../../src/compare/statement.ts";

function statement(text: string, line: number): string {
  return statementAt(text.split("\n"), line);
}

describe("statementAt", () => {
  it("reads a rewrapped call as the same statement from any of its lines", () => {
    const wrapped = "  cudaMemcpy(\n    dst,  // device\n    src,\n    n,\n  );\n  next();";
    const flat = "cudaMemcpy(dst, src, n);";
    for (const line of [1, 2, 3]) expect(statement(wrapped, line)).toBe(statement(flat, 1));
  });

  it("stops at the statement's end", () => {
    expect(statement("a(1);\nb(2);\nc(3);", 2)).toBe("b(2);");
  });

  it("keeps preprocessor lines and drops comments", () => {
    expect(statement("#include <cuda.h> // why", 1)).toBe("#include<cuda.h>");
    expect(statement("x = torch.cuda.stream(s)  # why", 1)).toBe("x=torch.cuda.stream(s)");
  });

  it("bounds what it reads of a statement that never ends", () => {
    const text = Array.from({ length: 1000 }, (_, i) => `v${i},`).join("\n");
    expect(statement(text, 500).split(",").length).toBeLessThan(40);
  });
});
