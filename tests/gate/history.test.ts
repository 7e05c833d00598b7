/** A scripted history: every kind of change that a gate meets, made of real commits, each with its expected verdict. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Edits, only, Scratch } from "./scratch.ts";

const scratch = new Scratch();
afterAll(() => scratch.remove());

const CUDA = `#include <cuda_runtime.h>

__device__ float half_of(float x) { return x * 0.5f; }

__global__ void scale(float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) x[i] = half_of(x[i]);
}

__global__ void votes(const int* in, unsigned* out, unsigned mask) {
  out[threadIdx.x] = __ballot_sync(mask, in[threadIdx.x]);
}

void run(float* host, int n) {
  float* x = nullptr;
  cudaMalloc(&x, n * sizeof(float));
  cudaMemcpy(x, host, n * sizeof(float), cudaMemcpyHostToDevice);
  scale<<<(n + 255) / 256, 256>>>(x, n);
  cudaDeviceSynchronize();
  cudaFree(x);
}
`;

const PYTHON = `import torch


def stats(x):
    torch.cuda.synchronize()
    return torch.cuda.memory_allocated()
`;

const CONFIG = `version: 1
targets:
  - id: hip
    maxDays: 0.2
`;

const PTX = `
__global__ void where(unsigned* out) {
  unsigned id;
  asm volatile("mov.u32 %0, %%smid;" : "=r"(id));
  out[threadIdx.x] = id;
}
`;

beforeAll(() => {
  scratch.init("project");
  scratch.commit("project", {
    "csrc/scale.cu": CUDA,
    "tools/stats.py": PYTHON,
    "portgauge.config.yaml": CONFIG,
  });
});

/** Commits edits on a branch of their own and gates them against main. */
async function gated(name: string, edits: Edits) {
  scratch.git("project", "checkout", "--quiet", "-B", name, "main");
  scratch.commit("project", edits);
  return scratch.gate("project", { base: "main", head: name });
}

const NOTHING = { newUsages: 0, newBlockers: 0, newSilentRisks: 0, days: { p10: 0, p50: 0, p90: 0 }, reasons: [] };

describe("one change at a time", () => {
  it("new inline PTX breaks the budget and says where, why and what to do", async () => {
    const result = await gated("ptx", { "csrc/scale.cu": CUDA + PTX });
    const hip = only(result);
    expect(result.pass).toBe(false);
    expect(hip.days.p50).toBeGreaterThan(0.2);
    expect(hip.days.p10).toBeLessThan(hip.days.p50);
    expect(hip.days.p90).toBeGreaterThan(hip.days.p50);
    const line = CUDA.split("\n").length + 3;
    expect(hip.reasons.map((reason) => [reason.path, reason.line, reason.symbol])).toContainEqual([
      "csrc/scale.cu",
      line,
      "ptx:mov.u32",
    ]);
    for (const reason of hip.reasons) {
      expect(reason.why).not.toBe("");
      expect(reason.wayOut).not.toBe("");
    }
  });

  it("a torch.cuda call in a test is seen and costs nothing where it is native", async () => {
    const result = await gated("call", {
      "tests/test_stats.py": "import torch\n\n\ndef test_sync():\n    torch.cuda.synchronize()\n",
    });
    expect(result.pass).toBe(true);
    expect(only(result)).toMatchObject({ newUsages: 1, goneUsages: 0, days: { p50: 0 }, verdicts: { native: 1 } });
  });

  it("a mask that becomes a 32-bit literal is a silent risk, though the call stood there before", async () => {
    const result = await gated("mask", {
      "csrc/scale.cu": CUDA.replace("__ballot_sync(mask", "__ballot_sync(0xffffffff"),
    });
    const hip = only(result);
    expect(result.pass).toBe(false);
    expect(hip.newSilentRisks).toBe(1);
    expect(hip.reasons.map(({ line, symbol }) => [line, symbol])).toEqual([[11, "__ballot_sync"]]);
    expect(hip.reasons[0]?.why).toContain("silent risk");
  });

  it("a function that moves to another file is not new", async () => {
    const [head = "", run = ""] = CUDA.split("void run");
    const result = await gated("moved", {
      "csrc/scale.cu": head,
      "csrc/run.cu": `#include "scale.cuh"\n\nvoid run${run}`,
    });
    expect(result.pass).toBe(true);
    expect(only(result)).toMatchObject({ ...NOTHING, goneUsages: 0 });
  });

  it("a renamed file is not new", async () => {
    const result = await gated("renamed", { "csrc/scale.cu": null, "kernels/scaling.cu": CUDA });
    expect(result.pass).toBe(true);
    expect(only(result)).toMatchObject({ ...NOTHING, goneUsages: 0 });
  });

  it("white space, line breaks and comments change nothing", async () => {
    const wrapped = CUDA.replace("cudaMemcpy(x, host,", "cudaMemcpy(\n      x,  // device\n      host,")
      .replaceAll("  ", "\t")
      .replace("void run", "\n\n/* moved down */\nvoid run");
    const result = await gated("space", { "csrc/scale.cu": wrapped });
    expect(result.pass).toBe(true);
    expect(only(result)).toMatchObject({ ...NOTHING, goneUsages: 0 });
  });

  it("a deleted kernel is gone and adds nothing", async () => {
    const deleted = CUDA.replace(/__global__ void votes[\s\S]*?\n}\n/, "");
    const result = await gated("deleted", { "csrc/scale.cu": deleted });
    expect(result.pass).toBe(true);
    expect(only(result)).toMatchObject(NOTHING);
    expect(only(result).goneUsages).toBeGreaterThan(1);
  });

  it("a guard that keeps code off the target takes work away", async () => {
    const guarded = `${CUDA.replace("void run", "#if !defined(USE_ROCM)\nvoid run")}#endif\n`;
    const result = await gated("guard", { "csrc/scale.cu": guarded });
    expect(result.pass).toBe(true);
    expect(only(result)).toMatchObject(NOTHING);
    expect(only(result).goneUsages).toBeGreaterThan(3);
  });

  it("a new third-party folder is seen and not counted", async () => {
    const result = await gated("vendored", { "third_party/lib/where.cu": CUDA + PTX });
    expect(result.pass).toBe(true);
    expect(only(result)).toMatchObject({ ...NOTHING, goneUsages: 0 });
    expect(result.vendoredUsages).toBeGreaterThan(5);
  });

  it("more of a cause that stands already costs less than its first", async () => {
    const first = only(await gated("first", { "csrc/where.cu": PTX }));
    scratch.git("project", "branch", "--force", "with-ptx", "first");
    scratch.git("project", "checkout", "--quiet", "-B", "second", "with-ptx");
    scratch.commit("project", { "csrc/again.cu": PTX.replace("where", "again") });
    const second = only(await scratch.gate("project", { base: "with-ptx", head: "second" }));
    expect(second.days.p50).toBeLessThan(first.days.p50);
  });
});

