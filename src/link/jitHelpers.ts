/** Functions with a kernel's decorator that only kernels call (Triton, Gluon, CuTe, Numba): helpers, no kernels. */
import type { FileInventory, FileKernel } from "../model/inventory.ts";

export const JIT_DIALECTS = new Set(["triton", "gluon", "cute", "numba", "tilelang", "warp"]);

/** Makes device functions of those kernels that kernels of the project call and nothing starts. */
export function withoutJitHelpers(files: readonly FileInventory[]): FileInventory[] {
  const called = new Set<string>();
  const started = new Set<string>();
  for (const file of files) {
    for (const body of [...file.kernels, ...file.deviceFunctions]) for (const name of body.calls) called.add(name);
    for (const usage of file.usages) if (usage.kind === "launch") started.add(usage.symbol);
  }
  const isHelper = ({ name, dialect }: FileKernel) =>
    JIT_DIALECTS.has(dialect) && called.has(name) && !started.has(name);
  return files.map((file) => (file.kernels.some(isHelper) ? demoted(file, isHelper) : file));
}

function demoted(file: FileInventory, isHelper: (kernel: FileKernel) => boolean): FileInventory {
  const helpers = file.kernels.filter(isHelper);
  const places = new Set(helpers.map((helper) => `${helper.line}:${helper.name}`));
  return {
    ...file,
    kernels: file.kernels.filter((kernel) => !isHelper(kernel)),
    deviceFunctions: [
      ...file.deviceFunctions,
      ...helpers.map(({ name, line, endLine, sloc, features, calls }) => ({
        name,
        line,
        endLine,
        sloc,
        features,
        calls,
      })),
    ],
    usages: file.usages.filter((usage) => usage.kind !== "kernel" || !places.has(`${usage.line}:${usage.symbol}`)),
  };
}
