/** Packages, images and downloads that bring NVIDIA's stack, by the way each is named. */
import type { Pattern, Region } from "../pattern.ts";

/** PEP 503: case and the kind of separator do not matter. */
export const distribution = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, "-");

const VERSION = /(?:\[[^\]\n]*\])?["']?[ \t]*(?:=[ \t]*["'])?(?<version>(?:[=<>!~]=?|[\^~])[ \t]*\d[^\s;,#"'\\]*)?/
  .source;

/** Python distributions; `before` is what stands before a name in that kind of file. */
export function pip(before: string): Pattern[] {
  const named = (name: string, rest = VERSION) => new RegExp(`${before}(?<name>${name})${rest}`, "gm");
  const END = "(?![\\w.-]|[ \\t]*=[ \\t]*\\[)";
  return [
    {
      find: named(
        "(?:torch|torchvision|torchaudio|torchtext|jaxlib|dgl|mmcv)",
        `[ \\t]*={2,3}[ \\t]*(?<version>[\\d.]+(?:\\w+)?)\\+(?<cuda>cu\\d+)`,
      ),
      kind: "package",
      symbol: "pip:$name+$cuda",
    },
    { find: named("jax", "\\[(?<extra>cuda\\w*)\\]"), kind: "package", symbol: "pip:jax[cuda]" },
    {
      find: named("(?:nvidia|NVIDIA)[-_][\\w.-]+", VERSION),
      kind: "package",
      symbol: "pip:$name",
      spell: distribution,
    },
    {
      find: named("[A-Za-z][\\w.]*(?:-[A-Za-z][\\w.]*)*-cu(?:da)?1\\d\\d?x?", END + VERSION),
      kind: "package",
      symbol: "pip:$name",
      spell: distribution,
    },
    {
      find: named("[A-Za-z][\\w.-]*", END + VERSION),
      kind: "package",
      symbol: "pip:$name",
      spell: distribution,
      listed: true,
    },
  ];
}

const OWNED = "(?:NVIDIA|NVlabs|nvidia)/[\\w-]+";
const CLONE =
  '(?:git\\+|\\bgit[ \\t]+clone[ \\t][^\\n;&|]{0,120}?|GIT_REPOSITORY[ \\t]+"?|\\bgit[ \\t]*=[ \\t]*"|\\bremote[ \\t]*=[ \\t]*")';

