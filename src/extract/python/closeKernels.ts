import type { DeviceFunction, FileKernel } from "../../model/inventory.ts";
import { codeLineMarks, countMarks, lineOf } from "./lines.ts";
import type { FileReport } from "./report.ts";
import type { Tokens } from "./tokens.ts";

interface Closed {
  readonly kernels: FileKernel[];
  readonly deviceFunctions: DeviceFunction[];
}

/** Tells kernels from device functions: a decorated function that returns a value is no kernel. Its usage is taken back. */
export function closeKernels(
  report: FileReport,
  tokens: Tokens,
  starts: Int32Array,
  marks = codeLineMarks(tokens.text, starts),
): Closed {
  const kernels: FileKernel[] = [];
  const deviceFunctions: DeviceFunction[] = [];
  for (const { body, last, draft } of report.kernels) {
    const line = lineOf(starts, tokens.startAt(body.token));
    const endLine = lineOf(starts, Math.max(0, tokens.endAt(last) - 1));
    const common = {
      name: body.name,
      line: line + 1,
      endLine: endLine + 1,
      sloc: countMarks(marks, line, endLine + 1),
      features: [...body.features],
      calls: [...body.calls],
    };
    if (body.helper) {
      report.retract(draft);
      deviceFunctions.push(common);
      continue;
    }
    const { archetype, signals } = body.archetype();
    kernels.push({
      ...common,
      column: tokens.startAt(body.token) - (starts[line] ?? 0) + 1,
      archetype,
      signals,
      complexity: body.complexity(archetype),
      ...(draft.guard === undefined ? {} : { guard: draft.guard }),
      dialect: body.dialect.id,
    });
  }
  return { kernels, deviceFunctions };
}
