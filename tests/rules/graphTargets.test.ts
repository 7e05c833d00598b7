import { describe, expect, it } from "vitest";
import { candidateIndex, type Decision, decide, factsFit } from "../../src/match/select.ts";
import type { Facts, Usage } from "../../src/model/inventory.ts";
import type { Rule } from "../../src/model/rule.ts";
import { ARCHETYPES } from "../../src/model/vocabulary.ts";
import { readPairs } from "../../src/rules/catalogSource.ts";
import { buildRuleSet } from "../../src/rules/ruleSet.ts";
import { readTargetSource } from "../../src/rules/ruleSource.ts";
import { CONCEPTS, CONCERNS, PLACES } from "./graphConcepts.ts";

const rulesDir = new URL("../../rules/", import.meta.url).pathname;
const operators = new Map(readPairs(`${rulesDir}catalog/operators.tsv`));
const names = ["groq", "cerebras", "rebellions"] as const;
const sources = new Map(names.map((name) => [name, readTargetSource(`${rulesDir}${name}`)]));

type Asked = Pick<Usage, "symbol" | "family" | "kind">;
type Ask = (usage: Asked, facts?: Facts) => Rule | undefined;

/** Asks the rules of one target and variant. */
function asking(name: (typeof names)[number], variant: string, version?: string): Ask {
  const data = sources.get(name);
  if (!data) throw new Error(name);
  const target = { id: name, version: version ?? data.manifest.version, variant, key: `${name}:${variant}` };
  const candidatesOf = candidateIndex(buildRuleSet(data), target, (symbol) => operators.get(symbol));
  return (usage, facts = {}) => candidatesOf(usage).find(({ rule }) => factsFit(rule.where, facts))?.rule;
}

const places = PLACES.map(([name, variant]) => asking(name, variant));
const [cloud, onPrem, pytorch, sdk, api, rebellions] = places as [Ask, Ask, Ask, Ask, Ask, Ask];
const operator = (ask: Ask, symbol: string) => ask({ kind: "op", symbol, family: "torch-op" });
const kernel = (ask: Ask, facts: Facts) =>
  ask({ kind: "kernel", symbol: "k", family: "kernels" }, { sloc: 9, ...facts });
/** As `kernel`, with what speaks beside the rule, where kernels have a path. */
const decided = (["groq:on-prem", "cerebras:pytorch", "cerebras:sdk", "rebellions:"] as const).map((key) => {
  const [name = "", variant] = key.split(":");
  const data = sources.get(name as (typeof names)[number]);
  if (!data) throw new Error(name);
  const target = { id: name, version: data.manifest.version, variant: variant || data.manifest.variant, key };
  const candidatesOf = candidateIndex(buildRuleSet(data), target, () => undefined);
  return (facts: Facts): Decision => decide(candidatesOf({ kind: "kernel", symbol: "k", family: "kernels" }), facts);
});
const unpriced = (rule: Rule | undefined) => rule?.waysOut?.filter(({ price }) => price === undefined).length;

describe("concepts", () => {
  it("are the 68 of the facts", () => {
    const shown = new Set([...CONCEPTS.map(([concept]) => concept), ...Object.keys(CONCERNS)]);
    expect(shown.size).toBe(68);
  });

  it.each(CONCEPTS.map((concept) => [concept[0], concept] as const))("%s has its verdicts", (_name, concept) => {
    const [, kind, symbol, family, verdicts, facts] = concept;
    const rules = places.map((ask) => ask({ kind, symbol, family }, facts));
    expect(rules.map((rule) => rule?.verdict).join(" ")).toBe(verdicts);
  });

  it.each(names)("that no source line shows stand in the toolchain of %s", (name) => {
    const concerns = new Set(sources.get(name)?.manifest.toolchain.map(({ concern }) => concern));
    expect(Object.values(CONCERNS).filter((concern) => !concerns.has(concern))).toEqual([]);
  });
});

