/** Launches of a parameter or variable: which kernels the project gives it. */
import type { FileInventory, FileUsage } from "../model/inventory.ts";
import type { HeaderWalk } from "./includes.ts";

/** Kernels of a launch usage of a file, by name; undefined when it launches neither or nobody gives a kernel. */
export type KernelsOfLaunch = (path: string, usage: FileUsage) => readonly string[] | undefined;

export function parameterLaunches(files: readonly FileInventory[], reached: HeaderWalk): KernelsOfLaunch {
  const places = new Map<string, Set<string>>();
  const functions = new Set(files.flatMap(({ handsOn }) => handsOn?.launchers?.map(({ name }) => name) ?? []));
  if (functions.size === 0) return () => undefined;
  for (const { path, handsOn } of files) {
    const given = handsOn?.given?.filter((one) => functions.has(one.function)) ?? [];
    if (given.length === 0) continue;
    for (const header of reached(path)) {
      for (const { name, argument, line, column } of header.handsOn?.launchers ?? []) {
        for (const one of given) {
          if (one.function !== name || one.argument !== argument) continue;
          const place = `${header.path}:${line}:${column}`;
          places.set(place, (places.get(place) ?? new Set()).add(one.kernel));
        }
      }
    }
  }
  return (path, { kind, line, column, symbol, facts }) => {
    const kernels = kind === "launch" ? places.get(`${path}:${line}:${column}`) : undefined;
    if (!kernels) return undefined;
    // A variable that the file itself tells may get other kernels in other branches.
    return [...(facts?.kernel === undefined ? new Set([...kernels, symbol]) : kernels)].sort();
  };
}

/** The launch with what is known of its kernel: the kernel itself, or the list of those that callers give. */
export function launchOf(usage: FileUsage, kernels: readonly string[]): FileUsage {
  const [only = usage.symbol] = kernels;
  if (kernels.length > 1) return { ...usage, facts: { ...usage.facts, kernels } };
  const { kernel: _, ...facts } = usage.facts ?? {};
  return { ...usage, symbol: only, facts };
}
