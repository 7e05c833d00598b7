import { resolve } from "node:path";
import { defaultCacheDir, InventoryCache } from "../host/cache.ts";
import { type Progress, type TakeOptions, takeInventory } from "../host/takeInventory.ts";
import type { Inspector, Knowledge } from "../pipeline.ts";
import { rulesIndex } from "../rules/load.ts";
import { say } from "./exit.ts";
import type { InventoryFlags } from "./scanOptions.ts";

type Flags = Pick<InventoryFlags, "cache" | "cacheDir" | "jobs" | "verbose">;

/** The cache for these roots, unless the user wants none. */
export function cacheFor(roots: readonly string[], flags: Flags): InventoryCache | undefined {
  if (!flags.cache) return undefined;
  const root = roots.map((path) => resolve(path)).join("\0");
  return new InventoryCache(flags.cacheDir ?? defaultCacheDir(), root, rulesIndex().reader);
}

/** Reads files of the disk as the flags say: with cache and threads, or without. */
export function inspectorFor(
  roots: readonly string[],
  flags: Flags,
  knowledge: Knowledge,
  progress?: Progress,
  watch?: TakeOptions["watch"],
): Inspector {
  const cache = cacheFor(roots, flags);
  return async (files) => {
    const taken = await takeInventory(files, {
      catalog: () => knowledge.catalog,
      ...(cache ? { cache } : {}),
      ...(flags.jobs === undefined ? {} : { jobs: flags.jobs }),
      ...(progress ? { progress } : {}),
      ...(watch ? { watch } : {}),
    });
    if (cache && flags.verbose) {
      const { folder, hits, misses, packs } = cache.use;
      say(`portgauge: cache ${folder}: ${hits} hits, ${misses} misses, ${packs} packs read`);
    }
    return taken;
  };
}
