/**
 * CUDA as C++ that a C++ grammar parses: launch configurations and qualifiers become blanks of the same length, so
 * that every offset and line stays. Only the benchmark's floor and the proof need it; scans read CUDA as it is.
 */
const QUALIFIER =
  /\b(?:__global__|__device__|__host__|__shared__|__constant__|__managed__|__forceinline__|__noinline__|__grid_constant__|__restrict__)\b/g;
const BOUNDS = /\b(?:__launch_bounds__|__cluster_dims__|__maxnreg__|__align__)\s*\(/g;
/** Comments and literals, which are left as they are. */
const OPAQUE =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"([^()\s\\]{0,16})\([\s\S]*?\)\1"|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\.)+'/g;

export interface MaskedCuda {
  readonly text: string;
  /** Offsets of `__global__`, which the text no longer shows. */
  readonly kernels: readonly number[];
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

/** Offset behind the parenthesis that closes the one at `open`, or `open + 1` when none does. */
function closeOf(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const char = text[at];
    if (char === "(") depth += 1;
    else if (char === ")" && --depth === 0) return at + 1;
  }
  return open + 1;
}

/** `f<<<grid, block>>>(x)` becomes `f              (x)`. */
export function maskCuda(text: string): MaskedCuda {
  const code = text.replace(OPAQUE, (literal) => literal.replace(/[^\n]/g, "\u0001"));
  const spans: [number, number][] = [];
  const kernels: number[] = [];
  for (const { 0: word, index } of code.matchAll(QUALIFIER)) {
    spans.push([index, index + word.length]);
    if (word === "__global__") kernels.push(index);
  }
  for (const { 0: head, index } of code.matchAll(BOUNDS)) spans.push([index, closeOf(code, index + head.length - 1)]);
  for (let at = code.indexOf("<<<"); at >= 0; at = code.indexOf("<<<", at + 3)) {
    const close = code.indexOf(">>>", at);
    if (close > 0 && !/[;{}]/.test(code.slice(at, close))) spans.push([at, close + 3]);
  }
  spans.sort((a, b) => a[0] - b[0]);
  let masked = "";
  let done = 0;
  for (const [from, to] of spans) {
    if (from < done) continue;
    masked += text.slice(done, from) + blank(text.slice(from, to));
    done = to;
  }
  return { text: masked + text.slice(done), kernels };
}
