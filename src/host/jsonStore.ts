/**
 * Values kept between runs, one checked JSON file each. A cache: whatever goes wrong, it is as if it were empty. Files
 * are written whole by rename, so concurrent runs and kills leave a whole value or none.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";

/** What a killed run left is nobody's after this. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

export interface JsonStore<T> {
  /** The folder, for those who want to know where it is. */
  readonly folder: string;
  readonly get: (key: string) => T | undefined;
  readonly set: (key: string, value: T) => void;
}

interface StoreOptions<T> {
  /** Where caches are kept. */
  readonly base: string;
  /** Whose values these are. */
  readonly owner: string;
  /** Absolute path of what the values speak of: a folder each. */
  readonly root: string;
  readonly isValue: (value: unknown) => value is T;
  /** Values kept; the oldest go first. */
  readonly most: number;
}

/** Everything that a value hangs on, as one short name. */
export function keyOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

export function jsonStore<T>({ base, owner, root, isValue, most }: StoreOptions<T>): JsonStore<T> {
  const folder = join(base, `${owner}-${createHash("sha1").update(root).digest("hex").slice(0, 16)}`);
  const fileOf = (key: string) => join(folder, `${key}.json`);
  return {
    folder,
    get: (key) => {
      try {
        const value = parsed(readFileSync(fileOf(key)));
        return isValue(value) ? value : undefined;
      } catch {
        return undefined;
      }
    },
    set: (key, value) => {
      try {
        mkdirSync(folder, { recursive: true });
        const partial = `${fileOf(key)}.${process.pid}.partial`;
        const json = JSON.stringify(value);
        writeFileSync(partial, `${crc32(json).toString(36)}\t${json}`);
        renameSync(partial, fileOf(key));
        dropOldest(folder, most);
      } catch {
        // A read-only or full disk costs time, not results.
      }
    },
  };
}

/** `crc TAB json` to a value; undefined when the checksum does not fit. */
function parsed(bytes: Buffer): unknown {
  const tab = bytes.indexOf(9);
  const json = bytes.subarray(tab + 1);
  const isWhole = tab > 0 && crc32(json).toString(36) === bytes.toString("latin1", 0, tab);
  return isWhole ? JSON.parse(json.toString("utf8")) : undefined;
}

function dropOldest(folder: string, most: number): void {
  const dated = readdirSync(folder).map((name) => ({ name, time: statSync(join(folder, name)).mtimeMs }));
  const values = dated.filter(({ name }) => name.endsWith(".json")).sort((a, b) => b.time - a.time);
  const abandoned = dated.filter(({ name, time }) => !name.endsWith(".json") && Date.now() - time > ABANDONED_MS);
  for (const { name } of [...values.slice(most), ...abandoned]) rmSync(join(folder, name), { force: true });
}
