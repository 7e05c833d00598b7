/** Files spread over worker threads, balanced by bytes. */
import { fileURLToPath } from "node:url";
import type { FileRef } from "../discover/discover.ts";
import type { Inspected } from "./inspectRef.ts";
import type { Batch } from "./inspectWorker.ts";

/** A file with its size and its place in the caller's list. */
export interface Sized {
  readonly ref: FileRef;
  readonly index: number;
  readonly bytes: number;
}

/** Batches small enough to balance, large enough that passing them costs nothing. */
const BATCH_BYTES = 512 * 1024;
/** A file's cost beside its bytes: opening it and passing its answer. */
const FILE_BYTES = 1024;

const WORKER = fileURLToPath(new URL("../../dist/host/inspectWorker.js", import.meta.url));

/** Large files first, so that no thread is left alone with one at the end. */
function batchesOf(files: readonly Sized[]): Sized[][] {
  const batches: Sized[][] = [];
  let room = 0;
  for (const file of files.toSorted((a, b) => b.bytes - a.bytes)) {
    if (room <= 0) {
      batches.push([]);
      room = BATCH_BYTES;
    }
    batches.at(-1)?.push(file);
    room -= file.bytes + FILE_BYTES;
  }
  return batches;
}

/** Inspects files in threads; answers arrive batch by batch. */
export async function inThreads(
  files: readonly Sized[],
  workers: number,
  wantsBlob: boolean,
  arrive: (index: number, result: Inspected) => void,
): Promise<void> {
  const { Tinypool } = await import("tinypool");
  const pool = new Tinypool({ filename: WORKER, minThreads: workers, maxThreads: workers, runtime: "worker_threads" });
  try {
    await Promise.all(
      batchesOf(files).map(async (batch) => {
        const task: Batch = { refs: batch.map(({ ref }) => ref), wantsBlob };
        const results = (await pool.run(task)) as Inspected[];
        batch.forEach(({ index }, at) => {
          arrive(index, results[at] as Inspected);
        });
      }),
    );
  } finally {
    await pool.destroy();
  }
}
