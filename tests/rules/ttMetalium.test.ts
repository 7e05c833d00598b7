import { describe, expect, it } from "vitest";
import { candidateIndex, decide, factsFit } from "../../src/match/select.ts";
import type { Facts, Usage } from "../../src/model/inventory.ts";
import type { Rule } from "../../src/model/rule.ts";
import { ARCHETYPES, type Verdict } from "../../src/model/vocabulary.ts";
import { readPairs } from "../../src/rules/catalogSource.ts";
import { buildRuleSet } from "../../src/rules/ruleSet.ts";
import { readTargetSource } from "../../src/rules/ruleSource.ts";
import { CONCEPTS } from "./ttMetaliumConcepts.ts";

const rulesDir = new URL("../../rules/", import.meta.url).pathname;
const ruleSet = buildRuleSet(readTargetSource(`${rulesDir}tt-metalium`));
const operators = new Map(readPairs(`${rulesDir}catalog/operators.tsv`));
const target = { id: "tt-metalium", version: "2026.06", variant: "blackhole", key: "tt" };
const candidatesOf = candidateIndex(ruleSet, target, (symbol) => operators.get(symbol));

function ruleFor(usage: Pick<Usage, "symbol" | "family" | "kind">, facts: Facts = {}): Rule | undefined {
  return candidatesOf(usage).find(({ rule }) => factsFit(rule.where, facts))?.rule;
}

const operator = (symbol: string): Rule | undefined => ruleFor({ kind: "op", symbol, family: "torch-op" });
const kernel = (facts: Facts): Rule | undefined => ruleFor({ kind: "kernel", symbol: "k", family: "kernels" }, facts);

describe("concepts", () => {
  it("are the 92 of the facts", () => {
    expect(new Set(CONCEPTS.map(([concept]) => concept)).size).toBe(92);
  });

  it.each(CONCEPTS.map((concept) => [concept[0], concept] as const))("%s has a verdict", (_name, concept) => {
    const [, kind, symbol, family, id, facts] = concept;
    expect(ruleFor({ kind, symbol, family }, facts)?.id).toBe(`tt-metalium:${id}`);
  });
});

describe("operators", () => {
  it("have an answer, all of them", () => {
    const canonical = [...new Set(operators.values())].filter((name) => name.startsWith("aten::"));
    const silent = canonical.filter((name) => !operator(name));
    // `backward` is training; the other is a placeholder of autograd.
    expect(silent.sort()).toEqual(["aten::_efficientzerotensor", "aten::backward"]);
  });

  it.each<[string, Verdict]>([
    ["torch.matmul", "native"],
    ["torch.nn.Linear", "native"],
    ["onnx:MatMul", "native"],
    ["torch.nn.functional.scaled_dot_product_attention", "native"],
    ["torch.topk", "native"],
    ["torch.min", "adapt"],
    ["torch.nn.functional.max_pool3d", "native"],
    ["torch.signbit", "adapt"],
    ["torch.Tensor.scatter_add_", "adapt"],
    ["torch.masked_select", "rewrite"],
    ["torch.fft.fft", "rewrite"],
    ["torch.fft.ifft2", "rewrite"],
    ["torch.linalg.svd", "rewrite"],
    ["torch.linalg.eigvals", "rewrite"],
    ["torch.flatten", "native"],
  ])("%s is %s", (symbol, verdict) => {
    expect(operator(symbol)?.verdict).toBe(verdict);
  });

  it("say where the compiler narrows without a word", () => {
    expect(operator("torch.sort")?.silentRisk).toMatch(/narrowed|bf16/);
    expect(operator("torch.rand")?.silentRisk).toMatch(/seed/);
    expect(operator("torch.matmul")?.silentRisk).toMatch(/TF32/);
  });

  it("tell the three layers apart", () => {
    const why = operator("torch.abs")?.why ?? "";
    expect(why).toMatch(/^TT-NN: ttnn\.abs; compiler: tested in tt-mlir; gradient: ttnn\.abs_bw$/);
  });

  it("are tested only where a test takes the route from PyTorch", () => {
    expect(operator("torch.nn.functional.hardshrink")?.evidence[0]?.level).toBe("implemented");
    expect(operator("torch.abs")?.evidence[0]?.level).toBe("tested");
  });
});

