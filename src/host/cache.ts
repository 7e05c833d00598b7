/**
 * Cache of per-file inventories, by content. A project's folder holds packs of lines `key TAB crc TAB json`; a run
 * reads all packs and writes one of its own by rename, so concurrent runs and kills leave whole packs or nothing.
 * A line that is damaged fails its checksum and is a miss. Nothing here can fail a scan: without a cache it is slower.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
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
  readonly #folder: string;
  readonly #lines = new Map<string, Buffer>();
  readonly #packs: string[] = [];
  readonly #used = new Map<string, string>();
  #hits = 0;
  #misses = 0;
  #fresh = 0;

  /**
   * @param base where caches are kept
   * @param root absolute path of the scanned root: one folder each
   * @param version digest of everything that decides what a file's inventory is: reader code and catalog
   */
  constructor(base: string, root: string, version: string) {
    this.#base = base;
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
      this.#misses += 1;
      return undefined;
    }
    this.#hits += 1;
    this.#used.set(key, json);
    return json;
  }

  set(key: string, json: string): void {
    this.#used.set(key, json);
    this.#fresh += 1;
  }

  /**
   * Writes what is new; when many packs have gathered, one pack replaces them. A scan sees the whole project, so what it
   * did not use is old and goes; a gate sees a few files, so it keeps `all`.
   */
  save(kept: "used" | "all" = "used"): void {
    try {
      const merge = this.#packs.length >= MAX_PACKS;
      if (merge && kept === "all") this.#keepAll();
      if (this.#fresh > 0 || merge) this.#write(merge);
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
      const json = this.#used.has(key) ? undefined : checked(line);
      if (json !== undefined) this.#used.set(key, json);
    }
  }

  #write(merge: boolean): void {
    mkdirSync(this.#folder, { recursive: true });
    const lines: string[] = [];
    for (const [key, json] of this.#used) {
      if (merge || !this.#lines.has(key)) lines.push(`${key}\t${crc32(json).toString(36)}\t${json}\n`);
    }
    const name = randomUUID();
    const partial = join(this.#folder, `${name}.partial`);
    writeFileSync(partial, lines.join(""));
    renameSync(partial, join(this.#folder, `${name}.pack`));
    if (merge) for (const pack of this.#packs) rmSync(join(this.#folder, pack), { force: true });
    prune(this.#base, this.#folder);
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
      if (tab > start && tab < end) this.#lines.set(pack.toString("latin1", start, tab), pack.subarray(tab + 1, end));
      start = end + 1;
    }
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

/** Removes the projects that were not used for longest until the whole fits. */
function prune(base: string, keep: string): void {
  const projects = filesIn(base).map((name) => {
    const folder = join(base, name);
    const bytes = filesIn(folder).reduce((sum, file) => sum + (statSync(join(folder, file)).size ?? 0), 0);
    return { folder, bytes, used: modified(folder) };
  });
  let total = projects.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { folder, bytes } of projects.sort((a, b) => a.used - b.used)) {
    if (total <= MAX_TOTAL_BYTES) return;
    if (folder === keep) continue;
    rmSync(folder, { recursive: true, force: true });
    total -= bytes;
  }
}
