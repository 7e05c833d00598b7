/** Device functions of the project lend their features to the kernels that call them. */
import type { DeviceFunction, Doubles } from "../model/inventory.ts";
import type { KernelFeature } from "../model/vocabulary.ts";
import type { HeaderWalk } from "./includes.ts";

type Body = Pick<DeviceFunction, "calls" | "features" | "doubles">;

export interface Reached {
  readonly features: readonly KernelFeature[];
  /** Where double precision comes from; undefined where nothing computes in it. */
  readonly doubles: Doubles | undefined;
}

export type LendFeatures = (path: string, body: Body) => Reached;

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

  return (path, body) => {
    const { calls } = body;
    if (calls.length === 0) return { features: body.features, doubles: doublesOf(body.features, hasDoubleTypes(body)) };
    const table = visible(path);
    const features = new Set(body.features);
    let typed = hasDoubleTypes(body);
    const seen = new Set<string>();
    const pending = [...calls];
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      for (const fn of table.get(name) ?? []) {
        for (const feature of fn.features) features.add(feature);
        typed ||= hasDoubleTypes(fn);
        pending.push(...fn.calls);
      }
    }
    const reached = [...features];
    return { features: reached, doubles: doublesOf(reached, typed) };
  };
}

function hasDoubleTypes({ features, doubles }: Body): boolean {
  return doubles === "types" || (doubles === undefined && features.includes("fp64"));
}

function doublesOf(features: readonly KernelFeature[], typed: boolean): Doubles | undefined {
  if (!features.includes("fp64")) return undefined;
  return typed ? "types" : "literals";
}
