/** What users will try on an estimate, on whole projects with the shipped rules. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { shippedKnowledge } from "../src/cli/knowledge.ts";
import { assessSettings } from "../src/cli/settings.ts";
import { languageOf } from "../src/discover/language.ts";
import { placeOf } from "../src/discover/place.ts";
import { explainTotal, explainWorkItem } from "../src/estimate/explain.ts";
import { toCents } from "../src/estimate/round.ts";
import { inspect } from "../src/extract/inspect.ts";
import { link } from "../src/link/link.ts";
import type { Report, TargetReport } from "../src/model/report.ts";
import { GOALS, type Goal } from "../src/model/vocabulary.ts";
import { assess } from "../src/pipeline.ts";

type Sources = Readonly<Record<string, string>>;

const TARGETS = ["hip", "tt-metalium", "groq", "cerebras", "rebellions"];
const knowledge = await shippedKnowledge();

function reportOf(sources: Sources, goal: Goal = "functional"): Report {
  const files = Object.entries(sources)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, text]) => {
      const language = languageOf(path);
      return language ? [inspect({ path, language, text, bytes: text.length }, knowledge.catalog)] : [];
    });
  const inventory = link({
    files,
    placeOf,
    componentOf: (path) => path.split("/")[0] ?? "",
    skipped: [],
    diagnostics: [],
  });
  const options = assessSettings({ target: TARGETS, goal }, { version: 1 });
  return assess(inventory, { root: "x", revision: null, assess: options }, knowledge);
}

function daysOf(report: Report): number[] {
  return report.targets.map((target) => (target.effort ?? target.effortWithoutBlocked)?.p50 ?? 0);
}

function targetOf(report: Report, id: string): TargetReport {
  const target = report.targets.find((each) => each.id === id);
  if (!target) throw new Error(`no target ${id}`);
  return target;
}

function filesOf(folder: string): Sources {
  const root = join(import.meta.dirname, "../fixtures/projects", folder);
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [path.slice(root.length + 1), readFileSync(path, "utf8")]));
}

function mapped(sources: Sources, change: (path: string, text: string) => [string, string]): Sources {
  return Object.fromEntries(Object.entries(sources).map(([path, text]) => change(path, text)));
}

const fused = filesOf("fused-ops");
const fusedReport = reportOf(fused);

/** A kernel of thirty lines around one statement. */
function kernel(name: string, statement: string): string {
  const lines = Array.from({ length: 24 }, (_, i) => `  acc += in[(i + ${i}) % n] * ${i}.0f;`);
  return `#include <cuda_runtime.h>
__global__ void ${name}(float* out, const float* in, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  float acc = 0.0f;
  ${statement}
${lines.join("\n")}
  if (i < n) out[i] = acc;
}
`;
}

const PLACED: Sources = {
  "main.cpp": "#include <torch/torch.h>\nvoid place(torch::nn::Linear model) { model->to(torch::kCUDA); }\n",
  "main.py": 'import torch\n\nmodel = torch.nn.Linear(4, 4).to("cuda")\n',
};

