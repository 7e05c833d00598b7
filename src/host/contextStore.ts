/** Keeps what a gate knows of a base revision between runs. */
import type { BaseContext } from "../compare/context.ts";
import { type JsonStore, jsonStore, keyOf } from "./jsonStore.ts";

/** Raised when the shape or the meaning of a context changes. */
const FORMAT = 3;
/** Contexts kept per repository. */
const MOST_CONTEXTS = 16;

export type ContextStore = Pick<JsonStore<BaseContext>, "get" | "set">;

export const NO_STORE: ContextStore = { get: () => undefined, set: () => {} };

export function contextKey(parts: readonly unknown[]): string {
  return keyOf([FORMAT, ...parts]);
}

function isContext(value: unknown): value is BaseContext {
  const { lenders, tallies, signals } = (value ?? {}) as Partial<BaseContext>;
  return Array.isArray(lenders?.files) && Array.isArray(signals) && typeof tallies === "object";
}

/** Beside the inventories' cache, a folder for each repository. */
export function contextStore(base: string, root: string): ContextStore {
  return jsonStore({ base, owner: "gate", root, isValue: isContext, most: MOST_CONTEXTS });
}
