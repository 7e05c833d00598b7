/** Families that hold names of another kind: host services, files, training. A broad rule must not answer for these. */
import { describe, expect, it } from "vitest";
import { candidateIndex, factsFit } from "../../src/match/select.ts";
import type { Usage } from "../../src/model/inventory.ts";
import type { Rule } from "../../src/model/rule.ts";
import { loadRuleSetData } from "../../src/rules/load.ts";
import { buildRuleSet } from "../../src/rules/ruleSet.ts";

type Asked = Pick<Usage, "symbol" | "family" | "kind">;

const places = ["groq", "cerebras", "rebellions", "tt-metalium"].flatMap((id) => {
  const data = loadRuleSetData(id);
  const ruleSet = buildRuleSet(data);
  return data.manifest.variants.map(({ id: variant }) => {
    const key = `${id}:${variant}`;
    const target = { id, version: data.manifest.version, variant, key };
    const candidatesOf = candidateIndex(ruleSet, target, () => undefined);
    const ask = (asked: Asked): Rule | undefined =>
      candidatesOf(asked).find(({ rule }) => factsFit(rule.where, {}))?.rule;
    return { key, ask };
  });
});

/** Verdicts by target or place; a place that is not named has the target's. */
type Verdicts = Readonly<Record<string, string>>;
const everywhere = (verdict: string): Verdicts => ({
  groq: verdict,
  cerebras: verdict,
  rebellions: verdict,
  "tt-metalium": verdict,
});
const TRAINING: Verdicts = {
  groq: "blocked",
  "cerebras:pytorch": "adapt",
  cerebras: "blocked",
  rebellions: "blocked",
  "tt-metalium": "rewrite",
};
const CHECKPOINTS: Verdicts = {
  ...everywhere("adapt"),
  "groq:cloud": "drop",
  "cerebras:sdk": "drop",
  "cerebras:api": "drop",
};
const FILES: Verdicts = { ...everywhere("adapt"), "tt-metalium": "blocked" };
const KERNELS: Verdicts = { groq: "blocked", cerebras: "blocked", rebellions: "rewrite", "tt-metalium": "rewrite" };
const SEEDS: Verdicts = {
  ...everywhere("adapt"),
  "groq:cloud": "drop",
  "cerebras:sdk": "drop",
  "cerebras:api": "drop",
};

const HOST_NAMES: readonly [symbol: string, family: string, verdicts: Verdicts][] = [
  ["torch.distributed.checkpoint.load", "torch-distributed", CHECKPOINTS],
  ["torch.distributed.checkpoint.state_dict.get_model_state_dict", "torch-distributed", CHECKPOINTS],
  ["torch.distributed.TCPStore", "torch-distributed", everywhere("native")],
  ["torch.distributed.FileStore", "torch-distributed", everywhere("native")],
  ["torch.distributed.rpc.init_rpc", "torch-distributed", everywhere("adapt")],
  ["torch.distributed.elastic.multiprocessing.errors.record", "torch-distributed", everywhere("adapt")],
  ["torch.distributed.run.main", "torch-distributed", everywhere("adapt")],
  ["torch.distributed.all_gather_object", "torch-distributed", everywhere("adapt")],
  ["torch.distributed.broadcast_object_list", "torch-distributed", everywhere("adapt")],
  ["torch.distributed.autograd.backward", "torch-distributed", TRAINING],
  ["torch.distributed.optim.DistributedOptimizer", "torch-distributed", TRAINING],
  ["torch.cuda.gds.GdsFile", "torch-cuda", FILES],
  ["torch.cuda.jiterator._create_jit_fn", "torch-cuda", KERNELS],
  ["torch.cuda.manual_seed_all", "torch-cuda", SEEDS],
  ["kvikio.CuFile", "python-packages", FILES],
  ["cuFileRead", "cufile", FILES],
];

describe("host services", () => {
  it.each(HOST_NAMES)("%s is not answered for its whole family", (symbol, family, verdicts) => {
    const found = Object.fromEntries(
      places.map(({ key, ask }) => [key, ask({ kind: "call", symbol, family })?.verdict]),
    );
    const expected = places.map(({ key }) => [key, verdicts[key] ?? verdicts[key.split(":")[0] ?? ""]]);
    expect(found).toEqual(Object.fromEntries(expected));
  });

  it.each(HOST_NAMES)("%s has no rule that names its family", (symbol, family) => {
    const broad = places.filter(({ key, ask }) => {
      const rule = ask({ kind: "call", symbol, family });
      const isWhole = !rule?.match.some((pattern) => fits(pattern, symbol));
      // A CSL program or a request has no PyTorch beside it; GPUDirect is a rule of its own on Tenstorrent.
      return isWhole && !["cerebras:sdk", "cerebras:api"].includes(key) && family !== "cufile";
    });
    expect(broad.map(({ key }) => key)).toEqual([]);
  });
});

