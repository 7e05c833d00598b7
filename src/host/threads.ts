/** Files spread over threads: this one, and workers beside it. */
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { FileRef } from "../discover/discover.ts";
import { LANGUAGES } from "../model/vocabulary.ts";
import type { Inspected } from "./inspectRef.ts";
import type { Batch } from "./inspectWorker.ts";

/** A file with its size and its place in the caller's list. */
export interface Sized {
  readonly ref: FileRef;
  readonly index: number;
  readonly bytes: number;
}

/** How files are read in this thread, and how many threads there are with it. */
export interface Threads {
  readonly count: number;
  readonly wantsBlob: boolean;
  readonly inspect: (ref: FileRef) => Inspected;
}

/** Batches small enough to balance, large enough that passing them costs nothing. */
const BATCH_BYTES = 512 * 1024;
/** A file's cost beside its bytes: opening it and passing its answer. */
const FILE_BYTES = 1024;
/** A worker finds its next batch waiting while this thread is busy with its own. */
const BATCHES_AHEAD = 2;

const WORKER = fileURLToPath(new URL("../../dist/host/inspectWorker.js", import.meta.url));

/** Batches of one language each as far as possible, and within a language large files first. */
function batchesOf(files: readonly Sized[]): Sized[][] {
  const batches: Sized[][] = [];
  let room = 0;
  for (const file of files.toSorted(byReader)) {
    if (room <= 0) {
      batches.push([]);
      room = BATCH_BYTES;
    }
    batches.at(-1)?.push(file);
    room -= file.bytes + FILE_BYTES;
  }
  return batches;
}

function byReader(a: Sized, b: Sized): number {
  return LANGUAGES.indexOf(a.ref.language) - LANGUAGES.indexOf(b.ref.language) || b.bytes - a.bytes;
}

/**
 * Inspects files; answers arrive batch by batch. This thread takes batches from one end of the list and the workers from
 * the other: each compiles and warms up the readers of its own languages, and only where they meet those of both.
 */
export async function inThreads(
  files: readonly Sized[],
  { count, wantsBlob, inspect }: Threads,
  arrive: (index: number, result: Inspected) => void,
): Promise<void> {
  const { Tinypool } = await import("tinypool");
  const workers = count - 1;
  const pool = new Tinypool({
    filename: WORKER,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: BATCHES_AHEAD,
    runtime: "worker_threads",
  });
  const batches = batchesOf(files);
  const give = (batch: readonly Sized[], results: readonly Inspected[]) => {
    batch.forEach(({ index }, at) => {
      arrive(index, results[at] as Inspected);
    });
  };
  const here = async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      const inspected = batch.map(({ ref }) => inspect(ref));
      give(batch, inspected);
      await setImmediate();
    }
  };
  const there = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      const task: Batch = { refs: batch.map(({ ref }) => ref), wantsBlob };
      give(batch, await pool.run(task));
    }
  };
  try {
    await Promise.all([...Array.from({ length: workers * BATCHES_AHEAD }, there), here()]);
  } finally {
    await pool.destroy();
  }
}
