/** Signs in the layers around the code that the project is already built, tested or shipped for another target. */
import type { Signal } from "../../model/inventory.ts";
import type { Language } from "../../model/vocabulary.ts";

/** One sign: `port:<target>:<what>`, where such a file says so. */
interface Sign {
  readonly signal: string;
  readonly languages: readonly Language[];
  readonly find: RegExp;
  /** Only in files of this path. */
  readonly path?: RegExp;
}

export const CI_FILE =
  /(?:^|\/)(?:\.github\/workflows\/[^/]+|\.gitlab-ci\.ya?ml|\.circleci\/config\.ya?ml|azure-pipelines[\w.-]*\.ya?ml|\.travis\.ya?ml|\.buildkite\/[^/]+|\.gitlab\/[^/]+\.ya?ml)$/;

const SIGNS: readonly Sign[] = [
  {
    signal: "port:hip:build",
    languages: ["cmake"],
    find: /^[ \t]*(?:enable_language[ \t]*\([^\n]*?\bHIP\b|project[ \t]*\([^\n]*?[ \t]HIP\b|find_package[ \t]*\([ \t]*(?:hip|hipblas|rocblas)\b|hip_add_\w+[ \t]*\()|\bLANGUAGE[ \t]+"?HIP\b/gim,
  },
  { signal: "port:hip:build", languages: ["make"], find: /(?<![\w-])hipcc(?![\w-])/g },
  {
    signal: "port:hip:ci",
    languages: ["yaml"],
    path: CI_FILE,
    find: /\brocm\/[\w.-]+|[:=][ \t]*["'[]?[ \t]*rocm|rocm-ci|(?:linux|runner)[\w.-]*\.(?:rocm|gfx\d)|rocm[\w./-]*\.sh/gi,
  },
  { signal: "port:hip:container", languages: ["docker"], find: /^[ \t]*FROM[ \t]+[^\n]*rocm/gim },
  {
    signal: "port:hip:packages",
    languages: ["requirements", "toml", "yaml", "shell", "docker"],
    find: /download\.pytorch\.org\/whl\/(?:nightly\/|test\/)?rocm[\d.]+/g,
  },
  { signal: "port:hip:packages", languages: ["requirements", "toml"], path: /rocm[^/]*$/i, find: /^[ \t]*\w/gm },
];

/** `text` is without comments and of the original's length, so that lines stay what they are. */
export function portSigns(
  { path, language }: { readonly path: string; readonly language: Language },
  text: string,
  lineAt: (offset: number) => number,
): Signal[] {
  const found = new Map<string, Signal>();
  for (const sign of SIGNS) {
    if (found.has(sign.signal) || !sign.languages.includes(language) || sign.path?.test(path) === false) continue;
    sign.find.lastIndex = 0;
    const match = sign.find.exec(text);
    if (match) found.set(sign.signal, { name: sign.signal, line: lineAt(match.index) });
  }
  return [...found.values()];
}
