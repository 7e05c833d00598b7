/** Kernels and device functions: what their bodies use. */
import { complexityOf } from "../../model/complexity.ts";
import type { DeviceFunction, FileKernel } from "../../model/inventory.ts";
import type { KernelFeature } from "../../model/vocabulary.ts";
import { archetypeOf } from "./archetype.ts";
import type { BodyFeatures } from "./features.ts";
import type { Lexed } from "./lexed.ts";
import type { FunctionSpan } from "./scopes.ts";

/** Code lines from `first` to `last`. */
export function slocBetween(lexed: Lexed, first: number, last: number): number {
  return lowerBound(lexed.codeLines, last + 1) - lowerBound(lexed.codeLines, first);
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function kernelOf(lexed: Lexed, span: FunctionSpan, body: BodyFeatures, guard: string | undefined): FileKernel {
  const { code } = lexed;
  const line = code.lineAt(span.nameToken);
  const endLine = code.lineAt(Math.min(span.close, code.count - 1));
  const sloc = slocBetween(lexed, code.lineAt(span.head), endLine);
  const features: KernelFeature[] = [...body.features];
  const { archetype, signals } = archetypeOf(span.name, body);
  return {
    name: span.name,
    line,
    column: code.startAt(span.nameToken) - (lexed.lineStarts[line - 1] ?? 0) + 1,
    endLine,
    sloc,
    features,
    ...(body.doubles ? { doubles: body.doubles } : {}),
    archetype,
    signals,
    complexity: complexityOf(body.features, archetype),
    calls: body.calls,
    ...(guard ? { guard } : {}),
    dialect: "cuda",
  };
}

/**
 * What a device function lends to those who call it. A member goes by two names: `Class::name` for qualified calls
 * and `.name` for `object.name()`, so that a free function of the same name lends it nothing.
 */
export function deviceFunctionsOf(lexed: Lexed, span: FunctionSpan, body: BodyFeatures): DeviceFunction[] {
  const { code } = lexed;
  const endLine = code.lineAt(Math.min(span.close, code.count - 1));
  const names = span.owner === undefined ? [span.name] : [`${span.owner}::${span.name}`, `.${span.name}`];
  return names.map((name) => ({
    name,
    line: code.lineAt(span.nameToken),
    endLine,
    sloc: slocBetween(lexed, code.lineAt(span.head), endLine),
    features: [...body.features],
    ...(body.doubles ? { doubles: body.doubles } : {}),
    calls: body.calls,
  }));
}