describe("a change in a project that is a package itself", () => {
  const PACKAGE = {
    "flash_attn/__init__.py": "",
    "flash_attn/ops/__init__.py": "",
    "flash_attn/ops/norm.py": "def norm(x):\n    return x\n",
    "flash_attn/layers.py": "from flash_attn.ops.norm import norm\n\n\ndef layer(x):\n    return norm(x)\n",
  };

  it("does not take the project's own modules for a dependency, though only one file changed", async () => {
    scratch.init("package");
    scratch.commit("package", PACKAGE);
    scratch.edit("package", {
      "flash_attn/layers.py": `${PACKAGE["flash_attn/layers.py"]}\n\ndef again(x):\n    return norm(norm(x))\n`,
    });
    expect(only(await scratch.gate("package", { base: "HEAD" }))).toMatchObject({ ...NOTHING, goneUsages: 0 });
  });

  it("takes them for one where the project does not hold the package", async () => {
    scratch.init("user");
    scratch.commit("user", { "notes.txt": "\n" });
    scratch.edit("user", { "layers.py": PACKAGE["flash_attn/layers.py"] });
    expect(only(await scratch.gate("user", { base: "HEAD" })).newUsages).toBe(2);
  });
});

describe("suppressions", () => {
  const marked = (comment: string) => CUDA + PTX.replace("  asm", `  ${comment}\n  asm`);

  it("with a reason is accepted", async () => {
    const result = await gated("accepted", {
      "csrc/scale.cu": marked("// portgauge-ignore[ptx:mov.u32] reason: profiling only"),
    });
    expect(result.pass).toBe(true);
    expect(only(result)).toMatchObject({ accepted: 2, reasons: [] });
    expect(result.notices).toEqual([]);
  });

  it.each([
    ["// portgauge-ignore[ptx:mov.u32]", "suppression-without-reason"],
    ["// portgauge-ignore[ptx:mov.u32] reason: later, until: 2020-01-01", "suppression-expired"],
    ["// portgauge-ignore[cudaMallocAsync] reason: wrong name", "suppression-unused"],
    ["// portgauge-ignore reason: names nothing", "suppression-without-rule"],
  ])("%s accepts nothing and is reported", async (comment, code) => {
    const result = await gated("unaccepted", { "csrc/scale.cu": marked(comment) });
    expect(result.pass).toBe(false);
    expect(result.notices.map((notice) => [notice.code, notice.path])).toEqual([[code, "csrc/scale.cu"]]);
  });

  it("of a rule of a target that is not asked about is not called unused", async () => {
    const result = await gated("other", {
      "csrc/scale.cu": CUDA.replace("  cudaFree", "  // portgauge-ignore[groq:kernels] reason: shim\n  cudaFree"),
    });
    expect(result.notices).toEqual([]);
  });

  it("of an old usage is not called unused", async () => {
    const result = await gated("old", {
      "csrc/scale.cu": CUDA.replace("  cudaFree", "  // portgauge-ignore[cudaFree] reason: shim\n  cudaFree"),
    });
    expect(result.notices).toEqual([]);
  });

  it("an allowance of the config holds for its paths only", async () => {
    const allow = `${CONFIG}allow:\n  - rule: "ptx:*"\n    paths: [bench/**]\n    reason: measured on NVIDIA only\n`;
    const inside = await gated("allowed", { "bench/where.cu": PTX });
    expect(inside.pass).toBe(false);
    scratch.edit("project", { "portgauge.config.yaml": allow });
    const allowed = await scratch.gate("project", { base: "main", head: "allowed" });
    scratch.git("project", "checkout", "--quiet", "--", ".");
    expect(allowed.pass).toBe(true);
    expect(only(allowed).accepted).toBe(2);
  });
});
