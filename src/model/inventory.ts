/**
 * What a code base uses of NVIDIA's stack, independent of any target.
 * `FileInventory` is what one file says on its own: plain JSON, made by `extract`, cached by content.
 * `Inventory` is what `link` makes of all of them.
 */
import type { Archetype, Complexity, KernelFeature, Language, UsageKind } from "./vocabulary.ts";

/** Facts of a usage that rules may ask for (`where`). A list means "all of these hold". */
export type Facts = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * How double precision comes into device code: `literals` alone make floats double (`1.0 / x`), or its `types` are
 * (variables, casts, template arguments, members, functions).
 */
export type Doubles = "literals" | "types";

/** One place in one file, before the whole project is known. */
export interface FileUsage {
  readonly kind: UsageKind;
  /** The resolved name (`cudaMalloc`, `torch.cuda.graph`, `ptx:mma.sync…`), never an alias. */
  readonly symbol: string;
  /** API family as in `rules/catalog` (`runtime`, `cublas`, `torch-cuda`, `build`, …). */
  readonly family: string;
  /** 1-based, of the name in the original file. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  /** Qualified name of the enclosing function or class, as written. Absent at file level. */
  readonly scope?: string;
  /** The condition under which it is compiled, when that speaks of a target (`!USE_ROCM`). */
  readonly guard?: string;
  readonly facts?: Facts;
  /** True when the name looks like NVIDIA's but no catalog entry knows it. */
  readonly unlisted?: true;
}

/** A kernel definition (`__global__`, Triton, Numba, a kernel in a string). */
export interface FileKernel {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** Code lines of the definition, without blanks and comments. */
  readonly sloc: number;
  readonly features: readonly KernelFeature[];
  /** Absent: none in its own body, or nobody looked; the feature `fp64` then stands for types. */
  readonly doubles?: Doubles;
  readonly archetype: Archetype | null;
  /** What the archetype was told from: names and idioms. */
  readonly signals: readonly string[];
  readonly complexity: Complexity;
  /** Names of the functions that the body calls; `link` follows those that are device functions. */
  readonly calls: readonly string[];
  readonly guard?: string;
  /** `cuda`, `triton`, `numba`, … */
  readonly dialect: string;
}

/** A `__device__` function of the project: lends its features to the kernels that call it. */
export interface DeviceFunction {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  readonly sloc: number;
  readonly features: readonly KernelFeature[];
  /** As of a kernel; `types` without the feature `fp64` where doubles are only moved about or handed back. */
  readonly doubles?: Doubles;
  readonly calls: readonly string[];
}

/** An inline `portgauge-ignore[rule] reason: …, until: …`. */
export interface Suppression {
  readonly line: number;
  /** Rule ids or symbols; empty means nothing was named, which is reported. */
  readonly rules: readonly string[];
  readonly reason?: string;
  /** ISO date. */
  readonly until?: string;
}

/** About our own reading, never about the user's port. */
export interface Diagnostic {
  readonly path: string;
  readonly line?: number;
  /** `unreadable` | `binary` | `too-large` | `encoding` | `unbalanced` | `vanished` | … */
  readonly code: string;
  readonly message: string;
}

/** A name written in a file, for `link` to resolve across files. */
export interface Exports {
  /** Dotted module path of a Python file below its root (`pkg.sub.mod`). */
  readonly module: string;
  /** Names that the module re-exports from elsewhere: local name to resolved name. */
  readonly names: Readonly<Record<string, string>>;
  /** What those of the resolved names are that the catalog knows. */
  readonly apis: Readonly<Record<string, Pick<FileUsage, "symbol" | "family" | "kind">>>;
}

/** What a C++ file says that only makes sense together with files that include it, or that it includes. */
export interface HandsOn {
  /** `namespace my_cub = cub;` */
  readonly namespaces?: readonly { readonly name: string; readonly target: string; readonly guard?: string }[];
  /** Functions and lambdas that launch one of their parameters, or a variable, and where. */
  readonly launchers?: readonly LauncherFunction[];
  /** Kernels given to functions. */
  readonly given?: readonly GivenKernel[];
  /** Choices that it defines as macros. */
  readonly switches?: readonly Switch[];
  /** Branches of its own that ask for macros. */
  readonly branches?: readonly SwitchBranch[];
}