function fits(pattern: string, symbol: string): boolean {
  return pattern.endsWith("*") ? pattern.length > 1 && symbol.startsWith(pattern.slice(0, -1)) : pattern === symbol;
}

const GRADIENTS = [
  "Conv_dgrad_attributes",
  "Conv_wgrad_attributes",
  "Batchnorm_backward_attributes",
  "Layernorm_backward_attributes",
  "Rmsnorm_backward_attributes",
  "Instancenorm_backward_attributes",
  "AdaLayernorm_backward_attributes",
  "DBN_weight_attributes",
  "SDPA_backward_attributes",
  "SDPA_fp8_backward_attributes",
  "DgradNode",
  "WgradNode",
  "DBNNode",
  "DBNWeightNode",
  "DLNNode",
  "DINNode",
  "DRMSNormNode",
  "SDPABackwardNode",
  "SDPAFP8BackwardNode",
  "MoeGroupedMatmulBwdNode",
];

describe("gradients of cuDNN's newer interface", () => {
  const primitive: Asked = { kind: "call", symbol: "cudnnConvolutionBackwardData", family: "cudnn" };
  const inGraph = (name: string): Asked => ({
    kind: "type",
    symbol: `cudnn_frontend::graph::${name}`,
    family: "cudnn",
  });

  it.each(GRADIENTS)("%s goes where a backward call goes", (name) => {
    const verdictsOf = (asked: Asked) => places.map(({ key, ask }) => `${key} ${ask(asked)?.verdict}`);
    expect(verdictsOf(inGraph(name))).toEqual(verdictsOf(primitive));
  });

  it("are one cause with training where nothing trains", () => {
    for (const { key, ask } of places) {
      if (ask(primitive)?.cause !== "training") continue;
      expect([key, ...GRADIENTS.filter((name) => ask(inGraph(name))?.cause !== "training")]).toEqual([key]);
    }
  });

  it("leave attributes of inference with the graph that they serve", () => {
    for (const name of ["Conv_fprop_attributes", "Batchnorm_inference_attributes", "SDPA_attributes"]) {
      expect(new Set(places.map(({ ask }) => ask(inGraph(name))?.verdict))).toEqual(new Set(["drop"]));
    }
  });
});

describe("solvers", () => {
  const call = (symbol: string, family: string): Asked => ({ kind: "call", symbol, family });
  const SOLVES = [
    ["cublasStrsm_v2", "cublas"],
    ["cublasDtrsv_v2", "cublas"],
    ["cublasZtrsmBatched", "cublas"],
    ["cublasSgetrfBatched", "cublas"],
    ["cusolverDnGetrf", "cusolver"],
    ["cusolverDnDpotrf", "cusolver"],
    ["cusolverMgGetrf", "cusolver"],
    ["cusolverRfSetupHost", "cusolver"],
    ["cusolverSpScsrlsvqr", "cusolver"],
  ] as const;

  it.each(SOLVES)("%s solves", (symbol, family) => {
    const atHost = places.filter(({ key }) => !["groq:cloud", "cerebras:sdk", "cerebras:api"].includes(key));
    expect(new Set(atHost.map(({ ask }) => ask(call(symbol, family))?.cause))).toEqual(new Set(["solvers"]));
  });

  it("name a dense, a triangular and a sparse library, each for its own", () => {
    for (const { key, ask } of places.filter(({ key }) => key === "groq:on-prem" || key.startsWith("rebellions"))) {
      const named = ["cusolverDnDpotrf", "cublasStrsm_v2", "cusolverSpScsrlsvqr", "cusolverRfSolve"].map(
        (symbol) => ask(call(symbol, symbol.startsWith("cublas") ? "cublas" : "cusolver"))?.replacement ?? "",
      );
      const kinds = [/LAPACK/, /BLAS/, /SuiteSparse/, /SuiteSparse/];
      expect([key, ...kinds.map((kind, i) => kind.test(named[i] ?? ""))]).toEqual([key, true, true, true, true]);
    }
  });

  it.each(["cusolverDnCreate", "cusolverSpCreate", "cusolverMgCreate", "cusolverRfCreate", "cusolverRfSetAlgs"])(
    "%s makes or sets a handle",
    (symbol) => {
      expect(new Set(places.map(({ ask }) => ask(call(symbol, "cusolver"))?.verdict))).toEqual(new Set(["drop"]));
    },
  );
});
