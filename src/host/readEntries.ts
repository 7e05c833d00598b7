/** Files of a revision to inventories: contents from git objects, or from disk where git has none. */
import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { FileRef } from "../discover/discover.ts";
import type { Catalog } from "../model/catalog.ts";
import { blobId } from "./blobId.ts";
import { cacheKey, type InventoryCache } from "./cache.ts";
import { decode } from "./decode.ts";
import type { BlobReader } from "./gitBlobs.ts";
import type { Entry } from "./gitChanges.ts";
import { type Inspected, inspectBytes } from "./inspectRef.ts";
import { readBytes, type Unread } from "./readSource.ts";
import { collect, type Taken } from "./unpack.ts";

/** An entry that is worth reading, with its language. */
export interface SourceEntry extends Entry {
  readonly language: FileRef["language"];
}

export interface EntrySource {
  /** Top of the working tree. */
  readonly root: string;
  readonly blobs: BlobReader;
  readonly catalog: () => Catalog;
}

export interface EntryReading {
  readonly taken: Taken;
  readonly textOf: (path: string) => string | undefined;
}

/** Blobs asked for at a time: enough to keep git busy, few enough to stay small in memory. */
const AHEAD = 64;

function missing(path: string): Unread {
  const message = "not in this clone (a partial one); git fetch --refetch gets it";
  return { path, reason: "blob-missing", diagnostic: { path, code: "unreadable", message } };
}

async function bytesOf({ path, language, blob }: SourceEntry, { root, blobs }: EntrySource): Promise<Buffer | Unread> {
  if (blob !== undefined) return (await blobs.read(blob)) ?? missing(path);
  const absolute = join(root, path);
  const found = lstatSync(absolute, { throwIfNoEntry: false });
  if (found && !found.isFile()) return { path, reason: "not-a-file" };
  const read = readBytes({ path, language, absolute });
  return read.kind === "bytes" ? read.bytes : read.unread;
}

async function readAhead(
  entries: readonly SourceEntry[],
  source: EntrySource,
  take: (entry: SourceEntry, bytes: Buffer | Unread) => void,
): Promise<void> {
  for (let at = 0; at < entries.length; at += AHEAD) {
    const some = entries.slice(at, at + AHEAD);
    const contents = await Promise.all(some.map((entry) => bytesOf(entry, source)));
    for (const [index, entry] of some.entries()) {
      const bytes = contents[index];
      if (bytes) take(entry, bytes);
    }
  }
}

function inspectEntry(entry: SourceEntry, bytes: Buffer | Unread, { catalog }: EntrySource): Inspected {
  return Buffer.isBuffer(bytes) ? inspectBytes(entry, bytes, catalog()) : { kind: "unread", unread: bytes };
}

function inspectCached(
  entry: SourceEntry,
  bytes: Buffer | Unread,
  source: EntrySource,
  cache: InventoryCache | undefined,
): Inspected {
  if (!Buffer.isBuffer(bytes) || !cache) return inspectEntry(entry, bytes, source);
  const blob = entry.blob ?? blobId(bytes);
  const key = cacheKey({ path: entry.path, language: entry.language, blob });
  const json = cache.get(key);
  if (json !== undefined) return { kind: "inspected", json, ms: 0 };
  const result = inspectEntry(entry, bytes, source);
  if (result.kind === "inspected") cache.set(key, result.json);
  return result;
}

/** Changed files; their text is kept for comparing statements. */
export async function readChanged(
  entries: readonly SourceEntry[],
  source: EntrySource,
  cache: InventoryCache | undefined,
): Promise<EntryReading> {
  const results: Inspected[] = [];
  const contents = new Map<string, Buffer>();
  await readAhead(entries, source, (entry, bytes) => {
    results.push(inspectCached(entry, bytes, source, cache));
    if (Buffer.isBuffer(bytes)) contents.set(entry.path, bytes);
  });
  const textOf = (path: string) => {
    const bytes = contents.get(path);
    return bytes && decode(bytes)?.text;
  };
  return { taken: collect(results), textOf };
}

/** A whole revision: by blob id from the cache, and only what is not there from git. */
export async function readRevision(
  entries: readonly SourceEntry[],
  source: EntrySource,
  cache: InventoryCache | undefined,
): Promise<Taken> {
  const keyOf = ({ path, language, blob = "" }: SourceEntry) => cacheKey({ path, language, blob });
  const results = new Map<string, Inspected>();
  const unknown: SourceEntry[] = [];
  for (const entry of entries) {
    const json = cache?.get(keyOf(entry));
    if (json === undefined) unknown.push(entry);
    else results.set(entry.path, { kind: "inspected", json, ms: 0 });
  }
  await readAhead(unknown, source, (entry, bytes) => {
    const result = inspectEntry(entry, bytes, source);
    results.set(entry.path, result);
    if (result.kind === "inspected") cache?.set(keyOf(entry), result.json);
  });
  cache?.save("all");
  return collect(entries.map(({ path }) => results.get(path)));
}
