import type { Contents } from "../host/contents.ts";
import type { Stopwatch } from "../host/stopwatch.ts";
import { type Progress, takeInventory } from "../host/takeInventory.ts";
import type { Inspector, Knowledge } from "../pipeline.ts";
import { cacheFor, contentsFor } from "./cacheFlags.ts";
import { say } from "./exit.ts";
import type { InventoryFlags } from "./scanOptions.ts";

type Flags = Pick<InventoryFlags, "cache" | "cacheDir" | "jobs" | "verbose">;

/** What a caller may know or want beside the flags. */
interface InspectorOptions {
  readonly progress?: Progress;
  readonly watch?: Stopwatch;
  /** What the files hold, where the caller has looked already. */
  readonly contents?: Contents | undefined;
}

/** Reads files of the disk as the flags say: with cache and threads, or without. */
export function inspectorFor(
  roots: readonly string[],
  flags: Flags,
  knowledge: Knowledge,
  { contents: known, ...others }: InspectorOptions = {},
): Inspector {
  return async (files) => {
    const cache = cacheFor(roots, flags);
    const contents = known ?? contentsFor(roots, files, flags);
    const taken = await takeInventory(files, {
      catalog: () => knowledge.catalog,
      ...(cache ? { cache } : {}),
      ...(contents ? { contents } : {}),
      ...(flags.jobs === undefined ? {} : { jobs: flags.jobs }),
      ...others,
    });
    if (cache && flags.verbose) {
      const { folder, hits, misses, packs } = cache.use;
      say(`portgauge: cache ${folder}: ${hits} hits, ${misses} misses, ${packs} packs read`);
    }
    return taken;
  };
}
