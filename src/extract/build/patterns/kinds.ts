/** Which comment syntax and which patterns each kind of file is read with: the table that the scanner walks. */
import type { Language } from "../../../model/vocabulary.ts";
import { SYNTAX, type Syntax } from "../logicalLines.ts";
import type { Pattern, Region } from "../pattern.ts";
import { CMAKE, CMAKE_REGIONS } from "./cmake.ts";
import { LAUNCHERS, ORCHESTRATION, SLURM_RESOURCES } from "./devices.ts";
import { conda, IMAGES, INSTALLS, pip, SOURCES } from "./packages.ts";
import { COMMANDS, FLAGS, INLINE_PYTHON, PATHS, TORCH_OPTIONS, VARIABLES } from "./toolchain.ts";

export interface FileKind {
  readonly syntax: Syntax;
  readonly patterns: readonly Pattern[];
  readonly regions?: readonly Region[];
  /** Keywords of conditional blocks, for `guardedRanges`. */
  readonly branches?: RegExp;
}

const build = (find: RegExp, symbol: string, listed?: true): Pattern => ({
  find,
  kind: "build",
  symbol,
  ...(listed ? { listed } : {}),
});

/** The compiler, where it is the build's own business and not a tool that somebody calls. */
const compiler = (kind: string): Pattern => build(/(?<![\w.$@{(-])nvcc(?![\w.-]|[ \t]*[:?+]?=)/g, `${kind}:nvcc`);

const BAZEL: readonly Pattern[] = [
  build(/(?<![\w."'])(?<name>[a-z]\w+)(?=[ \t]*\()/g, "bazel:$name", true),
  build(/(?<=["'])(?<name>@{1,2}[\w.-]+)(?=\/\/|["'])/g, "bazel:$name", true),
  build(/(?<!\w)(?<name>--config=cuda)\b/g, "bazel:$name"),
];

const MESON: readonly Pattern[] = [
  build(/^[ \t]*(?:project|add_languages)[ \t]*\([^\n]*?'(?<name>cuda)'/gm, "meson:cuda"),
  build(/\bimport[ \t]*\([ \t]*'(?:unstable-)?(?<name>cuda)'/g, "meson:import(cuda)"),
  build(/\bdependency[ \t]*\([ \t]*'(?<name>cuda)'/g, "meson:dependency(cuda)"),
  build(/(?<!\w)cuda_args(?=[ \t]*:)/g, "meson:cuda_args"),
];

const SHELL: readonly Pattern[] = [...COMMANDS, ...SOURCES, ...IMAGES, ...TORCH_OPTIONS, ...SLURM_RESOURCES];
const SHELL_REGIONS: readonly Region[] = [...INSTALLS, ...LAUNCHERS, INLINE_PYTHON];

const CMAKE_IF = /^[ \t]*(?:(?<open>if)|(?<next>elseif|else)|(?<close>endif))[ \t]*\((?<condition>[^\n]*)/gim;
const MAKE_IF = /^[ \t]*(?:(?<open>ifn?(?:eq|def))|(?<next>else)|(?<close>endif))(?!\w)(?<condition>[^\n]*)/gm;

const REQUIREMENTS: FileKind = {
  syntax: SYNTAX.requirements,
  patterns: [...pip("^[ \\t]*[\"']?"), ...SOURCES],
};

const KINDS: Partial<Record<Language, FileKind>> = {
  cmake: { syntax: SYNTAX.cmake, patterns: [...CMAKE, ...SOURCES], regions: CMAKE_REGIONS, branches: CMAKE_IF },
  make: { syntax: SYNTAX.make, patterns: [compiler("make"), ...SHELL], regions: SHELL_REGIONS, branches: MAKE_IF },
  ninja: { syntax: SYNTAX.ninja, patterns: [compiler("ninja"), ...COMMANDS] },
  bazel: { syntax: SYNTAX.starlark, patterns: [...BAZEL, ...FLAGS, ...VARIABLES, ...PATHS, ...SOURCES] },
  meson: { syntax: SYNTAX.meson, patterns: [...MESON, ...COMMANDS] },
  shell: { syntax: SYNTAX.shell, patterns: SHELL, regions: SHELL_REGIONS },
  docker: {
    syntax: SYNTAX.docker,
    patterns: [...IMAGES, ...COMMANDS, ...SOURCES],
    regions: SHELL_REGIONS,
  },
  yaml: { syntax: SYNTAX.yaml, patterns: [...ORCHESTRATION, ...SHELL], regions: SHELL_REGIONS },
  toml: {
    syntax: SYNTAX.toml,
    patterns: [...pip("(?:^[ \\t]*|(?<=[\\[,][ \\t]{0,4}))[\"']?"), ...VARIABLES, ...SOURCES],
  },
  requirements: REQUIREMENTS,
};
const CONDA = conda("^[ \\t]*-[ \\t]+");
/** The `- pip:` list below conda's own. */
const CONDA_PIP: Region = {
  find: /^(?<indent>[ \t]*)-[ \t]+pip:[ \t]*\r?\n(?<args>(?:\k<indent>[ \t]+[^\n]*\n?)+)/gm,
  inside: pip("^[ \\t]*-[ \\t]+[\"']?"),
};

/** Lock files of uv, Poetry and PDM name each package once; what depends on it repeats the name. */
const LOCKED_PACKAGE = /^\[\[package\]\]/m;
const LOCK: FileKind = { syntax: SYNTAX.toml, patterns: pip('^name[ \\t]*=[ \\t]*"') };

/** A conda environment or recipe, or a lock file of one. */
const IS_CONDA = /^(?:channels|dependencies|requirements|package):/m;

export function fileKindOf(language: Language, text: string): FileKind | undefined {
  const kind = KINDS[language];
  if (language === "toml" && LOCKED_PACKAGE.test(text)) return LOCK;
  if (kind === undefined || language !== "yaml" || !IS_CONDA.test(text)) return kind;
  return { ...kind, patterns: [...CONDA, ...kind.patterns], regions: [CONDA_PIP, ...(kind.regions ?? [])] };
}
