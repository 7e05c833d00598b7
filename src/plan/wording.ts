/** Words of work items: what a lead would put in a tracker. */
import type { Finding } from "../model/finding.ts";
import type { PlannedKind } from "../model/plan.ts";
import type { TargetManifest } from "../model/rule.ts";
import type { Verdict } from "../model/vocabulary.ts";
import { architectureOf, decisionOf, FOLLOWS, isConfiguration } from "./cause.ts";

export interface Wording {
  readonly title: string;
  readonly doneWhen: string;
  readonly settle: string;
}

const VERBS: Readonly<Record<Verdict, string>> = {
  native: "Keep",
  rename: "Check",
  drop: "Delete",
  adapt: "Adapt",
  rewrite: "Replace",
  blocked: "Find a way around",
  unknown: "Find out about",
};

const PYTHON = /\.(?:py|ipynb|pyi)$/;

/** Cause that rules give to training on a target that cannot train. */
export const TRAINING_CAUSE = "training";

export function trainingTitle(manifest: TargetManifest): string {
  return `Train: ${manifest.name} only runs inference`;
}

/** Families whose id alone does not say whose API they are. */
const FAMILIES: Readonly<Record<string, string>> = {
  runtime: "the CUDA runtime",
  driver: "the CUDA driver API",
  device: "device code",
  caffe2: "PyTorch's C++ API",
  "torch-op": "PyTorch operators",
};

/** `torch-cuda` → `torch cuda`. */
function spoken(cause: string): string {
  return FAMILIES[cause] ?? cause.replace(/[-_]+/g, " ");
}

function kernelWording(first: Finding, shape: string, target: string): Wording {
  const { path, symbol } = first.usage;
  return {
    title: `Write ${shape ? `${spoken(shape)} kernels` : "device code"} of ${path} for ${target}`,
    doneWhen: `the kernels of ${path} give the reference result on ${target} within the type's tolerance`,
    settle: `write ${symbol} (${path}) for ${target} first and note the days`,
  };
}

/** The smallest trial that says whether the work is as it looks. */
function trial({ usage }: Finding, symbol: string, where: string, { unit }: TargetManifest, target: string): string {
  if (isConfiguration(usage)) return `build with ${where} for ${target}: what becomes of ${symbol}?`;
  if (PYTHON.test(usage.path)) return `run ${where} on ${target}: what does ${symbol} do?`;
  return `port ${symbol} in ${where} and ${unit === "source" ? "compile and run" : "run"} it for ${target}`;
}

function usagesTitle(findings: readonly Finding[], cause: string, manifest: TargetManifest): string {
  const architectures = findings.slice(0, 1).flatMap(({ usage }) => architectureOf(usage));
  const written = findings.find(({ rule }) => rule?.title)?.rule?.title;
  if (written) return [written, ...architectures].join(": ");
  const verdict = findings[0]?.verdict ?? "unknown";
  if (verdict === "blocked" && cause === TRAINING_CAUSE) return trainingTitle(manifest);
  const symbols = [...new Set(findings.map(({ usage }) => usage.symbol))];
  const [most] = symbols;
  const more = symbols.length > 1 ? ` and ${symbols.length - 1} more` : "";
  return `${VERBS[verdict]} ${spoken(cause)}: ${most}${counterpartOf(findings[0])}${more}`;
}

/** ` → hipblasCgemm`, where one name is the answer. */
function counterpartOf(finding: Finding | undefined): string {
  const name = finding?.rule?.replacement;
  return name && name !== finding.usage.symbol && /^[\w:./]+$/.test(name) ? ` → ${name}` : "";
}

/** The file with most sites and the symbol that stands there most: where trying one says most. */
function mostUsed(findings: readonly Finding[]): { symbol: string; path: string; sites: number } {
  const path = mostFrequent(findings.map(({ usage }) => usage.path));
  const there = findings.filter(({ usage }) => usage.path === path);
  const deciding = there.filter(({ usage }) => decisionOf(usage) !== FOLLOWS);
  const symbol = mostFrequent((deciding.length > 0 ? deciding : there).map(({ usage }) => usage.symbol));
  return { path, symbol, sites: there.length };
}

function mostFrequent(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), ["", 0])[0];
}

