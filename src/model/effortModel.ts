/** The constants of the effort model, as `rules/effort.yaml` holds them. */
import type { PriceClass } from "./rule.ts";
import type { Complexity, Goal, Strategy, Team } from "./vocabulary.ts";

/** How a constant is known: a named source states it, it is fitted on ports, follows from either, or is assumed. */
export type ConstantTag = "stated" | "fitted" | "derived" | "assumed";

export interface Constant {
  readonly value: number;
  readonly tag: ConstantTag;
  readonly source: string;
}

/** `first + perApi·(d-1)^apiExponent + perRoot·√n` hours, at most `capDays` (absent: no cap). */
export interface ClassPrice {
  readonly first: Constant;
  readonly perApi: Constant;
  readonly perRoot: Constant;
  readonly capDays?: Constant;
  /** Standard deviation of the logarithm of the days. */
  readonly logSd: Constant;
}

/** Price classes that are a formula of distinct APIs and occurrences; `none` costs nothing, kernels have their own. */
export type FormulaClass = Exclude<PriceClass, "none" | "kernel">;

/** Kernels written again: `(floor lines / boilerplate rate) + slope · sloc · complexity / rate`. */
export interface KernelPrice {
  /** Code lines that a kernel of any size needs on the target (host part, data movement). */
  readonly floorLines: Constant;
  /** Lines per engineer-day of that floor: it repeats from kernel to kernel. */
  readonly floorRate: Constant;
  /** Target's lines per source line. */
  readonly slope: Constant;
}

export interface EffortModel {
  readonly version: number;
  readonly hoursPerDay: Constant;
  /** Exponent of the distinct APIs beyond the first. */
  readonly apiExponent: Constant;
  readonly prices: Readonly<Record<FormulaClass, ClassPrice>>;
  /** Any cause in code that already runs on the target: looked at once, whatever it would cost to port. */
  readonly running: ClassPrice;
  readonly kernel: {
    /** Source lines written again per engineer-day, at complexity 1. */
    readonly rate: Constant;
    readonly logSd: Constant;
    readonly complexity: Readonly<Record<Complexity, Constant>>;
    /** Share of its lines that an instance of a template costs beside the first. */
    readonly instance: Constant;
    /** Lines assumed for device code outside every kernel that was found. */
    readonly strayLines: Constant;
    /** How many kernels' floors count in full: `n^exponent` floors for `n` work items. */
    readonly floorExponent: Constant;
    readonly byUnit: Readonly<Record<"source" | "kernel" | "graph" | "api", KernelPrice>>;
  };
  /** Build, CI and machine bring-up, by unit of porting. */
  readonly fixed: {
    readonly source: FixedCost;
    readonly kernel: FixedCost;
    readonly graph: FixedCost;
    readonly api: FixedCost;
    /** Weight of code that needs no change in the size to bring up. */
    readonly nativeWeight: Constant;
    readonly logSd: Constant;
  };
  /** Compile, repair and review of code that a tool converted: `coefficient · KSLOC^exponent · strategy` days. */
  readonly repair: { readonly coefficient: Constant; readonly exponent: Constant; readonly logSd: Constant };
  readonly strategy: Readonly<Record<Strategy, Constant>>;
  readonly team: Readonly<Record<Team, Constant>>;
  readonly validation: { readonly share: Constant; readonly logSdWithTests: Constant; readonly logSdWithout: Constant };
  readonly tuning: Readonly<Record<Goal, Constant>> & { readonly logSd: Constant };
  /** Upkeep in the first twelve months per day of the port. */
  readonly tail: { readonly ratio: Constant; readonly logSd: Constant };
  readonly range: {
    /** Log-sd of the factor common to all components: team, toolchain age, code quality. */
    readonly common: Constant;
    readonly floor: Constant;
    readonly floorNonGpu: Constant;
    /** Standard normal quantile of P90. */
    readonly z90: Constant;
  };
  /** Weight of a file within a work item: `1 + perApi·(d-1)^e + perRoot·(√n - 1)`. */
  readonly fileShare: { readonly perApi: Constant; readonly perRoot: Constant; readonly repairExponent: Constant };
  readonly analogues: readonly Analogue[];
}

/** `base + perRootBuildFile·√(build files)` days, `base` scaled by `1 - exp(-KSLOC/scale)`. */
export interface FixedCost {
  readonly base: Constant;
  readonly scaleKsloc: Constant;
  readonly perRootBuildFile: Constant;
}

/** A real port that an estimate can be compared with. */
export interface Analogue {
  readonly project: string;
  readonly target: string;
  readonly ksloc: number | null;
  readonly kernels: number | null;
  readonly strategy: Strategy | null;
  /** API families and kernel classes that mark the work (`cudnn`, `cutlass`, `fused-attention`). */
  readonly features: readonly string[];
  readonly effort: number | null;
  /** It took more than is known: squashed history. */
  readonly lowerBound?: boolean;
  readonly unit: string;
  readonly source: string;
}
