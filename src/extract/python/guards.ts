/** Conditions that speak of a target, in the normal form of guards. */
import { calleeName } from "./strings.ts";
import { EQUAL, KEYWORDS, NOT_EQUAL } from "./tokens.ts";
import type { Value } from "./value.ts";

const HIP = "torch.version.hip";

/** Helpers and constants by which projects ask for a target; the guard is the one that its manifest names. */
const TARGET_NAMES: readonly (readonly [RegExp, string])[] = [
  [/(?:^|_)(?:rocm|hip|amd|amdgpu|cdna\d?|gfx\d+[a-z]?|mi\d{3}x?)(?:_|\d|$)/i, HIP],
  [/(?:^|_)rbln(?:_|$)/i, "torch.rbln"],
  [/(?:^|_)(?:cerebras|cstorch)(?:_|$)|^use_cs$/i, "cstorch.use_cs"],
  [/(?:^|_)(?:tenstorrent|ttnn|metalium)(?:_|$)/i, "TENSTORRENT"],
  [/(?:^|_)groq(?:_|$)/i, "USE_GROQ"],
];

/** True only where the build is NVIDIA's: as functions; `tensor.is_cuda` also holds on AMD. */
const NVIDIA_HELPER = /^(?:is_|on_|has_|IS_)(?:cuda|nvidia|nvidia_gpu)$/;
const TRUTHS = new Set(["None", "True", "False"]);
const HIP_NAMES = new Set(["hip", "rocm", "amd", "HIP", "ROCM"]);

/** Cheap test of a whole file: may it hold such a condition at all? */
export const MAY_GUARD =
  /hip|rocm|amd|gfx\d|cdna|nvidia|is_cuda|version\.cuda|rbln|cerebras|cstorch|tenstorrent|ttnn|groq/i;

export function negate(guard: string): string {
  if (guard.includes(" || ")) return guard.split(" || ").map(negate).join(" && ");
  if (guard.includes(" && ")) return guard.split(" && ").map(negate).join(" || ");
  return guard.startsWith("!") ? guard.slice(1) : `!${guard}`;
}

/** Both hold; a condition that is already part of the other is not repeated. */
export function both(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  const parts = new Set([...a.split(" && "), ...b.split(" && ")]);
  return [...parts].join(" && ");
}

type Condition = Extract<Value, { kind: "condition" }>;

function condition(guard: string, partial = false): Condition {
  return { kind: "condition", guard, partial };
}

function ofName(name: string): Condition | undefined {
  for (const [pattern, guard] of TARGET_NAMES) if (pattern.test(name)) return condition(guard);
  return undefined;
}

/** The condition that a value states when asked for its truth. */
export function conditionOf(value: Value): Condition | undefined {
  if (value.kind === "condition") return value;
  if (value.kind === "name" && value.name === "torch.version.cuda") return condition(`!${HIP}`);
  if (value.kind !== "name" && value.kind !== "free" && value.kind !== "attribute") return undefined;
  const name = value.kind === "free" ? value.name : calleeName(value);
  return ofName(name);
}

/** `is_hip()`, `current_platform.is_rocm()`, `is_cuda()`, `hasattr(torch.version, "hip")`. */
export function conditionOfCall(callee: Value, args: readonly Value[]): Value | undefined {
  const name = callee.kind === "free" ? callee.name : calleeName(callee);
  if (name === "hasattr" && args[0]?.kind === "name" && args[0].name === "torch.version") {
    const wanted = args[1]?.kind === "string" ? args[1].text : "";
    return wanted === "hip" ? condition(HIP) : undefined;
  }
  if (NVIDIA_HELPER.test(name)) return condition(`!${HIP}`);
  return ofName(name);
}

/** `torch.version.hip is not None`, `target.backend == "hip"`. */
export function conditionOfComparison(operators: readonly number[], operands: readonly Value[]): Value | undefined {
  const [operator] = operators;
  const [left, right] = operands;
  if (operators.length !== 1 || left === undefined || right === undefined) return undefined;
  const same = operator === EQUAL || operator === KEYWORDS.is;
  if (!same && operator !== NOT_EQUAL) return undefined;
  if (right.kind === "string") {
    if (HIP_NAMES.has(right.text)) return condition(same ? HIP : `!${HIP}`);
    const backend = calleeName(left) === "backend" && right.text === "cuda";
    return backend ? condition(same ? `!${HIP}` : HIP) : undefined;
  }
  const asked = conditionOf(left);
  if (asked === undefined || right.kind !== "constant" || !TRUTHS.has(right.text)) return undefined;
  return same === (right.text === "True") ? asked : negated(asked);
}

/** The opposite of a condition, where it says something. */
export function negated(value: Value): Value | undefined {
  const asked = conditionOf(value);
  return asked === undefined || asked.partial ? undefined : condition(negate(asked.guard));
}

/** `a and b`: what is known of either holds. `a or b`: only when all speak of a target. */
export function conditionOfEither(operators: readonly number[], operands: readonly Value[]): Value | undefined {
  const known = operands.map(conditionOf);
  const guards = [...new Set(known.flatMap((one) => (one ? [one.guard] : [])))];
  if (guards.length === 0) return undefined;
  const complete = known.every((one) => one !== undefined && !one.partial);
  if (operators.every((operator) => operator === KEYWORDS.and)) return condition(guards.join(" && "), !complete);
  if (!complete || operators.includes(KEYWORDS.and) || guards.some((guard) => guard.includes("&&"))) return undefined;
  return condition(guards.join(" || "));
}
