/** The caches as the flags say: where they are, and whether there are any. */
import { resolve } from "node:path";
import type { FileRef } from "../discover/discover.ts";
import { defaultCacheDir, InventoryCache } from "../host/cache.ts";
import { type Contents, contentsOf } from "../host/contents.ts";
import { rulesIndex } from "../rules/load.ts";
import type { InventoryFlags } from "./scanOptions.ts";

type Flags = Pick<InventoryFlags, "cache" | "cacheDir">;

/** Where caches are kept. */
export function cacheBase({ cacheDir }: Pick<InventoryFlags, "cacheDir">): string {
  return cacheDir ?? defaultCacheDir();
}

/** What names these roots in a cache. */
export function cacheRoot(roots: readonly string[]): string {
  return roots.map((path) => resolve(path)).join("\0");
}

/** The cache for these roots, unless the user wants none. */
export function cacheFor(roots: readonly string[], flags: Flags): InventoryCache | undefined {
  if (!flags.cache) return undefined;
  return new InventoryCache(cacheBase(flags), cacheRoot(roots), rulesIndex().reader);
}

/** What these files hold, as far as an earlier run knows; undefined when the user wants no cache. */
export function contentsFor(roots: readonly string[], files: readonly FileRef[], flags: Flags): Contents | undefined {
  return flags.cache ? contentsOf(files, cacheBase(flags), cacheRoot(roots)) : undefined;
}