/** `#define PTX_AVAILABLE`, and the condition on a target around it. */
export interface Switch {
  readonly name: string;
  readonly guard?: string;
}

/** `#ifdef PTX_AVAILABLE`: lines of the directives around the code. */
export interface SwitchBranch {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface LauncherFunction {
  /** Of a lambda or variable: with the function around it, since it is known nowhere else. */
  readonly name: string;
  /** Which parameter, from 0. */
  readonly argument: number;
  /** Of the launch. */
  readonly line: number;
  readonly column: number;
}

export interface GivenKernel {
  readonly function: string;
  readonly argument: number;
  readonly kernel: string;
}

/** A signal about the whole project that a single file shows. */
export interface Signal {
  /**
   * `cuda-extension` | `cmake-cuda` | `alias-header` | `hipify` | `training-loop` | `inference` | `test-suite` |
   * `ci` | `model:<name>` | `twin:<target>` …
   */
  readonly name: string;
  readonly line: number;
}

/** A source file that a build file names: a path or glob, and the condition on a target around it. */
export interface BuildSource {
  readonly name: string;
  readonly guard?: string;
}

export interface FileInventory {
  readonly path: string;
  readonly language: Language;
  /** `lexed`: read by a line scanner; `parsed`: by a lexer or grammar that knows the language's structure. */
  readonly reader: "lexed" | "parsed";
  readonly bytes: number;
  /** Lines that hold code: not blank, not comment. */
  readonly sloc: number;
  /** True when the file has device code or uses a GPU API: its sloc count as GPU code. */
  readonly gpu: boolean;
  readonly usages: readonly FileUsage[];
  readonly kernels: readonly FileKernel[];
  readonly deviceFunctions: readonly DeviceFunction[];
  /** Names that look like NVIDIA's and that this file itself defines: `link` takes them out everywhere. */
  readonly defines: readonly string[];
  /** Project includes (`"x.cuh"`), as written. */
  readonly includes: readonly string[];
  readonly exports?: Exports;
  /** Sources that a build file compiles. */
  readonly sources?: readonly BuildSource[];
  readonly handsOn?: HandsOn;
  /**
   * Uses of names imported from modules that may be the project's (`.pkg.mod.name`: from the scanned root): `link`
   * makes them usages when the module re-exports a known name, and drops them otherwise. In C++ the same for names
   * in what looks like a library's namespace by another name (`my_cub::BlockLoad`).
   */
  readonly references?: readonly FileUsage[];
  readonly suppressions: readonly Suppression[];
  readonly signals: readonly Signal[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A usage of the project, with its place in it. */
export interface Usage extends Omit<FileUsage, "unlisted"> {
  /** At most 12 characters; from path, symbol, scope and ordinal: survives line shifts. */
  readonly id: string;
  readonly path: string;
  readonly component: string;
  readonly vendored?: true;
  readonly test?: true;
  readonly unlisted?: true;
}

export interface Kernel extends Omit<FileKernel, "column" | "signals" | "calls" | "dialect" | "doubles"> {
  readonly id: string;
  readonly path: string;
  readonly component: string;
  /** Number of launch sites in the project. */
  readonly launches: number;
  readonly dialect: string;
  readonly signals: readonly string[];
  readonly vendored?: true;
  readonly test?: true;
}

/** One file's place in the project, kept for coverage, effort and hotspots. */
export interface FileSummary {
  readonly path: string;
  readonly language: Language;
  readonly reader: "lexed" | "parsed";
  readonly bytes: number;
  readonly sloc: number;
  readonly gpu: boolean;
  readonly component: string;
  readonly vendored: boolean;
  readonly test: boolean;
}

export interface Inventory {
  readonly files: readonly FileSummary[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly diagnostics: readonly Diagnostic[];
  /** In order of path, line, column, symbol. */
  readonly usages: readonly Usage[];
  readonly kernels: readonly Kernel[];
  readonly unknownSymbols: readonly {
    readonly symbol: string;
    readonly family: string;
    readonly occurrences: number;
  }[];
  readonly suppressions: readonly (Suppression & { readonly path: string })[];
  readonly signals: readonly (Signal & { readonly path: string })[];
  /** False when something could not be read. */
  readonly complete: boolean;
}
