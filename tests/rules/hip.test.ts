import { describe, expect, it } from "vitest";
import { candidateIndex, factsFit } from "../../src/match/select.ts";
import type { Facts, Usage } from "../../src/model/inventory.ts";
import type { Rule } from "../../src/model/rule.ts";
import { buildRuleSet } from "../../src/rules/ruleSet.ts";
import { readTargetSource } from "../../src/rules/ruleSource.ts";

const ruleSet = buildRuleSet(readTargetSource(new URL("../../rules/hip", import.meta.url).pathname));

type Asked = Pick<Usage, "symbol" | "family" | "kind">;

/** The rule that speaks for a usage on one variant and version of hip; of ported code, the one that holds under its guard. */
function ruleFor(
  usage: Asked,
  facts: Facts = {},
  variant = "gfx942",
  version = "7.0",
  ported = false,
): Rule | undefined {
  const target = { id: "hip", version, variant, key: `hip@${version}:${variant}` };
  const candidatesOf = candidateIndex(ruleSet, target, () => undefined);
  return candidatesOf(usage).find(({ rule }) => factsFit(rule.where, facts) && (!ported || rule.guarded))?.rule;
}

const shuffle: Asked = { symbol: "__shfl_down_sync", family: "device", kind: "builtin" };

describe("lane masks", () => {
  it("are a silent risk on 64 lanes and a compile error only on 32", () => {
    const literal = { mask: "0xffffffff", maskBits: 32 };
    const wide = ruleFor(shuffle, literal);
    expect(wide).toMatchObject({ verdict: "adapt", cause: "lane-mask" });
    expect(wide?.silentRisk).toBeDefined();
    const narrow = ruleFor(shuffle, literal, "gfx1100");
    expect(narrow).toMatchObject({ verdict: "adapt", cause: "lane-mask" });
    expect(narrow?.silentRisk).toBeUndefined();
  });

  it("of 64 bits are fine when they name all lanes", () => {
    expect(ruleFor(shuffle, { mask: "0xffffffffffffffff", maskBits: 64 })?.verdict).toBe("native");
    expect(ruleFor(shuffle, { mask: "0xffffffff", maskBits: 64 })?.silentRisk).toBeDefined();
    expect(ruleFor(shuffle, { mask: "0xffffffff", maskBits: 64 }, "gfx1201")?.verdict).toBe("native");
  });
});

describe("versions", () => {
  it("make warpSize no constant from 7.0, which only ported code relied on", () => {
    const warpSize: Asked = { symbol: "warpSize", family: "device", kind: "builtin" };
    expect(ruleFor(warpSize, {}, "gfx942", "6.4")?.verdict).toBe("native");
    expect(ruleFor(warpSize)).toMatchObject({ verdict: "native" });
    expect(ruleFor(warpSize, {}, "gfx942", "7.0", true)).toMatchObject({ verdict: "adapt", guarded: true });
  });
});

describe("names", () => {
  it("are renamed on the evidence of a header, not of the converter", () => {
    const malloc = ruleFor({ symbol: "cudaMalloc", family: "runtime", kind: "call" });
    expect(malloc).toMatchObject({ verdict: "rename", replacement: "hipMalloc" });
    expect(malloc?.evidence[0]).toMatchObject({
      level: "implemented",
      source: expect.stringContaining("hip_runtime_api.h"),
    });
  });

  it("of NCCL stay", () => {
    expect(ruleFor({ symbol: "ncclAllReduce", family: "nccl", kind: "call" })?.verdict).toBe("native");
  });

  it("of the NCCL device API are blocked, with priced ways out", () => {
    const rule = ruleFor({ symbol: "ncclDevCommCreate", family: "nccl", kind: "call" });
    expect(rule?.verdict).toBe("blocked");
    expect(rule?.waysOut?.every((way) => way.price !== undefined)).toBe(true);
  });

  it("that converters do not know but HIP declares are renamed", () => {
    expect(ruleFor({ symbol: "__nv_bfloat162", family: "device", kind: "type" })?.verdict).toBe("rename");
  });
});

describe("kernels", () => {
  const kernel: Asked = { symbol: "k", family: "kernels", kind: "kernel" };
  const cuda = (features: string[], archetype = "gemm"): Facts => ({ dialect: "cuda", features, archetype });

  it.each([
    ["plain", cuda(["shared-memory", "block-sync"]), "native", undefined],
    ["tensor core", cuda(["mma-ptx", "inline-ptx"]), "rewrite", "tensor-core-kernels"],
    ["Hopper", cuda(["wgmma", "mma-ptx", "tma"]), "rewrite", "tensor-core-kernels"],
    ["attention", cuda(["mma-ptx", "cute"], "attention"), "rewrite", "attention-kernels"],
    ["WMMA", cuda(["wmma"]), "adapt", "wmma-rocwmma"],
    ["PTX", cuda(["inline-ptx"]), "adapt", "inline-ptx"],
    ["Triton", { dialect: "triton", features: ["inline-ptx"] }, "native", undefined],
  ])("%s", (_, facts, verdict, cause) => {
    const rule = ruleFor(kernel, facts as Facts);
    expect([rule?.verdict, rule?.cause]).toEqual([verdict, cause]);
  });

  it("with 32 lanes in them are a silent risk on 64 lanes only", () => {
    expect(ruleFor(kernel, cuda(["warp-size-32", "inline-ptx"]))?.silentRisk).toBeDefined();
    expect(ruleFor(kernel, cuda(["warp-size-32"]), "gfx1100")?.verdict).toBe("native");
  });
});

describe("small floats", () => {
  const fp8: Asked = { symbol: "torch.float8_e4m3fn", family: "torch-dtype", kind: "attribute" };
  it("have another encoding on gfx942 and NVIDIA's on gfx950", () => {
    expect(ruleFor(fp8)?.silentRisk).toBeDefined();
    expect(ruleFor(fp8, {}, "gfx950")?.verdict).toBe("native");
  });
});
