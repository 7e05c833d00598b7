/** CUDA source that stands in Python strings. */
import type { CallContext } from "./calls.ts";
import type { Argument } from "./semantics.ts";
import { literalSpan, literalTokens } from "./strings.ts";
import { itemsOf, type Value } from "./value.ts";

/** Where a call takes CUDA source: keywords, and positions without keyword. */
export interface SourceArguments {
  readonly keywords: readonly string[];
  readonly positions: readonly number[];
}

/** Calls that compile CUDA (or C++ that calls it) from a string. */
export const CUDA_SOURCES: Readonly<Record<string, SourceArguments>> = {
  "torch.utils.cpp_extension.load_inline": { keywords: ["cuda_sources", "cpp_sources"], positions: [1, 2] },
  "torch.cuda._compile_kernel": { keywords: ["kernel_source"], positions: [0] },
  "cupy.RawKernel": { keywords: ["code"], positions: [0] },
  "cupy.RawModule": { keywords: ["code"], positions: [0] },
  "cupy.cuda.compile_with_cache": { keywords: ["source"], positions: [0] },
  "pycuda.compiler.SourceModule": { keywords: ["source"], positions: [0] },
  "pycuda.compiler.compile": { keywords: ["source"], positions: [0] },
  "cuda.core.experimental.Program": { keywords: ["code"], positions: [0] },
  "cuda.core.Program": { keywords: ["code"], positions: [0] },
  "cuda.bindings.nvrtc.nvrtcCreateProgram": { keywords: ["src"], positions: [0] },
  "cuda.nvrtc.nvrtcCreateProgram": { keywords: ["src"], positions: [0] },
};

/** Notes the source strings of a compiling call; a variable counts when it was assigned a literal. */
export function embeddedSources(context: CallContext, wanted: SourceArguments, args: readonly Argument<Value>[]): void {
  let position = 0;
  for (const { keyword, value } of args) {
    const takes = keyword === undefined ? wanted.positions.includes(position++) : wanted.keywords.includes(keyword);
    if (!takes) continue;
    for (const item of itemsOf(value)) if (item.kind === "string") note(context, item);
  }
}

function note(context: CallContext, { first, last }: Extract<Value, { kind: "string" }>): void {
  const { tokens, report, blocks } = context;
  for (const token of literalTokens(tokens, first, last)) {
    const { from, to } = literalSpan(tokens.textAt(token), tokens.startAt(token));
    if (report.sources.some((source) => source.from === from)) continue;
    report.sources.push({ from, to, guard: blocks.guard });
  }
}
