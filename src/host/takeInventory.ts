/** Reads and inspects a list of files: from the cache where the content is known, in threads where the work pays for them. */
import { availableParallelism } from "node:os";
import type { FileRef } from "../discover/discover.ts";
import type { Catalog } from "../model/catalog.ts";
import { cacheKey, type InventoryCache } from "./cache.ts";
import { Contents } from "./contents.ts";
import { type Inspected, inspectRef } from "./inspectRef.ts";
import { type Stopwatch, UNWATCHED } from "./stopwatch.ts";
import { inThreads, type Sized } from "./threads.ts";
import { uninterrupted } from "./uninterrupted.ts";
import { gather, interned, type Taken, type Unpacked, unpack } from "./unpack.ts";

/** Called now and then with the number of files done. */
export type Progress = (done: number, total: number) => void;

export interface TakeOptions {
  /** Read when the first file must be inspected; a warm run never does. */
  readonly catalog: () => Catalog;
  readonly cache?: InventoryCache;
  /** What the files hold, where somebody has looked already. */
  readonly contents?: Contents;
  /** Threads; default: the machine's cores. */
  readonly jobs?: number;
  readonly progress?: Progress;
  readonly watch?: Stopwatch;
}

/** Below this a second thread (loading code and catalog) costs more than it saves; measured on 2 cores. */
const BYTES_PER_THREAD = 4 * 1024 * 1024;

/** Called with each file's answer, in any order. */
type Arrive = (index: number, result: Inspected) => void;

export async function takeInventory(refs: readonly FileRef[], options: TakeOptions): Promise<Taken> {
  const { cache, contents = new Contents(refs), progress = () => {}, watch = UNWATCHED } = options;
  const one = interned();
  const results = new Array<Unpacked | undefined>(refs.length);
  let arrived = 0;
  const arrive: Arrive = (index, result) => {
    results[index] = unpack(result, one);
    progress(++arrived, refs.length);
  };
  const missing: number[] = [];
  refs.forEach((ref, index) => {
    const known = cache && fromCache(ref, cache, contents);
    if (known) arrive(index, known);
    else missing.push(index);
  });
  const sized = missing.map((index): Sized => sizedOf(refs[index] as FileRef, index, contents));
  await inspectAll(sized, options, (index, result) => {
    const ref = refs[index] as FileRef;
    contents.learn(ref, result);
    if (result.kind === "inspected") {
      if (result.blob !== undefined) cache?.set(cacheKey({ ...ref, blob: result.blob }), result.json);
      watch.file(ref.path, result.ms);
    }
    arrive(index, result);
  });
  if (cache) {
    await uninterrupted(() => {
      cache.save();
      contents.save();
    });
  }
  return gather(results);
}

function fromCache(ref: FileRef, cache: InventoryCache, contents: Contents): Inspected | undefined {
  if (cache.isEmpty) return undefined;
  const content = contents.of(ref);
  if (content.kind === "unread") return content;
  const json = cache.get(cacheKey({ ...ref, blob: content.blob }));
  return json === undefined ? undefined : { kind: "inspected", json, ms: 0 };
}

async function inspectAll(sized: readonly Sized[], options: TakeOptions, arrive: Arrive): Promise<void> {
  const { jobs = availableParallelism(), catalog } = options;
  const wantsBlob = options.cache !== undefined;
  const bytes = sized.reduce((sum, each) => sum + each.bytes, 0);
  const count = Math.min(jobs, Math.floor(bytes / BYTES_PER_THREAD));
  const inspect = (ref: FileRef) => inspectRef(ref, catalog(), wantsBlob);
  if (count >= 2) return inThreads(sized, { count, wantsBlob, inspect }, arrive);
  for (const { ref, index } of sized) arrive(index, inspect(ref));
}

function sizedOf(ref: FileRef, index: number, contents: Contents): Sized {
  return { ref, index, bytes: contents.bytesOf(ref) };
}
