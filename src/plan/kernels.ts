import type { Finding } from "../model/finding.ts";
import type { Kernel } from "../model/inventory.ts";
import type { KernelWork } from "../model/plan.ts";

/** Generated kernels differ by the numbers in their names: types, tile sizes, architectures. */
function templateOf({ name, sloc, complexity }: Kernel): string {
  return `${name.replace(/\d+/g, "#")}\0${sloc}\0${complexity}`;
}

/**
 * Finds the kernels that a work item writes again. A kernel belongs to the first item that asks for it, so an item may
 * be left with none; device code outside every known kernel becomes one stray piece per file and function (`sloc` 0:
 * assumed lines). A blocker may stand in host code alone: then one piece is assumed.
 */
export function kernelFinder(
  kernels: readonly Kernel[],
): (findings: readonly Finding[], isBlocker: boolean) => KernelWork[] {
  const byPath = new Map<string, Kernel[]>();
  for (const kernel of kernels) {
    const known = byPath.get(kernel.path);
    if (known) known.push(kernel);
    else byPath.set(kernel.path, [kernel]);
  }
  const claimed = new Set<string>();
  const templates = new Set<string>();
  return (findings, isBlocker) => {
    const work: KernelWork[] = [];
    let elsewhere = false;
    for (const { usage } of findings) {
      const kernel = byPath.get(usage.path)?.find(({ line, endLine }) => line <= usage.line && usage.line <= endLine);
      const key = kernel?.id ?? `${usage.path}\0${usage.scope ?? ""}`;
      if (claimed.has(key)) {
        elsewhere = true;
        continue;
      }
      if (isBlocker && !kernel) continue;
      claimed.add(key);
      if (kernel) {
        const { name, path, sloc, complexity } = kernel;
        const template = templateOf(kernel);
        work.push({ name, path, sloc, complexity, ...(templates.has(template) ? { instance: true } : {}) });
        templates.add(template);
      } else {
        work.push({ name: usage.scope ?? usage.symbol, path: usage.path, sloc: 0, complexity: "tile" });
      }
    }
    const [first] = findings;
    if (isBlocker && work.length === 0 && !elsewhere && first) {
      work.push({ name: first.usage.symbol, path: first.usage.path, sloc: 0, complexity: "tile" });
    }
    return work;
  };
}
