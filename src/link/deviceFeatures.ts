/** Device functions of the project lend their features to the kernels that call them. */
import type { DeviceFunction } from "../model/inventory.ts";
import type { KernelFeature } from "../model/vocabulary.ts";
import type { HeaderWalk } from "./includes.ts";

export type LendFeatures = (path: string, calls: readonly string[], own: readonly KernelFeature[]) => KernelFeature[];

/** Answers, for a function body in a file, its own features and those of every device function it reaches. */
export function featureLender(reached: HeaderWalk): LendFeatures {
  const functionsOf = new Map<string, ReadonlyMap<string, readonly DeviceFunction[]>>();

  /** Device functions visible in a file: its own and those of the project headers it reaches. */
  const visible = (path: string): ReadonlyMap<string, readonly DeviceFunction[]> => {
    const known = functionsOf.get(path);
    if (known) return known;
    const table = new Map<string, DeviceFunction[]>();
    for (const { deviceFunctions } of reached(path)) {
      for (const fn of deviceFunctions) {
        const list = table.get(fn.name);
        if (list) list.push(fn);
        else table.set(fn.name, [fn]);
      }
    }
    functionsOf.set(path, table);
    return table;
  };

  return (path, calls, own) => {
    if (calls.length === 0) return [...own];
    const table = visible(path);
    const features = new Set(own);
    const seen = new Set<string>();
    const pending = [...calls];
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      for (const fn of table.get(name) ?? []) {
        for (const feature of fn.features) features.add(feature);
        pending.push(...fn.calls);
      }
    }
    return [...features];
  };
}
