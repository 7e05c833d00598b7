/**
 * Cache of per-file inventories, by content. A project's folder holds packs of lines `key TAB crc TAB json`; a run
 * reads all packs and writes one of its own by rename, so concurrent runs and kills leave whole packs or nothing.
 * A line that is damaged fails its checksum and is a miss. Nothing here can fail a scan: without a cache it is slower.
 */
import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { Language } from "../model/vocabulary.ts";

/** All projects together; the longest unused go first. */
const MAX_TOTAL_BYTES = 512 * 1024 * 1024;
/** More packs than this are written again as one that holds what this run used. */
const MAX_PACKS = 6;
/** What a gate carries from pack to pack without having used it. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;
const ABANDONED_MS = 24 * 60 * 60 * 1000;
const PACK = /\.pack$/;
const PIECE_LENGTH = 1024 * 1024;
const LINE_END = Buffer.from("\n");

export interface CacheKeyParts {
  readonly path: string;
  readonly language: Language;
  /** Git's id of the content. */
  readonly blob: string;
}

/** Path and language are part of the key: a reader may look at both. */
export function cacheKey({ path, language, blob }: CacheKeyParts): string {
  return createHash("sha1").update(`${blob}\0${language}\0${path}`).digest("base64url");
}

export interface CacheUse {
  readonly folder: string;
  readonly hits: number;
  readonly misses: number;
  readonly packs: number;
}

export function defaultCacheDir(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "portgauge");
}

export class InventoryCache {
  readonly #base: string;
  readonly #maxBytes: number;
  readonly #folder: string;
  readonly #lines = new Map<string, Buffer>();
  readonly #packs: string[] = [];
  /** Keys that this run asked for and found, for when packs are merged. */
  readonly #used = new Set<string>();
  readonly #fresh = new Map<string, string>();
  #hits = 0;
  #misses = 0;

  /**
   * @param base where caches are kept
   * @param root absolute path of the scanned root: one folder each
   * @param version digest of everything that decides what a file's inventory is: reader code and catalog
   * @param maxBytes of all projects together
   */
  constructor(base: string, root: string, version: string, maxBytes = MAX_TOTAL_BYTES) {
    this.#base = base;
    this.#maxBytes = maxBytes;
    this.#folder = join(base, createHash("sha1").update(`${root}\0${version}`).digest("hex").slice(0, 20));
    this.#load();
  }

  /** True when nothing was cached for this root before. */
  get isEmpty(): boolean {
    return this.#lines.size === 0;
  }

  get use(): CacheUse {
    return { folder: this.#folder, hits: this.#hits, misses: this.#misses, packs: this.#packs.length };
  }

  /** The inventory's JSON, or undefined. */
  get(key: string): string | undefined {
    const line = this.#lines.get(key);
    const json = line && checked(line);
    if (json === undefined) {
      // A damaged line is forgotten, so that what is set instead is written.
      this.#lines.delete(key);
      this.#misses += 1;
      return undefined;
    }
    this.#hits += 1;
    this.#used.add(key);
    return json;
  }

  set(key: string, json: string): void {
    this.#fresh.set(key, json);
  }

  /**
   * Writes what is new; when many packs have gathered, one pack replaces them. A scan sees the whole project, so what it
   * did not use is old and goes; a gate sees a few files, so it keeps `all`.
   */
  save(kept: "used" | "all" = "used"): void {
    try {
      const merge = this.#packs.length >= MAX_PACKS;
      if (merge && kept === "all") this.#keepAll();
      if (this.#fresh.size > 0 || merge) this.#write(merge);
      else if (this.#packs.length > 0) touch(this.#folder);
    } catch {
      // A full or read-only disk costs the next run time, nothing else.
    }
  }

  #keepAll(): void {
    let room = MAX_KEPT_BYTES;
    for (const [key, line] of this.#lines) {
      room -= line.length;
      if (room < 0) return;
      if (checked(line) !== undefined) this.#used.add(key);
    }
  }

  #write(merge: boolean): void {
    mkdirSync(this.#folder, { recursive: true });
    const name = randomUUID();
    const partial = join(this.#folder, `${name}.partial`);
    const descriptor = openSync(partial, "wx");
    try {
      for (const piece of this.#pieces(merge)) writeFileSync(descriptor, piece);
    } finally {
      closeSync(descriptor);
    }
    renameSync(partial, join(this.#folder, `${name}.pack`));
    if (merge) for (const pack of this.#packs) rmSync(join(this.#folder, pack), { force: true });
    prune(this.#base, this.#folder, this.#maxBytes);
  }

  /** The new pack's text, in pieces: the whole may be as large as everything else that a scan holds. */
  *#pieces(merge: boolean): Generator<string | Buffer> {
    for (const key of merge ? this.#used : []) {
      const line = this.#lines.get(key);
      if (line && !this.#fresh.has(key)) yield Buffer.concat([Buffer.from(`${key}\t`), line, LINE_END]);
    }
    let piece = "";
    for (const [key, json] of this.#fresh) {
      piece += `${key}\t${crc32(json).toString(36)}\t${json}\n`;
      if (piece.length < PIECE_LENGTH) continue;
      yield piece;
      piece = "";
    }
    yield piece;
  }

  #load(): void {
    for (const name of filesIn(this.#folder)) {
      const file = join(this.#folder, name);
      if (PACK.test(name)) {
        this.#packs.push(name);
        this.#index(readOrEmpty(file));
      } else if (Date.now() - modified(file) > ABANDONED_MS) {
        rmSync(file, { force: true });
      }
    }
  }

  #index(pack: Buffer): void {
    let start = 0;
    while (start < pack.length) {
      const end = pack.indexOf(10, start);
      if (end < 0) return;
      const tab = pack.indexOf(9, start);
      if (tab > start && tab < end) this.#add(pack.toString("latin1", start, tab), pack.subarray(tab + 1, end));
      start = end + 1;
    }
  }

  /** A key stands in two packs when its first line was damaged: the good one counts, whichever comes first. */
  #add(key: string, line: Buffer): void {
    const known = this.#lines.get(key);
    if (known === undefined || checked(known) === undefined) this.#lines.set(key, line);
  }
}

/** `crc TAB json` to json, when the checksum fits. */
function checked(line: Buffer): string | undefined {
  const tab = line.indexOf(9);
  const json = line.subarray(tab + 1);
  return tab > 0 && crc32(json).toString(36) === line.toString("latin1", 0, tab) ? json.toString("utf8") : undefined;
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function readOrEmpty(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

function modified(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}

function touch(folder: string): void {
  const now = new Date();
  utimesSync(folder, now, now);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Removes the projects that were not used for longest until the whole fits. */
function prune(base: string, keep: string, most: number): void {
  const projects = filesIn(base).map((name) => {
    const folder = join(base, name);
    const bytes = filesIn(folder).reduce((sum, file) => sum + sizeOf(join(folder, file)), 0);
    return { folder, bytes, used: modified(folder) };
  });
  let total = projects.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { folder, bytes } of projects.sort((a, b) => a.used - b.used)) {
    if (total <= most) return;
    if (folder === keep) continue;
    rmSync(folder, { recursive: true, force: true });
    total -= bytes;
  }
}
