/** Device functions of the project lend their features to the kernels that call them. */
import type { DeviceFunction, FileInventory } from "../model/inventory.ts";
import type { KernelFeature } from "../model/vocabulary.ts";

/** Project files that a quoted include can mean: beside the includer, or by path ending. */
function includeResolver(paths: readonly string[]): (from: string, include: string) => string | undefined {
  const known = new Set(paths);
  const byName = new Map<string, string[]>();
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const list = byName.get(name);
    if (list) list.push(path);
    else byName.set(name, [path]);
  }
  return (from, include) => {
    const beside = normalise(`${from.slice(0, from.lastIndexOf("/") + 1)}${include}`);
    if (known.has(beside)) return beside;
    const tail = normalise(include);
    const candidates = byName.get(tail.slice(tail.lastIndexOf("/") + 1)) ?? [];
    const fits = candidates.filter((path) => path === tail || path.endsWith(`/${tail}`));
    return fits.sort((a, b) => sharedFolders(b, from) - sharedFolders(a, from))[0];
  };
}

function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0) parts.pop();
    else if (part !== "..") parts.push(part);
  }
  return parts.join("/");
}

function sharedFolders(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared += 1;
  return shared;
}

/** Limits a walk through headers; deeper than any real tree, so that a cycle of thousands cannot hurt. */
const MAX_REACHED_FILES = 4000;

export type LendFeatures = (path: string, calls: readonly string[], own: readonly KernelFeature[]) => KernelFeature[];

/** Answers, for a function body in a file, its own features and those of every device function it reaches. */
export function featureLender(files: readonly FileInventory[]): LendFeatures {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const resolve = includeResolver(files.map((file) => file.path));
  const functionsOf = new Map<string, ReadonlyMap<string, readonly DeviceFunction[]>>();

  /** Device functions visible in a file: its own and those of the project headers it reaches. */
  const visible = (path: string): ReadonlyMap<string, readonly DeviceFunction[]> => {
    const known = functionsOf.get(path);
    if (known) return known;
    const table = new Map<string, DeviceFunction[]>();
    const queue = [path];
    const seen = new Set(queue);
    for (let at = 0; at < queue.length && at < MAX_REACHED_FILES; at++) {
      const file = byPath.get(queue[at] as string);
      if (!file) continue;
      for (const fn of file.deviceFunctions) {
        const list = table.get(fn.name);
        if (list) list.push(fn);
        else table.set(fn.name, [fn]);
      }
      for (const include of file.includes) {
        const target = resolve(file.path, include);
        if (target === undefined || seen.has(target)) continue;
        seen.add(target);
        queue.push(target);
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
