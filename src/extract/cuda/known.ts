/** Whose name is it: the catalog's answer for one C++ identifier, remembered, since identifiers repeat. */
import type { Catalog } from "../../model/catalog.ts";
import type { UsageKind } from "../../model/vocabulary.ts";

export interface Known {
  readonly family: string;
  readonly kind: UsageKind;
  /** False when only the shape of the name speaks for NVIDIA. */
  readonly listed: boolean;
  /** A name of no particular shape (`clock`, `rsqrt`): NVIDIA's only as a call in device code. */
  readonly plain: boolean;
}

/**
 * Names that the catalog lists because CUDA's headers declare them, and that are the C and C++ standard library's
 * or the host compiler's: any device's compiler has them, so they are no dependency.
 */
const STANDARD_NAMES = new Set(
  (
    "abs acos acosf acosh acoshf asin asinf asinh asinhf atan atan2 atan2f atanf atanh atanhf cbrt cbrtf ceil ceilf copysign copysignf " +
    "cos cosf cosh coshf erf erfc erfcf erff exp exp2 exp2f expf expm1 expm1f fabs fabsf fdim fdimf floor floorf fma fmaf fmax fmaxf " +
    "fmin fminf fmod fmodf frexp frexpf hypot hypotf ilogb ilogbf isfinite isinf isnan j0 j0f j1 j1f jn jnf labs ldexp ldexpf lgamma " +
    "lgammaf llabs llrint llrintf llround llroundf log log10 log10f log1p log1pf log2 log2f logb logbf logf lrint lrintf lround lroundf " +
    "max min modf modff nan nanf nearbyint nearbyintf nextafter nextafterf pow powf remainder remainderf remquo remquof rint rintf round " +
    "roundf scalbln scalblnf scalbn scalbnf signbit sin sinf sinh sinhf sqrt sqrtf tan tanf tanh tanhf tgamma tgammaf trunc truncf " +
    "y0 y0f y1 y1f yn ynf exp10 exp10f sincos sincosf norm normf rnorm memoryBarrier GLenum GLuint curand cuda_stream __signbit __signbitf " +
    "__signbitl __assert_fail __declspec"
  ).split(" "),
);

/** Identifiers of an NVIDIA shape begin with one of these. */
const FIRST_LETTERS = /^[cnNCoOTvVADdg_]/;
/** `hdiv` is also what finite-element codes call a function space. */
const RESERVED = /^(?:__|atomic[A-Z]|tex[1-3C]|surf[1-3C]|make_|h2?(?!div$)[a-z]+$|h2)/;
const NOTHING = Symbol("not NVIDIA's");

export type KnownNames = (name: string) => Known | undefined;

const memories = new WeakMap<Catalog, KnownNames>();
/** Distinct identifiers remembered; a longer memory would only serve generated code. */
const MEMORY = 200_000;

export function knownNames(catalog: Catalog): KnownNames {
  const memory = memories.get(catalog);
  if (memory) return memory;
  const seen = new Map<string, Known | typeof NOTHING>();
  const known: KnownNames = (name) => {
    const before = seen.get(name);
    if (before !== undefined) return before === NOTHING ? undefined : before;
    const answer = look(catalog, name);
    if (seen.size < MEMORY) seen.set(name, answer ?? NOTHING);
    return answer;
  };
  memories.set(catalog, known);
  return known;
}

function look(catalog: Catalog, name: string): Known | undefined {
  if (STANDARD_NAMES.has(name)) return undefined;
  const entry = catalog.entries.get(name);
  if (entry) {
    if (entry.kind === "include") return undefined;
    const plain = entry.family === "device" && entry.kind === "builtin" && !RESERVED.test(name) && !isVariable(name);
    return { ...entry, listed: true, plain };
  }
  if (!FIRST_LETTERS.test(name)) return undefined;
  const family = catalog.familyByShape(name);
  return family === undefined ? undefined : { family, kind: kindByShape(name), listed: false, plain: false };
}

/** What an unlisted name is when nothing around it tells. */
function kindByShape(name: string): UsageKind {
  if (/_t$|^CU[a-z]/.test(name)) return "type";
  return /^[A-Z0-9_]+$/.test(name) ? "constant" : "call";
}

const BUILT_IN_VARIABLES = new Set(["threadIdx", "blockIdx", "blockDim", "gridDim", "warpSize"]);

/** A variable that every kernel has. */
export function isVariable(name: string): boolean {
  return BUILT_IN_VARIABLES.has(name);
}
