import { describe, expect, it } from "vitest";
import { kernelClass } from "../../src/link/kernelClass.ts";

const thin = {
  archetype: "elementwise",
  complexity: "elementwise",
  dialect: "cuda",
  signals: ["idiom:no-loop-no-exchange"],
} as const;

describe("a kernel that hands over to device functions", () => {
  it("is what they make of it", () => {
    expect(kernelClass(thin, ["mma-ptx", "shared-memory"])).toEqual({ archetype: null, complexity: "tensor-core" });
    expect(kernelClass(thin, ["fp16"])).toEqual({ archetype: "elementwise", complexity: "elementwise" });
    const named = { ...thin, archetype: "attention", signals: ["name:flash_attn"] } as const;
    expect(kernelClass(named, ["mma-ptx"])).toEqual({ archetype: "attention", complexity: "fused-attention" });
  });

  it("keeps its class in other dialects", () => {
    const triton = { ...thin, dialect: "triton", complexity: "tensor-core" } as const;
    expect(kernelClass(triton, [])).toEqual({ archetype: "elementwise", complexity: "tensor-core" });
  });
});