describe("operators", () => {
  it("have an answer everywhere, all of them", () => {
    const canonical = [...new Set(operators.values())];
    for (const ask of places) expect(canonical.filter((name) => !operator(ask, name))).toEqual([]);
  });

  it("of the imported tables hold only where models are lowered", () => {
    expect(operator(onPrem, "torch.matmul")?.id).toBe("groq:aten::matmul");
    expect(operator(cloud, "torch.matmul")?.id).toBe("groq:own-model");
    expect(operator(pytorch, "torch.matmul")?.id).toBe("cerebras:aten::matmul");
    expect(operator(sdk, "torch.matmul")?.id).toBe("cerebras:pytorch-model");
    expect(operator(api, "torch.matmul")?.id).toBe("cerebras:own-model");
  });

  it.each(names)("of the table of %s decide somewhere: no rule written by hand speaks for them everywhere", (name) => {
    const { manifest, tables } = sources.get(name) ?? { manifest: undefined, tables: [] };
    const versions = [manifest?.version, ...(manifest?.versions ?? [])];
    const asks = (manifest?.variants ?? []).flatMap(({ id }) => versions.map((version) => asking(name, id, version)));
    const rows = tables.flatMap(({ rows }) => rows.split("\n").map((row) => row.slice(0, row.indexOf("\t"))));
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter((row) => !asks.some((ask) => operator(ask, row)?.id === `${name}:${row}`))).toEqual([]);
  });

  it("of a rack are native only where a listed model's export holds what export leaves of them", () => {
    const verdicts = ["torch.split", "torch.chunk", "torch.relu", "torch.abs", "torch.nn.functional.relu6"];
    const native = verdicts.filter((symbol) => operator(onPrem, symbol)?.verdict === "native");
    expect(native).toEqual(["torch.split", "torch.relu", "torch.nn.functional.relu6"]);
  });

  it("of rebellions are asked of the release: a list of eager mode came with 0.10.4", () => {
    expect(operator(rebellions, "torch.index_select")?.verdict).toBe("native");
    const before = operator(asking("rebellions", "ca22", "0.10"), "torch.index_select");
    expect(before).toMatchObject({ verdict: "adapt", cause: "host-fallback" });
  });

  it("that leave the device of rebellions are a silent risk", () => {
    for (const symbol of [
      "torch.topk",
      "torch.where",
      "torch.Tensor.masked_fill_",
      "torch.sum",
      "torch.logcumsumexp",
    ]) {
      expect(operator(rebellions, symbol)).toMatchObject({ verdict: "adapt", cause: "host-fallback" });
      expect(operator(rebellions, symbol)?.silentRisk).toMatch(/host without a message/);
    }
    // Accelerated in a compiled graph; of entries of eager mode, what is not float16 leaves the device.
    for (const symbol of ["torch.cos", "torch.gather", "torch.addcdiv", "torch.bmm", "torch.matmul"]) {
      expect(operator(rebellions, symbol)?.verdict).toBe("native");
      expect(operator(rebellions, symbol)?.silentRisk).toMatch(/host without a message/);
    }
    for (const symbol of ["torch.Tensor.view", "torch.permute", "torch.broadcast_to", "torch.clone", "torch.split"]) {
      expect(operator(rebellions, symbol)).toMatchObject({ verdict: "native" });
      expect(operator(rebellions, symbol)?.silentRisk).toBeUndefined();
    }
  });

  it("of rebellions cite a source for each thing that their row says", () => {
    const levels = operator(rebellions, "torch.add")?.evidence.map(({ level }) => level);
    expect(levels).toEqual(["tested", "documented", "documented", "implemented", "implemented"]);
  });

  it("that cerebras computes otherwise are a silent risk there", () => {
    expect(operator(pytorch, "torch.acos")).toMatchObject({
      verdict: "native",
      silentRisk: expect.stringMatching(/poly/),
    });
    expect(operator(pytorch, "torch.sort")?.silentRisk).toBeUndefined();
  });

  it("known from a binary's strings only are inferred on cerebras", () => {
    expect(operator(pytorch, "torch.cumprod")?.evidence[0]?.level).toBe("inferred");
    expect(operator(pytorch, "torch.nn.LayerNorm")?.evidence[0]?.level).toBe("implemented");
  });
});

describe("kernels", () => {
  it("have no price on a hosted API", () => {
    for (const ask of [cloud, api]) {
      const rule = kernel(ask, { archetype: "softmax" });
      expect(rule?.verdict).toBe("blocked");
      expect(unpriced(rule)).toBe(rule?.waysOut?.length);
    }
  });

  it("become operators where the archetype has one", () => {
    for (const ask of [onPrem, pytorch, rebellions]) {
      expect(kernel(ask, { archetype: "gemm" })).toMatchObject({ verdict: "rewrite", price: "operator" });
    }
    expect(kernel(sdk, { archetype: "gemm" })).toMatchObject({ verdict: "rewrite", price: "kernel" });
  });

  it("without an operator are written again where the vendor has a language for them", () => {
    for (const ask of [onPrem, sdk, rebellions]) {
      expect(kernel(ask, { archetype: "stencil" })).toMatchObject({ verdict: "rewrite", price: "kernel" });
    }
  });

  it("in fp64 are blocked wherever no fp64 is computed", () => {
    for (const ask of [onPrem, pytorch, sdk, rebellions]) {
      const facts = { archetype: "gemm", features: ["fp64"], fp64: "types", complexity: "tile" };
      expect(kernel(ask, facts)?.cause).toBe("fp64");
    }
  });

  it("with fp64 from literals alone go as any float kernel, and hear of the literals beside it", () => {
    for (const on of decided) {
      for (const archetype of ARCHETYPES) {
        const facts = { archetype, sloc: 9, complexity: "tile" };
        const { rule, beside } = on({ ...facts, features: ["fp64"], fp64: "literals" });
        expect(rule?.id).toBe(on(facts).rule?.id);
        expect(beside).toMatchObject([{ verdict: "adapt", price: "local", cause: "fp64-literals" }]);
      }
    }
  });

  it("of every archetype have an answer", () => {
    for (const ask of places) {
      for (const archetype of ARCHETYPES) expect(kernel(ask, { archetype })?.verdict).toMatch(/rewrite|blocked/);
    }
  });
});

