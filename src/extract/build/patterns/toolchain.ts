/** Compiler options, tools, variables and paths of the CUDA toolkit: wherever commands and options are written. */
import type { Pattern, Region } from "../pattern.ts";

/** Options of one spelling each; aliases (`--generate-code` for `-gencode`) are folded by their own row. */
export const FLAGS: readonly Pattern[] = [
  {
    find: /(?<![\w-])(?:-gencode|--generate-code)(?![\w-])(?:[=, \t"']+arch=(?<arch>[\w${}()]+))?/g,
    kind: "build",
    symbol: "flag:-gencode",
  },
  {
    // clang on macOS has `-arch arm64`, always with a blank.
    find: /(?<![\w-])(?:-arch|--?gpu-architecture)(?:[= \t]+["']?(?<arch>(?:sm|compute)_\w+|native\b|all-major\b|all\b)|=(?=\$))/g,
    kind: "build",
    symbol: "flag:-arch",
  },
  { find: /(?<![\w-])--cuda-gpu-arch=(?<arch>\w+)/g, kind: "build", symbol: "flag:--cuda-gpu-arch" },
  { find: /(?<![\w-])--cuda-path(?![\w-])/g, kind: "build", symbol: "flag:--cuda-path" },
  { find: /(?<![\w-])--?use_fast_math(?![\w-])/g, kind: "build", symbol: "flag:--use_fast_math" },
  { find: /(?<![\w-])--?(?<name>ftz|prec-div|prec-sqrt|fmad)=(?<value>\w+)/g, kind: "build", symbol: "flag:--$name" },
  { find: /(?<![\w-])--?expt-relaxed-constexpr(?![\w-])/g, kind: "build", symbol: "flag:--expt-relaxed-constexpr" },
  { find: /(?<![\w-])--?expt-extended-lambda(?![\w-])/g, kind: "build", symbol: "flag:--expt-extended-lambda" },
  { find: /(?<![\w-])--?extended-lambda(?![\w-])/g, kind: "build", symbol: "flag:--extended-lambda" },
  {
    find: /(?<![\w-])(?:-rdc|--relocatable-device-code)(?:=|[ \t]+)(?<value>true|false|on|off)\b/gi,
    kind: "build",
    symbol: "flag:-rdc",
  },
  { find: /(?<![\w-])(?:--?generate-line-info|-lineinfo)(?![\w-])/g, kind: "build", symbol: "flag:-lineinfo" },
  { find: /(?<![\w-])--device-debug(?![\w-])/g, kind: "build", symbol: "flag:--device-debug" },
  { find: /(?<![\w-])(?:-Xptxas|--ptxas-options)(?![\w-])/g, kind: "build", symbol: "flag:-Xptxas" },
  { find: /(?<![\w-])(?:-Xnvlink|--nvlink-options)(?![\w-])/g, kind: "build", symbol: "flag:-Xnvlink" },
  { find: /(?<![\w-])(?:-Xcompiler|--compiler-options)(?![\w-])/g, kind: "build", symbol: "flag:-Xcompiler" },
  { find: /(?<![\w-])(?<name>-Xcudafe|-Xfatbin|-dlink)(?![\w-])/g, kind: "build", symbol: "flag:$name" },
  { find: /(?<![\w-])--?maxrregcount(?![\w-])/g, kind: "build", symbol: "flag:-maxrregcount" },
  { find: /(?<![\w-])(?:-ccbin|--compiler-bindir)(?![\w-])/g, kind: "build", symbol: "flag:--compiler-bindir" },
  { find: /(?<![\w-])--?default-stream(?=[= \t])/g, kind: "build", symbol: "flag:--default-stream" },
  { find: /(?<![\w-])(?:-cudart|--cudart)(?=[= \t])/g, kind: "build", symbol: "flag:-cudart" },
  { find: /(?<![\w-])--?diag-suppress(?=[= \t])/g, kind: "build", symbol: "flag:--diag-suppress" },
  {
    find: /(?<![\w-])--?(?<name>extra-device-vectorization|source-in-ptx|resource-usage|split-compile)(?![\w-])/g,
    kind: "build",
    symbol: "flag:--$name",
  },
  { find: /(?<![\w-])-x[ \t]*cu(?![\w-])/g, kind: "build", symbol: "flag:-xcu" },
  {
    find: /(?<![\w-])(?<name>-[DU]__CUDA_NO_(?:HALF2?|BFLOAT162?)_(?:OPERATORS|CONVERSIONS)__)/g,
    kind: "build",
    symbol: "flag:$name",
  },
  { find: /(?<![\w-])(?<name>-l[A-Za-z][\w-]+)/g, kind: "build", symbol: "flag:$name", listed: true },
];

const TOOLS: readonly Pattern[] = [
  {
    find: /(?<![\w.$@-])(?<name>(?:__)?[a-z][a-z\d_+.-]*[a-z\d+])(?![\w/-]|[.=:+]\w|[ \t]*[:?+]?=)/g,
    kind: "tool",
    symbol: "$name",
    listed: true,
  },
];

export const VARIABLES: readonly Pattern[] = [
  { find: /(?<![\w.])(?<name>[A-Z][A-Za-z\d_]{3,})(?!\w)/g, kind: "env", symbol: "$name", listed: true },
];

export const PATHS: readonly Pattern[] = [
  { find: /\/usr\/local\/cuda(?:-(?<version>\d[\d.]*))?(?![\w-])/g, kind: "build", symbol: "path:/usr/local/cuda" },
  { find: /\/opt\/nvidia(?![\w-])/g, kind: "build", symbol: "path:/opt/nvidia" },
];

/** PyTorch as command lines and launcher files speak of it. */
export const TORCH_OPTIONS: readonly Pattern[] = [
  {
    find: /backend["']?(?:[ \t]*[:=][ \t]*|[ \t]+)["']?(?<name>nccl)(?![\w-])/g,
    kind: "string",
    family: "torch-distributed",
    symbol: "backend:$name",
  },
];

/** Programs in a quote: `python -c "import torch; …"`. */
export const INLINE_PYTHON: Region = {
  find: /(?<![\w-])python[\d.]*[ \t]+-c[ \t]+(?<quote>["'])(?<args>(?:(?!\k<quote>)[\s\S]){0,4000})/g,
  inside: [
    { find: /(?<![\w.])torch\.cuda(?:\.[a-z_]\w*)+(?=\()/g, kind: "call", family: "torch-cuda", symbol: "$name" },
  ],
};

/** What configures a CMake build from outside: `-DCMAKE_CUDA_ARCHITECTURES=90`. */
export const CMAKE_DEFINES: readonly Pattern[] = [
  {
    find: /(?<![\w-])-D[ \t]*(?<name>(?:CMAKE_CUDA|CUDA|CUDAToolkit)_\w+)(?::\w+)?=["']?(?<value>[\w.;-]+)?/g,
    kind: "build",
    symbol: "cmake:$name",
    spell: (name, catalog) => cmakeVariable(name, catalog.entries),
    listed: true,
  },
];

/** `CMAKE_CUDA_STANDARD` only sets the default of the property `CUDA_STANDARD`: one symbol for both. */
export function cmakeVariable(name: string, entries: { has(symbol: string): boolean }): string {
  const property = name.replace(/^CMAKE_/, "");
  return entries.has(`cmake:${property}`) ? property : name;
}

/** Everything that a command line can say. */
export const COMMANDS: readonly Pattern[] = [...FLAGS, ...CMAKE_DEFINES, ...TOOLS, ...VARIABLES, ...PATHS];
