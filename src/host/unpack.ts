/** What readers answered, turned into what `link` takes. */
import type { Diagnostic, FileInventory, FileUsage, Inventory } from "../model/inventory.ts";
import type { Inspected } from "./inspectRef.ts";
import type { Unread } from "./readSource.ts";

/** What reading and inspecting a list of files gave. Order is that of the list. */
export interface Taken {
  readonly files: readonly FileInventory[];
  readonly skipped: Inventory["skipped"];
  readonly diagnostics: readonly Diagnostic[];
}

export type Unpacked =
  | { readonly kind: "inventory"; readonly inventory: FileInventory }
  | { readonly kind: "unread"; readonly unread: Unread };

/** `JSON.parse` makes each text anew; a project's usages share few symbols, families and scopes. */
export type Interned = (text: string) => string;

export function interned(): Interned {
  const known = new Map<string, string>();
  return (text) => {
    const first = known.get(text);
    if (first === undefined) known.set(text, text);
    return first ?? text;
  };
}

type Fresh<T> = { -readonly [Key in keyof T]: T[Key] };

function shareTexts(usage: Fresh<FileUsage>, one: Interned): void {
  usage.kind = one(usage.kind) as FileUsage["kind"];
  usage.symbol = one(usage.symbol);
  usage.family = one(usage.family);
  if (usage.scope !== undefined) usage.scope = one(usage.scope);
  if (usage.guard !== undefined) usage.guard = one(usage.guard);
}

/** One file's answer as objects; its JSON can be forgotten. */
export function unpack(result: Inspected, one: Interned): Unpacked {
  if (result.kind === "unread") return result;
  const inventory = JSON.parse(result.json) as FileInventory;
  for (const usage of inventory.usages) shareTexts(usage, one);
  for (const usage of inventory.references ?? []) shareTexts(usage, one);
  return { kind: "inventory", inventory };
}

export function gather(results: readonly (Unpacked | undefined)[]): Taken {
  const files: FileInventory[] = [];
  const skipped: { path: string; reason: string }[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const result of results) {
    if (result?.kind === "inventory") files.push(result.inventory);
    if (result?.kind !== "unread") continue;
    const { path, reason, diagnostic } = result.unread;
    skipped.push({ path, reason });
    if (diagnostic) diagnostics.push(diagnostic);
  }
  return { files, skipped, diagnostics };
}

/** All answers at once. */
export function collect(results: readonly (Inspected | undefined)[]): Taken {
  const one = interned();
  return gather(results.map((result) => result && unpack(result, one)));
}