describe("kernels", () => {
  it("are replaced by an operator where their archetype has one, whatever primitives they use", () => {
    const softmax = kernel({ archetype: "softmax", features: ["warp-shuffle", "atomics"], dialect: "cuda" });
    expect(softmax).toMatchObject({ verdict: "adapt", price: "operator", replacement: "ttnn.softmax" });
    expect(kernel({ archetype: "softmax", dialect: "triton" })?.price).toBe("operator");
  });

  it.each(ARCHETYPES.map((archetype) => [archetype]))("of archetype %s have a rule of their own", (archetype) => {
    expect(kernel({ archetype })?.id).toBe(`tt-metalium:kernel-${archetype}`);
  });

  it("in double precision are blocked, with priced ways out", () => {
    const own = kernel({
      features: ["fp64", "atomics"],
      fp64: "types",
      archetype: "stencil",
      sloc: 20,
      dialect: "cuda",
    });
    expect(own).toMatchObject({ verdict: "blocked", cause: "fp64" });
    expect(own?.waysOut?.map(({ price }) => price)).toContain("kernel");
    const replaced = kernel({ features: ["fp64"], fp64: "types", archetype: "gemm", sloc: 20, dialect: "cuda" });
    expect(replaced).toMatchObject({ verdict: "blocked", cause: "fp64-operators" });
    expect(replaced?.waysOut?.map(({ price }) => price)).toContain("operator");
  });

  it("with fp64 from literals alone go as any float kernel, and hear of the literals beside it", () => {
    for (const archetype of ARCHETYPES) {
      const facts = { archetype, sloc: 20, dialect: "cuda" };
      const candidates = candidatesOf({ kind: "kernel", symbol: "k", family: "kernels" });
      const { rule, beside } = decide(candidates, { ...facts, features: ["fp64"], fp64: "literals" });
      expect(rule?.id).toBe(kernel(facts)?.id);
      expect(beside.map(({ id }) => id)).toEqual(["tt-metalium:kernel-fp64-literals"]);
    }
  });

  it("that do more than the operator of their kind are written again", () => {
    expect(kernel({ archetype: "scan", sloc: 20, dialect: "triton" })?.price).toBe("operator");
    expect(kernel({ archetype: "scan", sloc: 200, dialect: "triton" })?.price).toBe("kernel");
  });

  it("without archetype are written again", () => {
    expect(kernel({ features: ["warp-shuffle"], dialect: "cuda" })).toMatchObject({
      verdict: "rewrite",
      price: "kernel",
    });
  });

  it("carry their launches and device code: nothing is counted twice", () => {
    const carried = { verdict: "rewrite", price: "none", cause: "custom-kernels" };
    expect(ruleFor({ kind: "launch", symbol: "k", family: "runtime" })).toMatchObject(carried);
    expect(ruleFor({ kind: "builtin", symbol: "threadIdx", family: "device" })).toMatchObject(carried);
    expect(ruleFor({ kind: "asm", symbol: "ptx:mma.sync.aligned.m16n8k16", family: "ptx" })).toMatchObject(carried);
    expect(ruleFor({ kind: "constant", symbol: "cudaMemcpyHostToDevice", family: "runtime" })?.verdict).toBe("drop");
  });
});

describe("number formats", () => {
  it.each(["torch.float64", "torch.int64", "torch.float16", "torch.float8_e4m3fn"])("%s is a silent risk", (symbol) => {
    const rule = ruleFor({ kind: "attribute", symbol, family: "torch-dtype" });
    expect(rule?.silentRisk).toBeDefined();
    expect(rule?.verdict).not.toBe("native");
  });
});

describe("training", () => {
  it("is a rewrite with the vendor's evidence, not a blocker", () => {
    const rule = ruleFor({ kind: "call", symbol: "torch.Tensor.backward", family: "torch-train" });
    expect(rule).toMatchObject({ verdict: "rewrite", price: "training-shell", cause: "training" });
    expect(rule?.evidence.some(({ source }) => source.includes("test_config_training_single_device.yaml"))).toBe(true);
  });
});

describe("models", () => {
  it("name architectures of the catalog", () => {
    const known = new Set(readPairs(`${rulesDir}catalog/models.tsv`).map(([, canonical]) => canonical));
    const models = ruleSet.manifest.models ?? [];
    expect(models.length).toBeGreaterThan(50);
    expect(models.filter(({ model }) => !known.has(model))).toEqual([]);
  });
});

describe("evidence", () => {
  it("calls nothing tested by an example that only prints or a test of the host", () => {
    const asserted = [...new Set(operators.values())].flatMap((symbol) => operator(symbol)?.evidence ?? []);
    const tested = asserted.filter(({ level }) => level === "tested");
    expect(tested.length).toBeGreaterThan(100);
    expect(tested.filter(({ source }) => /docs_examples|_cpu\.py/.test(source))).toEqual([]);
  });

  it("takes the route of operators that PyTorch takes apart", () => {
    for (const symbol of [
      "aten::heaviside",
      "aten::tanhshrink",
      "aten::one_hot",
      "aten::outer",
      "aten::upsample_linear1d",
    ])
      expect(operator(symbol), symbol).toMatchObject({ verdict: "native" });
  });

  it("is of the route first, then of the names and the risks", () => {
    expect(operator("torch.nn.functional.tanhshrink")?.evidence.map(({ level, source }) => [level, source])).toEqual([
      ["implemented", "pytorch/pytorch@00012f4bc0cc:torch/nn/functional.py"],
      ["implemented", "tenstorrent/tt-metal@622c6fb9c08b:ttnn/cpp/ttnn/operations/eltwise/unary/unary_nanobind.cpp"],
      [
        "implemented",
        "tenstorrent/tt-metal@622c6fb9c08b:ttnn/cpp/ttnn/operations/eltwise/unary_backward/unary_backward_nanobind.cpp",
      ],
      ["implemented", "tenstorrent/tt-mlir@19c86fca45ae:lib/Dialect/TTNN/IR/TTNNWorkaroundsPass.cpp"],
    ]);
  });

  it("of an operator without lowering is inferred, and tells of the host", () => {
    const { evidence, silentRisk } = operator("torch.signbit") ?? {};
    expect(evidence?.[0]?.level).toBe("inferred");
    expect(silentRisk).toMatch(/host/);
  });

  it("names operators as Python does", () => {
    expect(operator("aten::dropout")?.replacement).toBe("ttnn.experimental.dropout");
    expect(operator("aten::_softmax_backward_data")?.replacement).toBe("ttnn.operations.moreh.softmax_backward");
  });
});