const REPOSITORY = {
  kind: "package",
  symbol: "git:$name",
  spell: (name: string) => name.replace(/^nvidia\//, "NVIDIA/"),
  listed: true,
} as const;

/** Wheel indexes and archives of NVIDIA and of CUDA builds. */
export const SOURCES: readonly Pattern[] = [
  {
    find: /download\.pytorch\.org\/whl\/(?:nightly\/|test\/)?(?<name>cu\d+)/g,
    kind: "package",
    symbol: "pip:torch+$name",
  },
  {
    find: /(?<name>developer\.download\.nvidia\.(?:com|cn)|nvidia\.github\.io|pypi(?:\.ngc)?\.nvidia\.com|developer\.nvidia\.com)/g,
    kind: "package",
    symbol: "url:$name",
  },
  // A clone, an archive or a dependency: a plain link to the repository is none.
  { ...REPOSITORY, find: new RegExp(`${CLONE}(?:https?://|git@)?github\\.com[/:](?<name>${OWNED})`, "g") },
  { ...REPOSITORY, find: new RegExp(`(?:GITHUB_REPOSITORY[ \\t]+"?|"gh:)(?<name>${OWNED})`, "g") },
  {
    ...REPOSITORY,
    find: new RegExp(`github\\.com[/:](?<name>${OWNED})(?:\\.git\\b|/archive/|/releases/download/)`, "g"),
  },
];

const TAG = /(?::(?<tag>[\w.{}$-]+))?/.source;
const NOT_BEFORE = /(?<![\w./@-])/.source;

/** Container images, wherever they are named. */
export const IMAGES: readonly Pattern[] = [
  {
    find: new RegExp(`${NOT_BEFORE}(?:docker://)?(?<name>nvcr\\.io/[\\w.-]+(?:/[\\w.-]+)*)${TAG}`, "g"),
    kind: "package",
    symbol: "docker:$name",
  },
  {
    find: new RegExp(`(?<![\\w.@-])(?<!github\\.com/|\\./)(?<name>nvidia/[a-z][\\w-]+)(?![\\w/-])${TAG}`, "g"),
    kind: "package",
    symbol: "docker:$name",
    listed: true,
  },
  {
    find: new RegExp(
      `${NOT_BEFORE}(?<name>[\\w-]+/[\\w.-]+):(?<tag>[\\w.]*(?:-[\\w.]+)*?-?cu(?:da)?-?1\\d[\\w.-]*)`,
      "g",
    ),
    kind: "package",
    symbol: "docker:$name",
  },
  {
    find: new RegExp(`${NOT_BEFORE}(?<name>rapidsai/\\w+|vllm/vllm-openai|lmsysorg/sglang)${TAG}`, "g"),
    kind: "package",
    symbol: "docker:$name",
  },
];

const APT_NAME =
  "cuda(?:-[\\w.{}$-]+)?|libcu(?:da|dnn|blas|fft|rand|solver|sparse|tensor|file)[\\w.{}$-]*|libnccl[\\w.-]*|libnv(?:idia|infer|jpeg|jitlink|toolsext|onnx|parsers|vm)[\\w.{}$-]*|" +
  "nvidia-[\\w.{}$-]+|cudnn[\\w.{}$-]*|tensorrt[\\w.-]*|python3-libnvinfer[\\w.-]*|datacenter-gpu-manager[\\w.-]*|nsight-[\\w.{}$-]+|nvhpc[\\w.-]*";

/** Packages of the system, `apt:` whatever the package manager is: NVIDIA names them alike. */
const SYSTEM: readonly Pattern[] = [
  {
    find: new RegExp(`(?<=[\\s"'])(?<name>${APT_NAME})(?:=(?<version>[\\w.$\{}*+~-]+))?(?![\\w/])`, "g"),
    kind: "package",
    symbol: "apt:$name",
  },
];

const CONDA_NAME = "cuda-[a-z][\\w-]*|libcu(?:blas|fft|rand|solver|sparse|file)[\\w-]*|libnv[a-z][\\w-]*";

/** Conda packages after `before`, with an optional channel. */
export function conda(before: string): Pattern[] {
  const named = (name: string) =>
    new RegExp(
      `${before}["']?(?:[\\w./-]{1,60}::)?(?<name>${name})(?![\\w.-])(?:[ \\t]*(?<version>[=<>!~]=?[^\\s,#"'\\]]+))?`,
      "gm",
    );
  return [
    { find: named(CONDA_NAME), kind: "package", symbol: "conda:$name" },
    { find: named("[a-z][\\w.-]*"), kind: "package", symbol: "conda:$name", listed: true },
  ];
}

const WORD = "(?<=[\\s\"'])";
const ARGS = "(?<args>[^\\n;&|]*)";

/** What install commands are given. */
export const INSTALLS: readonly Region[] = [
  {
    find: new RegExp(
      `(?<![\\w-])(?:apt|apt-get|aptitude|yum|dnf|microdnf|tdnf|zypper)(?![\\w-])[^\\n;&|]{0,80}?[ \\t](?:install|remove|purge|swap)(?![\\w-])${ARGS}`,
      "g",
    ),
    inside: SYSTEM,
  },
  {
    find: new RegExp(`(?<![\\w-])(?:conda|mamba|micromamba)[ \\t]+(?:install|create)(?![\\w-])${ARGS}`, "g"),
    inside: conda(WORD),
  },
  {
    find: new RegExp(
      `(?<![\\w-])(?:pip3?|pipx|uv|poetry|pdm)[ \\t]+(?:pip[ \\t]+)?(?:install|add|wheel|download)(?![\\w-])${ARGS}`,
      "g",
    ),
    inside: pip(WORD),
  },
];
