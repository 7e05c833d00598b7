import type { Language } from "../model/vocabulary.ts";

const byExtension = (language: Language, extensions: string): [string, Language][] =>
  extensions.split(" ").map((extension) => [extension, language]);

/** Extensions in lower case, without the dot. */
const EXTENSIONS: ReadonlyMap<string, Language> = new Map([
  ...byExtension("cuda", "cu cuh"),
  ...byExtension("hip", "hip"),
  ...byExtension("cpp", "c cc cpp cxx c++ h hh hpp hxx h++ inl ipp tpp txx inc"),
  ...byExtension("python", "py pyi pyx pxd"),
  ...byExtension("notebook", "ipynb"),
  ...byExtension("cmake", "cmake"),
  ...byExtension("make", "mk mak make"),
  ...byExtension("bazel", "bzl bazel bazelrc"),
  ...byExtension("ninja", "ninja"),
  ...byExtension("shell", "sh bash zsh slurm sbatch env"),
  ...byExtension("docker", "dockerfile containerfile"),
  ...byExtension("yaml", "yml yaml"),
  ...byExtension("toml", "toml"),
  // May hold CUDA that this tool does not price: Fortran, Julia, Rust, Java, Go, C#, MATLAB or Objective-C, Swift.
  ...byExtension("foreign", "f f90 f95 f03 f08 cuf jl rs java scala kt go cs m swift"),
]);

/** Names that tell the language by themselves, whole. */
const NAMES: readonly (readonly [RegExp, Language])[] = [
  [/^cmakelists\.txt$/i, "cmake"],
  [/^(?:gnu)?makefile(?:[._-].*)?$/i, "make"],
  [/^(?:BUILD|WORKSPACE|MODULE)(?:\.bazel|\.bzlmod)?$/, "bazel"],
  [/^(?:BUCK|TARGETS)(?:\.v2)?$/, "bazel"],
  [/^\.(?:bazel|buck)rc$|^\.buckconfig$/, "bazel"],
  [/^meson(?:\.build|_options\.txt|\.options)$/, "meson"],
  [/^(?:dockerfile|containerfile|singularity)(?:[._-].*)?$/i, "docker"],
  [/^\.env(?:\..*)?$/, "shell"],
  // Lock files: TOML (uv, Poetry, PDM) or one requirement a line (pip-tools); Pipfile.lock is JSON of the same names.
  [/^(?:uv|poetry|pdm|pixi)\.lock$|^Pipfile$/, "toml"],
  [/^Pipfile\.lock$/, "requirements"],
  [/(?:^|[-_.])(?:requirements?|constraints?)(?:[-_.].*)?\.(?:txt|in|lock)$/i, "requirements"],
  [/^setup\.cfg$/, "requirements"],
];

/** Folders whose `.txt` files are requirement lists (`requirements/gpu.txt`). */
const REQUIREMENT_FOLDER = /(?:^|\/)requirements?\/[^/]+\.(?:txt|in)$/i;
/** What a configure step or template engine adds to the name of the file it makes. */
const TEMPLATE_ENDING = /\.(?:in|j2|jinja2?|tmpl)$/i;

/** What a file is read as, told from its name alone; undefined: nothing this tool reads. */
export function languageOf(path: string): Language | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const named = NAMES.find(([pattern]) => pattern.test(name));
  if (named) return named[1];
  if (REQUIREMENT_FOLDER.test(path)) return "requirements";
  const plain = name.replace(TEMPLATE_ENDING, "");
  if (plain !== name) return languageOf(plain);
  const dot = name.lastIndexOf(".");
  return dot < 0 ? undefined : EXTENSIONS.get(name.slice(dot + 1).toLowerCase());
}
