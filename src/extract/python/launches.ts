import { launchFacts } from "./callFacts.ts";
import type { CallContext } from "./calls.ts";
import type { Argument } from "./semantics.ts";
import { calleeName } from "./strings.ts";
import { UNKNOWN, type Value } from "./value.ts";

type Indexed = Extract<Value, { kind: "indexed" }>;

/** `kernel[grid](…)` starts a kernel; `table[key](…)` does not. */
export function launchOf(
  context: CallContext,
  callee: Indexed,
  args: readonly Argument<Value>[],
  _open: number,
): Value {
  const { base } = callee;
  const started = base.kind === "kernel" ? base : startedByName(context, callee);
  if (!started) {
    for (const { value } of args) if (value.kind === "string") context.placeString(value);
    return UNKNOWN;
  }
  context.report.add("launch", started.name, started.family, callee.token - 1, launchFacts(args));
  return UNKNOWN;
}

/** A kernel that another file defines: told by its name, or by an index that is a grid. */
function startedByName(context: CallContext, { base, items }: Indexed): { name: string; family: string } | undefined {
  const { report } = context;
  const family = report.packages.has("triton")
    ? "triton"
    : report.packages.has("numba.cuda")
      ? "numba-cuda"
      : undefined;
  if (family === undefined) return undefined;
  const name = base.kind === "free" ? base.name : calleeName(base);
  if (name === "") return undefined;
  const grid = items.length > 0 && (items.length > 1 || items.some(isGrid));
  return grid || /kernel/i.test(name) ? { name, family } : undefined;
}

function isGrid(index: Value): boolean {
  if (index.kind === "group") return true;
  const name = index.kind === "free" ? index.name : calleeName(index);
  return /grid|blocks/i.test(name);
}
