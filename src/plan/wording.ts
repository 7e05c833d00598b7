/** Words of work items: what a lead would put in a tracker. */
import type { Finding } from "../model/finding.ts";
import type { PlannedKind } from "../model/plan.ts";
import type { TargetManifest } from "../model/rule.ts";
import type { Verdict } from "../model/vocabulary.ts";

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

/** `torch-cuda` → `torch cuda`. */
function spoken(cause: string): string {
  return cause.replace(/[-_]+/g, " ");
}

function kernelWording(first: Finding, shape: string, target: string): Wording {
  const { path, symbol } = first.usage;
  return {
    title: `Write ${shape ? `${spoken(shape)} kernels` : "device code"} of ${path} for ${target}`,
    doneWhen: `the kernels of ${path} give the reference result on ${target} within the type's tolerance`,
    settle: `write ${symbol} for ${target} first and note the days`,
  };
}

function usagesWording(first: Finding, cause: string, target: string): Wording {
  const { rule, verdict, usage } = first;
  const title = rule?.title ?? `${VERBS[verdict]} ${spoken(cause)}`;
  if (verdict === "unknown") {
    return {
      title,
      doneWhen: "each symbol has an owner's answer: a replacement, or that it is not needed",
      settle: `look up ${usage.symbol} in the documentation of ${target}, or ask the vendor`,
    };
  }
  if (verdict === "blocked") {
    return {
      title,
      doneWhen: "one way out is chosen and its test passes",
      settle: `ask the vendor of ${target} about ${usage.symbol}`,
    };
  }
  return {
    title,
    doneWhen:
      verdict === "rename"
        ? "every site was read once and the tests that reach it pass"
        : `no usage of this cause is left and the tests that reach it pass on ${target}`,
    settle: `port one site (${usage.path}:${usage.line}) and compile it for ${target}`,
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
  const [first] = findings;
  const written = findings.find((finding) => finding.rule?.doneWhen || finding.rule?.settle)?.rule;
  const base = first
    ? baseWording(kind, cause, first, manifest, targetName)
    : projectWording(kind, manifest, targetName);
  return {
    ...base,
    ...(written?.doneWhen ? { doneWhen: written.doneWhen } : {}),
    ...(written?.settle ? { settle: written.settle } : {}),
  };
}

function baseWording(
  kind: PlannedKind,
  cause: string,
  first: Finding,
  manifest: TargetManifest,
  targetName: string,
): Wording {
  if (kind === "kernel") {
    const { facts, kind: usageKind } = first.usage;
    const shape = usageKind === "kernel" ? (facts?.archetype ?? facts?.complexity ?? "") : "";
    return kernelWording(first, String(shape), targetName);
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
  return usagesWording(first, cause, targetName);
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