describe("a whole project", () => {
  it.each(Object.entries(PLACED))(
    "that places a model on the GPU costs days everywhere but on hip: %s",
    (path, text) => {
      const [, ...others] = daysOf(reportOf({ [path]: text }));
      expect(others.filter((days) => days <= 0)).toEqual([]);
    },
  );

  it("costs more than once and less than twice when it stands there twice", () => {
    const twice = { ...mapped(fused, (p, t) => [`a/${p}`, t]), ...mapped(fused, (p, t) => [`b/${p}`, t]) };
    const once = daysOf(reportOf(mapped(fused, (p, t) => [`a/${p}`, t])));
    daysOf(reportOf(twice)).forEach((days, index) => {
      expect(days).toBeGreaterThan(once[index] ?? 0);
      expect(days).toBeLessThan(2 * (once[index] ?? 0));
    });
  });

  it.each(Object.keys(fused))("never costs more without %s", (path) => {
    const { [path]: _gone, ...rest } = fused;
    const whole = daysOf(fusedReport);
    daysOf(reportOf(rest)).forEach((days, index) => {
      expect(days).toBeLessThanOrEqual((whole[index] ?? 0) + 1e-9);
    });
  });

  it("costs the same with a comment in every file", () => {
    const commented = mapped(fused, (path, text) => {
      const language = languageOf(path);
      if (language === "cuda" || language === "cpp") return [path, `// a word about it\n${text}/* and one more */\n`];
      if (language === "python") return [path, `# a word about it\n${text}`];
      return [path, text];
    });
    const days = ({ targets }: Report) =>
      targets.map(({ effort, effortWithoutBlocked, workItems, hotspots }) => ({
        effort,
        effortWithoutBlocked,
        items: workItems.map(({ id, p50 }) => [id, p50]),
        hotspots,
      }));
    expect(days(reportOf(commented))).toEqual(days(fusedReport));
  });

  it("costs more for a more demanding goal", () => {
    const ladder = GOALS.map((goal) => daysOf(reportOf(fused, goal)));
    TARGETS.forEach((_, index) => {
      const [functional = 0, tuned = 0, parity = 0] = ladder.map((days) => days[index]);
      expect(tuned).toBeGreaterThan(functional);
      expect(parity).toBeGreaterThan(tuned);
    });
  });

  it("costs more for kernels that only Hopper runs than for portable ones of their size", () => {
    const hopper = kernel(
      "tiles",
      'asm volatile("wgmma.fence.sync.aligned;"); asm volatile("cp.async.bulk.commit_group;");',
    );
    const portable = kernel("tiles", "acc += 1.0f; acc += 2.0f;");
    const days = (text: string) => targetOf(reportOf({ "a.cu": text }), "hip").effort?.p50 ?? Number.NaN;
    expect(days(hopper)).toBeGreaterThan(2 * days(portable));
  });

  it("of Python at framework level costs little on a GPU target and much on graph-level ones", () => {
    const layers = Array.from({ length: 12 }, (_, i) => [
      `model/layer${i}.py`,
      `import torch
import torch.distributed as dist

class Layer${i}(torch.nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear = torch.nn.Linear(width, width, device="cuda")

    def forward(self, x, mask):
        x = torch.nn.functional.scaled_dot_product_attention(x, x, x, attn_mask=mask)
        dist.all_reduce(x)
        return torch.nn.functional.gelu(self.linear(x))
`,
    ]);
    const train = `import torch
import torch.distributed as dist

dist.init_process_group(backend="nccl")
torch.cuda.set_device(0)
optimizer = torch.optim.AdamW(model.parameters())
for batch in loader:
    with torch.autocast("cuda", dtype=torch.bfloat16):
        loss = model(batch.cuda())
    loss.backward()
    optimizer.step()
    torch.cuda.synchronize()
`;
    const report = reportOf({ ...Object.fromEntries(layers), "train.py": train });
    const hip = targetOf(report, "hip").effort?.p50 ?? Number.NaN;
    expect(hip).toBeLessThan(5);
    for (const id of ["tt-metalium", "cerebras", "rebellions"]) {
      const { effort, effortWithoutBlocked } = targetOf(report, id);
      expect((effort ?? effortWithoutBlocked)?.p50).toBeGreaterThan(4 * hip);
    }
  });
});

describe("the words of an estimate", () => {
  it.each(TARGETS)("agree with its figures on %s", (id) => {
    const target = targetOf(fusedReport, id);
    const total = target.effort ?? target.effortWithoutBlocked;
    const text = explainTotal(target);
    const sum = target.workItems.reduce((cents, item) => cents + toCents(item.p50), 0);
    expect(sum).toBe(toCents(total?.p50 ?? -1));
    expect(text.join("\n")).toContain(`total P50 ${total?.p50} d`);
    for (const item of target.workItems.filter(({ p50 }) => p50 > 0)) {
      const line = text.find((each) => each.includes(`  ${item.id}  `));
      expect(line?.trim()).toBe(`${item.p50.toFixed(2)} d  ${item.id}  ${item.title}: ${item.basis}`);
      expect(explainWorkItem(item)).toContain(`  days: P50 ${item.p50} d, P10 ${item.p10} d, P90 ${item.p90} d`);
    }
  });

  it.each(TARGETS)("name every item differently and settle drivers on %s", (id) => {
    const { workItems, drivers } = targetOf(fusedReport, id);
    const ids = new Set(workItems.map((item) => item.id));
    expect(ids.size).toBe(workItems.length);
    for (const { workItem, settle, shareOfP90 } of drivers) {
      expect(ids.has(workItem)).toBe(true);
      expect(settle.length).toBeGreaterThan(10);
      expect(shareOfP90).toBeGreaterThan(0);
    }
    const titles = workItems.filter(({ p50 }) => p50 > 0).map(({ title, verdict }) => `${title} (${verdict})`);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });
});

describe("constants", () => {
  it("all say how they are known", () => {
    const untold: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== "object" || value === null) return;
      if ("value" in value) {
        const { tag, source } = value as { tag?: string; source?: string };
        if (!["stated", "fitted", "derived", "assumed"].includes(tag ?? "") || !source) untold.push(path);
        return;
      }
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
    };
    const { analogues, ...constants } = knowledge.model;
    walk(constants, "model");
    expect(untold).toEqual([]);
    expect(analogues.filter(({ source, unit }) => !source || !unit)).toEqual([]);
    expect(new Set(analogues.map(({ target }) => target))).toEqual(new Set(TARGETS));
  });
});