describe("one library", () => {
  const call = (symbol: string, family: string): Asked => ({ kind: "call", symbol, family });

  it.each([
    [call("nvmlInit_v2", "nvml"), "pynvml"],
    [call("nvtxRangePop", "nvtx"), "nvtx"],
    [call("ncclAllReduce", "nccl"), "nccl"],
    [call("cuFileRead", "cufile"), "kvikio"],
    [call("nvshmem_malloc", "nvshmem"), "nvshmem"],
  ])("has one verdict in C and in Python: %o, %s", (inC, symbol) => {
    const verdictsOf = (asked: Asked) => places.map((ask) => ask(asked)?.verdict);
    expect(verdictsOf(call(symbol, "python-packages"))).toEqual(verdictsOf(inC));
  });

  it.each([
    ["torch::kCUDA", "device:cuda", "string", "torch-device"],
    ["c10::DeviceType::CUDA", "device:cuda", "string", "torch-device"],
    ["TORCH_LIBRARY", "torch.library.Library", "call", "torch-extension"],
    ["c10::DispatchKey::CUDA", "torch.library.impl", "call", "torch-extension"],
    ["TORCH_EXTENSION_NAME", "torch.utils.cpp_extension.CUDAExtension", "call", "torch-extension"],
  ] as const)("is PyTorch, in C++ and in Python: %s, %s", (inCpp, symbol, kind, family) => {
    const verdictsOf = (asked: Asked) => places.map((ask) => ask(asked)?.verdict);
    expect(verdictsOf({ kind: "constant", symbol: inCpp, family: "caffe2" })).toEqual(
      verdictsOf({ kind, symbol, family }),
    );
  });

  it("of random numbers keeps its seed, offset and dimensions", () => {
    for (const ask of [onPrem, pytorch, rebellions]) {
      for (const name of ["curandSetPseudoRandomGeneratorSeed", "curandSetQuasiRandomGeneratorDimensions"]) {
        expect(ask(call(name, "curand"))?.cause).toBe("random-numbers");
      }
      expect(ask(call("curandSetStream", "curand"))?.verdict).toBe("drop");
    }
  });

  it("of settings is a risk only where one changes the precision", () => {
    const setting = (symbol: string): Asked => ({ kind: "attribute", symbol, family: "torch-backends" });
    for (const ask of [cloud, onPrem]) {
      expect(ask(setting("torch.backends.cuda.matmul.allow_tf32"))?.silentRisk).toMatch(/precision|float16/);
      expect(ask(setting("torch.backends.cudnn.benchmark"))).toMatchObject({ verdict: "drop" });
      expect(ask(setting("torch.backends.cudnn.benchmark"))?.silentRisk).toBeUndefined();
    }
  });

  it("of products solves on the host of a rack, and its descriptors go", () => {
    expect(onPrem(call("cublasStrsm_v2", "cublas"))?.cause).toBe("solvers");
    for (const name of ["cublasLtMatmulDescCreate", "cublasSetVector"]) {
      expect(onPrem(call(name, "cublas"))?.verdict).toBe("drop");
    }
    expect(onPrem(call("cublasLtMatmul", "cublaslt"))?.verdict).toBe("rewrite");
  });

  it("is not taken for another by the beginning of a name", () => {
    for (const ask of places) expect(ask(call("cudaGraphicsMapResources", "runtime"))?.cause).toBe("graphics-interop");
    for (const ask of [onPrem, pytorch, rebellions]) {
      expect(ask(call("cublasDotEx", "cublas"))?.cause).toBe("dense-linear-algebra");
    }
  });
});

describe("training", () => {
  const optimizer: Asked = { kind: "call", symbol: "torch.optim.AdamW", family: "torch-train" };
  const backward: Asked = { kind: "call", symbol: "torch.Tensor.backward", family: "torch-train" };

  it("is one blocker where nothing trains", () => {
    for (const ask of [cloud, onPrem, rebellions]) {
      for (const usage of [optimizer, backward]) {
        expect(ask(usage)).toMatchObject({ verdict: "blocked", cause: "training" });
      }
    }
  });

  it("is the vendor's shell on cerebras", () => {
    for (const usage of [optimizer, backward]) {
      expect(pytorch(usage)).toMatchObject({ verdict: "adapt", cause: "training-shell", price: "training-shell" });
    }
  });
});

describe("models", () => {
  it.each(names)("of %s have canonical names", (name) => {
    const known = new Set(readPairs(`${rulesDir}catalog/models.tsv`).map(([, model]) => model));
    const models = sources.get(name)?.manifest.models ?? [];
    expect(models.length).toBeGreaterThan(0);
    expect(models.filter(({ model }) => !known.has(model))).toEqual([]);
  });
});

describe("blockers", () => {
  it.each(names)("of %s name a way out", (name) => {
    const blocked = sources.get(name)?.rules.filter(({ verdict }) => verdict === "blocked") ?? [];
    expect(blocked.length).toBeGreaterThan(0);
    expect(blocked.filter(({ waysOut = [] }) => waysOut.length === 0)).toEqual([]);
  });
});
