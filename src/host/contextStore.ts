/** Keeps what a gate knows of a base revision between runs. A cache: whatever goes wrong, it is as if it were empty. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BaseContext } from "../compare/context.ts";

/** Raised when the shape or the meaning of a context changes. */
const FORMAT = 3;

export interface ContextStore {
  readonly get: (key: string) => BaseContext | undefined;
  readonly set: (key: string, context: BaseContext) => void;
}

export const NO_STORE: ContextStore = { get: () => undefined, set: () => {} };

/** Everything that a context hangs on, as one short name. */
export function contextKey(parts: readonly unknown[]): string {
  return createHash("sha256")
    .update(JSON.stringify([FORMAT, ...parts]))
    .digest("hex")
    .slice(0, 32);
}

function isContext(value: unknown): value is BaseContext {
  const { lenders, tallies, signals } = (value ?? {}) as Partial<BaseContext>;
  return Array.isArray(lenders?.files) && Array.isArray(signals) && typeof tallies === "object";
}

/** Contexts kept per repository; the oldest go first. */
const MOST_CONTEXTS = 16;

function dropOldest(folder: string): void {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  if (files.length <= MOST_CONTEXTS) return;
  const dated = files
    .map((name) => ({ name, age: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.age - a.age);
  for (const { name } of dated.slice(MOST_CONTEXTS)) rmSync(join(folder, name), { force: true });
}

/** Beside the inventories' cache, a folder for each repository. */
export function contextStore(base: string, root: string): ContextStore {
  const folder = join(base, `gate-${createHash("sha1").update(root).digest("hex").slice(0, 16)}`);
  const fileOf = (key: string) => join(folder, `${key}.json`);
  return {
    get: (key) => {
      try {
        const value: unknown = JSON.parse(readFileSync(fileOf(key), "utf8"));
        return isContext(value) ? value : undefined;
      } catch {
        return undefined;
      }
    },
    set: (key, context) => {
      try {
        mkdirSync(folder, { recursive: true });
        const partial = `${fileOf(key)}.${process.pid}.partial`;
        writeFileSync(partial, JSON.stringify(context));
        renameSync(partial, fileOf(key));
        dropOldest(folder);
      } catch {
        // A read-only or full disk costs time, not results.
      }
    },
  };
}
