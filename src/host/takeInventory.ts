/** Reads and inspects a list of files: from the cache where the content is known, in threads where the work pays for them. */
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { FileRef } from "../discover/discover.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Diagnostic, FileInventory, Inventory } from "../model/inventory.ts";
import { blobId } from "./blobId.ts";
import { cacheKey, type InventoryCache } from "./cache.ts";
import { type Inspected, inspectRef } from "./inspectRef.ts";
import { readBytes } from "./readSource.ts";

/** What reading and inspecting a list of files gave. Order is that of the list. */
export interface Taken {
  readonly files: readonly FileInventory[];
  readonly skipped: Inventory["skipped"];
  readonly diagnostics: readonly Diagnostic[];
}

/** Called now and then with the number of files done. */
export type Progress = (done: number, total: number) => void;

export interface TakeOptions {
  /** Read when the first file must be inspected; a warm run never does. */
  readonly catalog: () => Catalog;
  readonly cache?: InventoryCache;
  /** Threads; default: the machine's cores. */
  readonly jobs?: number;
  readonly progress?: Progress;
}

/** Below this a second thread's start (loading code and catalog) costs more than it saves; measured on 2 cores. */
const BYTES_PER_WORKER = 4 * 1024 * 1024;
/** Batches small enough to balance, large enough that passing them costs nothing. */
const BATCH_BYTES = 512 * 1024;

const WORKER = fileURLToPath(new URL("../../dist/host/inspectWorker.js", import.meta.url));

export async function takeInventory(refs: readonly FileRef[], options: TakeOptions): Promise<Taken> {
  const { cache } = options;
  const results: (Inspected | undefined)[] = refs.map((ref) => (cache ? fromCache(ref, cache) : undefined));
  const missing = refs.flatMap((ref, index) => (results[index] === undefined ? [{ ref, index }] : []));
  const inspected = await inspectAll(
    missing.map(({ ref }) => ref),
    options,
    refs.length - missing.length,
  );
  missing.forEach(({ ref, index }, at) => {
    const result = inspected[at];
    results[index] = result;
    if (result?.kind === "inspected") cache?.set(cacheKey({ ...ref, blob: result.blob }), result.json);
  });
  cache?.save();
  return collect(results);
}

function fromCache(ref: FileRef, cache: InventoryCache): Inspected | undefined {
  if (cache.isEmpty) return undefined;
  const bytes = readBytes(ref);
  if (bytes.kind === "unread") return bytes;
  const blob = blobId(bytes.bytes);
  const json = cache.get(cacheKey({ ...ref, blob }));
  return json === undefined ? undefined : { kind: "inspected", blob, json };
}

/** Turns results into what `link` takes. */
export function collect(results: readonly (Inspected | undefined)[]): Taken {
  const files: FileInventory[] = [];
  const skipped: { path: string; reason: string }[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const result of results) {
    if (result?.kind === "inspected") files.push(JSON.parse(result.json) as FileInventory);
    if (result?.kind !== "unread") continue;
    const { path, reason, diagnostic } = result.unread;
    skipped.push({ path, reason });
    if (diagnostic) diagnostics.push(diagnostic);
  }
  return { files, skipped, diagnostics };
}

async function inspectAll(refs: readonly FileRef[], options: TakeOptions, done: number): Promise<Inspected[]> {
  const { jobs = availableParallelism(), progress = () => {} } = options;
  const sized = jobs > 1 ? refs.map((ref) => ({ ref, bytes: sizeOf(ref) })) : [];
  const bytes = sized.reduce((sum, each) => sum + each.bytes, 0);
  const workers = Math.min(jobs, Math.floor(bytes / BYTES_PER_WORKER));
  const total = done + refs.length;
  if (workers < 2) {
    if (refs.length === 0) return [];
    const catalog = options.catalog();
    return refs.map((ref, index) => {
      progress(done + index, total);
      return inspectRef(ref, catalog);
    });
  }
  return inThreads(sized, workers, (finished) => progress(done + finished, total));
}

function sizeOf({ absolute }: FileRef): number {
  return statSync(absolute, { throwIfNoEntry: false })?.size ?? 0;
}

interface Sized {
  readonly ref: FileRef;
  readonly bytes: number;
}

/** Consecutive files of about one batch size. */
function batchesOf(sized: readonly Sized[]): FileRef[][] {
  const batches: FileRef[][] = [];
  let room = 0;
  for (const { ref, bytes } of sized) {
    if (room <= 0) {
      batches.push([]);
      room = BATCH_BYTES;
    }
    batches.at(-1)?.push(ref);
    room -= bytes + 1024;
  }
  return batches;
}

async function inThreads(
  sized: readonly Sized[],
  workers: number,
  progress: (finished: number) => void,
): Promise<Inspected[]> {
  const { Tinypool } = await import("tinypool");
  const pool = new Tinypool({ filename: WORKER, minThreads: workers, maxThreads: workers, runtime: "worker_threads" });
  let finished = 0;
  try {
    const results = await Promise.all(
      batchesOf(sized).map(async (batch) => {
        const inspected = (await pool.run(batch)) as Inspected[];
        finished += batch.length;
        progress(finished);
        return inspected;
      }),
    );
    return results.flat();
  } finally {
    await pool.destroy();
  }
}
