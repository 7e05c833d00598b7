/** What a file's macros stand for: qualifiers, literals, features, other targets' names, launches. */
import type { KernelFeature } from "../../model/vocabulary.ts";
import type { LiteralMacros } from "./asm.ts";
import { featuresOfName } from "./features.ts";
import type { KnownNames } from "./known.ts";
import type { Macro } from "./preprocessor.ts";
import type { QualifierMacros } from "./scopes.ts";
import { IDENT, STRING, type TokenList } from "./tokens.ts";

/** Longest body that is taken for a mere qualifier. */
const QUALIFIER_LENGTH = 12;
/** Spellings of `__device__` that come from a library's header. */
const USUAL_DEVICE_MACROS = [
  "CUTLASS_DEVICE",
  "CUTLASS_HOST_DEVICE",
  "CUTE_DEVICE",
  "CUTE_HOST_DEVICE",
  "C10_DEVICE",
  "C10_HOST_DEVICE",
  "GPU_LAMBDA",
  "HOST_DEVICE",
  "HOSTDEVICE",
  "DEVICE",
];

export function qualifierMacros(tokens: TokenList, macros: readonly Macro[]): QualifierMacros {
  const kernel = new Set(["__global__", "CUTLASS_GLOBAL"]);
  const device = new Set(["__device__", ...USUAL_DEVICE_MACROS]);
  for (const macro of macros) {
    if (macro.to - macro.from > QUALIFIER_LENGTH) continue;
    for (let at = macro.from; at < macro.to; at++) {
      const text = tokens.textAt(at);
      if (kernel.has(text)) kernel.add(macro.name);
      if (device.has(text)) device.add(macro.name);
    }
  }
  return { kernel, device };
}

/** Definitions of one macro that are looked at; real headers have one for each of a few architectures. */
const MOST_DEFINITIONS = 8;

/** Object-like macros that are one string: assembly is pasted from them. */
export function literalMacros(tokens: TokenList, macros: readonly Macro[]): LiteralMacros {
  const literals = new Map<string, string[]>();
  for (const macro of macros) {
    if (macro.parameters || macro.to - macro.from !== 1 || tokens.kindAt(macro.from) !== STRING) continue;
    const text = tokens.textAt(macro.from);
    const texts = literals.get(macro.name);
    if (texts === undefined) literals.set(macro.name, [text]);
    else if (texts.length < MOST_DEFINITIONS && !texts.includes(text)) texts.push(text);
  }
  return (name) => literals.get(name) ?? [];
}

/** Features that the bodies of macros show. */
export function macroFeatures(
  tokens: TokenList,
  macros: readonly Macro[],
): ReadonlyMap<string, readonly KernelFeature[]> {
  const features = new Map<string, readonly KernelFeature[]>();
  for (const macro of macros) {
    const found = new Set<KernelFeature>(features.get(macro.name));
    for (let at = macro.from; at < macro.to; at++) {
      if (tokens.kindAt(at) === IDENT) for (const feature of featuresOfName(tokens.textAt(at))) found.add(feature);
    }
    if (found.size > 0) features.set(macro.name, [...found]);
  }
  return features;
}

const FOREIGN_NAME =
  /^(?:hip|HIP|rocblas|rocsparse|rocsolver|rocfft|rocrand|rccl|miopen|MIOPEN|musa|MUSA|mcblas|mu[A-Z])/;

/** Macros that give NVIDIA's names another vendor's meaning: `#define cudaMalloc hipMalloc`. */
export function aliasMacros(tokens: TokenList, macros: readonly Macro[], known: KnownNames): Macro[] {
  return macros.filter(
    (macro) => macro.from < macro.to && FOREIGN_NAME.test(tokens.textAt(macro.from)) && known(macro.name) !== undefined,
  );
}
