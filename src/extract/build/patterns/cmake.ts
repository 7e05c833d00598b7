/** CMake: every command is one logical line; command names in any case, variables and properties in their own. */
import type { Catalog } from "../../../model/catalog.ts";
import type { Pattern } from "../pattern.ts";
import { CMAKE_DEFINES, cmakeVariable, FLAGS, PATHS, VARIABLES } from "./toolchain.ts";

const build = (find: RegExp, symbol: string, rest: Partial<Pattern> = {}): Pattern => ({
  find,
  kind: "build",
  symbol,
  ...rest,
});

/** Arguments of a command that begins a logical line. */
const command = (name: string, args: string): RegExp => new RegExp(`^[ \\t]*${name}[ \\t]*\\([^\\n]*?${args}`, "gim");

const PACKAGE = /^cmake:find_package\((.*)\)$/;
const packages = new WeakMap<Catalog, ReadonlyMap<string, string>>();

/** Packages that the catalog lists, by their name in lower case. */
function packagesOf(catalog: Catalog): ReadonlyMap<string, string> {
  const known = packages.get(catalog);
  if (known) return known;
  const names = [...catalog.entries.keys()].flatMap((symbol) => PACKAGE.exec(symbol)?.[1] ?? []);
  const index = new Map(names.map((name) => [name.toLowerCase(), name]));
  packages.set(catalog, index);
  return index;
}

/** The catalog's spelling: find modules are named `FindCUDNN`, `FindcuDNN`, `FindNccl`. */
const packageName = (name: string, catalog: Catalog): string => packagesOf(catalog).get(name.toLowerCase()) ?? name;

const TOOLS_IN_COMMANDS: Pattern = {
  find: /(?:\bCOMMAND|\bNAMES|\bfind_program[ \t]*\([ \t]*\w+)[ \t]+["']?(?:[\w${}]*\/)*(?<name>[a-z][\w-]*)(?![\w/-])/g,
  kind: "tool",
  symbol: "$name",
  listed: true,
};

/** `$ENV{CUDA_HOME}` only: a plain `CUDA_HOME` in CMake is the project's own variable. */
const ENVIRONMENT: readonly Pattern[] = VARIABLES.map((pattern) => ({
  ...pattern,
  find: new RegExp(`(?<=\\bENV\\{)${pattern.find.source}`, "g"),
}));

export const CMAKE: readonly Pattern[] = [
  build(/^[ \t]*enable_language[ \t]*\([^\n]*?\bCUDA\b/gim, "cmake:enable_language(CUDA)"),
  build(command("project", "[ \\t](?<name>CUDA)(?![\\w-])(?<!\\([ \\t]*CUDA)"), "cmake:enable_language(CUDA)"),
  build(/^[ \t]*check_language[ \t]*\([ \t]*CUDA\b/gim, "cmake:check_language(CUDA)"),
  build(/\bLANGUAGE[ \t]+"?CUDA\b/g, "cmake:LANGUAGE(CUDA)"),
  build(/^[ \t]*find_(?:package|dependency)[ \t]*\([ \t]*(?<name>[\w-]+)/gim, "cmake:find_package($name)", {
    spell: packageName,
    listed: true,
  }),
  build(/(?<![\w:])(?<name>CUDA::\w+)/g, "cmake:target_link_libraries($name)"),
  build(/\$<COMPILE_LANG(?:UAGE|_AND_ID):[^>\n]{0,60}?CUDA\b[^>\n]{0,60}>/g, "cmake:COMPILE_LANGUAGE:CUDA"),
  build(/\bcuda_std_(?<standard>\d+)\b/g, "cmake:cuda_std"),
  build(/^[ \t]*(?<name>(?:torch_)?cuda_\w+)(?=[ \t]*\()/gim, "cmake:$name", {
    spell: (name) => name.toLowerCase(),
    listed: true,
  }),
  build(/(?<![\w])(?<name>CMAKE_CUDA_\w+|CUDAToolkit_\w+|(?:CUDA_\w+))(?![\w=])/g, "cmake:$name", {
    spell: (name, { entries }) => cmakeVariable(name, entries),
    listed: true,
  }),
  ...FLAGS,
  ...CMAKE_DEFINES,
  TOOLS_IN_COMMANDS,
  ...ENVIRONMENT,
  ...PATHS,
];

const LIBRARY = (symbol: string): readonly Pattern[] => [
  build(/(?<=[\s"])(?<name>(?:nv|cu|nccl|npp)[\w-]*)(?![\w:-])/g, `cmake:${symbol}($name)`, { listed: true }),
];

/** Library names written without their `CUDA::` target. */
export const CMAKE_REGIONS = [
  {
    find: /^[ \t]*target_link_libraries[ \t]*\([ \t]*\S+(?<args>[^\n]*)/gim,
    inside: LIBRARY("target_link_libraries"),
  },
  { find: /^[ \t]*find_library[ \t]*\([ \t]*\S+(?<args>[^\n]*)/gim, inside: LIBRARY("find_library") },
];
