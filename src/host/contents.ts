/**
 * What files hold, named by git's id of the content. A file whose size, times and inode are those of an earlier run is
 * not read again, as git does with its index; a file that a fresh checkout wrote anew is read and hashed.
 */
import { createHash } from "node:crypto";
import { type Stats, statSync } from "node:fs";
import type { FileRef } from "../discover/discover.ts";
import { blobId } from "./blobId.ts";
import type { Inspected } from "./inspectRef.ts";
import { type JsonStore, jsonStore } from "./jsonStore.ts";
import { readBytes, type Unread } from "./readSource.ts";

/** A file's content: git's id of it, or why it could not be read. */
export type Content =
  | { readonly kind: "blob"; readonly blob: string }
  | { readonly kind: "unread"; readonly unread: Unread };

/** By path: `FINGERPRINT BLOB`. */
type Known = Readonly<Record<string, string>>;

/** A file from outside. */
interface Look {
  readonly bytes: number;
  /** Undefined: a later change could look the same. */
  readonly fingerprint?: string;
}

const KEY = "contents";
/** A file may change twice within one tick of its file system's clock (two seconds on FAT): younger ones are read again. */
const SETTLED_MS = 2000;

export class Contents {
  readonly #store: Pick<JsonStore<Known>, "get" | "set"> | undefined;
  /** Undefined: no earlier run has left anything. */
  readonly #known: ReadonlyMap<string, string> | undefined;
  readonly #looks = new Map<string, Look>();
  readonly #ids = new Map<string, Content>();
  #read = 0;

  /** Looks at all files, before any is read: what changes later is then seen as changed by the next run. */
  constructor(refs: readonly FileRef[], store?: Pick<JsonStore<Known>, "get" | "set">, now = Date.now()) {
    this.#store = store;
    const known = store?.get(KEY);
    this.#known = known && new Map(Object.entries(known));
    const settled = now - SETTLED_MS;
    for (const { path, absolute } of refs) this.#looks.set(path, lookAt(absolute, settled));
  }

  /** True when no earlier run has left anything. */
  get isEmpty(): boolean {
    return this.#known === undefined;
  }

  /** Files that had to be read and hashed. */
  get read(): number {
    return this.#read;
  }

  bytesOf({ path }: FileRef): number {
    return this.#looks.get(path)?.bytes ?? 0;
  }

  of(ref: FileRef): Content {
    const told = this.#ids.get(ref.path);
    if (told) return told;
    const content = this.#remembered(ref) ?? this.#readAndHashed(ref);
    this.#ids.set(ref.path, content);
    return content;
  }

  /** What somebody who has read the file found. */
  learn({ path }: FileRef, result: Inspected): void {
    if (result.blob !== undefined) this.#ids.set(path, { kind: "blob", blob: result.blob });
    else if (result.kind === "unread") this.#ids.set(path, result);
  }

  /** One name for all of these files: their paths, languages and contents. */
  treeOf(refs: readonly FileRef[]): string {
    const hash = createHash("sha256");
    const lines = refs.map((ref) => `${ref.path}\0${ref.language}\0${nameOf(this.of(ref))}\n`);
    return hash.update(lines.join("")).digest("hex");
  }

  save(): void {
    const known: Record<string, string> = {};
    let isNew = this.isEmpty;
    for (const [path, content] of this.#ids) {
      const fingerprint = this.#looks.get(path)?.fingerprint;
      if (content.kind !== "blob" || fingerprint === undefined) continue;
      known[path] = `${fingerprint} ${content.blob}`;
      isNew ||= this.#known?.get(path) !== known[path];
    }
    if (isNew) this.#store?.set(KEY, known);
  }

  #remembered({ path }: FileRef): Content | undefined {
    const fingerprint = this.#looks.get(path)?.fingerprint;
    const known = this.#known?.get(path);
    if (fingerprint === undefined || !known?.startsWith(`${fingerprint} `)) return undefined;
    return { kind: "blob", blob: known.slice(fingerprint.length + 1) };
  }

  #readAndHashed(ref: FileRef): Content {
    const found = readBytes(ref);
    if (found.kind === "unread") return found;
    this.#read += 1;
    return { kind: "blob", blob: blobId(found.bytes) };
  }
}

function lookAt(absolute: string, settled: number): Look {
  const stats = statsOf(absolute);
  if (!stats) return { bytes: 0 };
  const { size, mtimeMs, ctimeMs, ino } = stats;
  if (Math.max(mtimeMs, ctimeMs) > settled) return { bytes: size };
  return { bytes: size, fingerprint: `${size} ${mtimeMs} ${ctimeMs} ${ino}` };
}

function statsOf(absolute: string): Stats | undefined {
  try {
    return statSync(absolute, { throwIfNoEntry: false });
  } catch {
    // Who reads it will say why it cannot be read.
    return undefined;
  }
}

function nameOf(content: Content): string {
  return content.kind === "blob"
    ? content.blob
    : `${content.unread.reason} ${content.unread.diagnostic?.message ?? ""}`;
}

function isKnown(value: unknown): value is Known {
  return typeof value === "object" && value !== null && Object.values(value).every((each) => typeof each === "string");
}

/** The contents of these files, with what earlier runs over the same root have seen. */
export function contentsOf(refs: readonly FileRef[], base: string, root: string): Contents {
  return new Contents(refs, jsonStore({ base, owner: "files", root, isValue: isKnown, most: 1 }));
}