function usagesWording(
  findings: readonly [Finding, ...Finding[]],
  cause: string,
  manifest: TargetManifest,
  target: string,
): Wording {
  const [first] = findings;
  const { verdict } = first;
  const title = usagesTitle(findings, cause, manifest);
  const { symbol, path, sites } = mostUsed(findings);
  const where = sites === findings.length ? path : `${path}, which holds ${sites} of the ${findings.length} sites,`;
  if (verdict === "unknown") {
    return {
      title,
      doneWhen: "each symbol has an owner's answer: a replacement, or that it is not needed",
      settle: `look up ${symbol} in the documentation of ${target}, or ask the vendor`,
    };
  }
  if (verdict === "blocked") {
    return {
      title,
      doneWhen: "one way out is chosen and its test passes",
      settle: `ask ${manifest.vendor} for ${symbol} on ${target}`,
    };
  }
  return {
    title,
    doneWhen:
      verdict === "rename"
        ? "every site was read once and the tests that reach it pass"
        : `no usage of this cause is left and the tests that reach it pass on ${target}`,
    settle: trial(first, symbol, where, manifest, target),
  };
}

/** Title, done-check and settling step of an item; a rule's own words win. */
export function wordingOf(
  kind: PlannedKind,
  cause: string,
  findings: readonly Finding[],
  manifest: TargetManifest,
  targetName: string,
): Wording {
  const [first, ...rest] = findings;
  const written = findings.find((finding) => finding.rule?.doneWhen || finding.rule?.settle)?.rule;
  const base = first
    ? baseWording(kind, cause, [first, ...rest], manifest, targetName)
    : projectWording(kind, manifest, targetName);
  const parts = new Set(findings.flatMap(({ beside = [] }) => beside.flatMap(({ doneWhen }) => doneWhen ?? [])));
  const doneWhen = [written?.doneWhen ?? base.doneWhen, ...parts].join("; ");
  return {
    ...base,
    doneWhen,
    ...(written?.settle ? { settle: written.settle } : {}),
  };
}

/** Words for a cause all of whose code is built or run for the target already. */
export function lookWording(asked: Wording, targetName: string): Wording {
  return {
    title: `${asked.title} (already runs: look)`,
    doneWhen: "it is known where the build that runs there handles this, or that it leaves it out on purpose",
    settle: `build and test as the project does for ${targetName} today, and see whether this code is compiled and reached`,
  };
}

/** Words for what the code can do without. */
export function optionalWording(asked: Wording): Wording {
  return { ...asked, title: `${asked.title} (optional: the code goes on without)` };
}

function baseWording(
  kind: PlannedKind,
  cause: string,
  findings: readonly [Finding, ...Finding[]],
  manifest: TargetManifest,
  targetName: string,
): Wording {
  if (kind === "kernel") {
    const kernel = findings.find(({ usage }) => usage.kind === "kernel");
    const facts = kernel?.usage.facts;
    return kernelWording(kernel ?? findings[0], String(facts?.archetype ?? facts?.complexity ?? ""), targetName);
  }
  if (kind === "free") {
    const vendored = cause === "vendored";
    return {
      title: vendored ? "Vendored code: take the target's own build" : "Test code: left out of the days",
      doneWhen: vendored ? `each third-party library has a build for ${targetName}` : "nothing to do by choice",
      settle: vendored ? `look for ${targetName} builds of the third-party libraries` : "scan with tests",
    };
  }
  if (kind === "mechanical") return projectWording(kind, manifest, targetName);
  return usagesWording(findings, cause, manifest, targetName);
}

/** Items of the project as a whole. */
function projectWording(kind: PlannedKind, manifest: TargetManifest, targetName: string): Wording {
  switch (kind) {
    case "build":
      return {
        title: `Bring up build, CI and machine for ${targetName}`,
        doneWhen: `CI builds the project for ${targetName} and runs one test on the device`,
        settle: `build one file for ${targetName} on a machine with its tools`,
      };
    case "mechanical":
      return {
        title: manifest.unit === "source" ? "Run the converter over the sources" : "Rename by tool",
        doneWhen: "no name that a tool can convert is left",
        settle: "run the converter and read its statistics",
      };
    case "repair":
      return {
        title: "Compile, repair and review the converted code",
        doneWhen: `every file compiles for ${targetName} without new warnings and its diff was read`,
        settle: `convert and compile one component for ${targetName}`,
      };
    case "validation":
      return {
        title: "Validate results on the target",
        doneWhen: `the test suite passes on ${targetName}; numeric differences are explained`,
        settle: "run the tests on the reference machine and see what they cover",
      };
    case "tuning":
      return {
        title: "Tune",
        doneWhen: "the agreed benchmark reaches the agreed share of the reference",
        settle: `profile the three hottest kernels on ${targetName}`,
      };
    case "usages":
    case "kernel":
    case "free":
      return { title: spoken(kind), doneWhen: "done", settle: "try one" };
  }
  return kind satisfies never;
}
