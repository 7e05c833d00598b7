/** Which files of the project a file sees through its includes. */
import type { FileInventory } from "../model/inventory.ts";

/** Project files that a quoted include can mean: beside the includer, or by path ending. */
export function includeResolver(paths: readonly string[]): (from: string, include: string) => string | undefined {
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

export function normalise(path: string): string {
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

/** Answers with a file and the project headers that it reaches, nearest first. Not remembered: lists can be long. */
export type HeaderWalk = (path: string) => readonly FileInventory[];

export function headerWalk(files: readonly FileInventory[]): HeaderWalk {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const resolve = includeResolver(files.map((file) => file.path));
  return (path) => {
    const queue = [path];
    const seen = new Set(queue);
    const reached: FileInventory[] = [];
    for (let at = 0; at < queue.length && at < MAX_REACHED_FILES; at++) {
      const file = byPath.get(queue[at] as string);
      if (!file) continue;
      reached.push(file);
      for (const include of file.includes) {
        const target = resolve(file.path, include);
        if (target === undefined || seen.has(target)) continue;
        seen.add(target);
        queue.push(target);
      }
    }
    return reached;
  };
}
