/** Names of Python that reach a file through another module of the project. */
import type { FileInventory, FileUsage } from "../model/inventory.ts";

/** Folders that hold the packages of a project without being packages. */
const SOURCE_ROOTS = ["", "src.", "python.", "lib."];
/** Longer chains of re-exports are cycles. */
const LONGEST_CHAIN = 12;

type Api = Pick<FileUsage, "symbol" | "family" | "kind">;

/** A name that a module hands on: what the catalog knows of it, or the next name of the chain. */
interface Step {
  readonly api?: Api;
  readonly name: string;
  readonly folder: string;
}

function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join(".");
}

type ResolveReferences = (path: string, references: readonly FileUsage[]) => FileUsage[];

/** Makes usages of those references that end at a name of the catalog. */
export function reexportResolver(files: readonly FileInventory[]): ResolveReferences {
  const modules = new Map<string, FileInventory>();
  for (const file of files) if (file.exports) modules.set(file.exports.module, file);

  /** The module that begins the dotted path, and the step from it. */
  const stepFrom = (dotted: string): Step | undefined => {
    for (let dot = dotted.lastIndexOf("."); dot > 0; dot = dotted.lastIndexOf(".", dot - 1)) {
      const module = modules.get(dotted.slice(0, dot));
      if (!module?.exports) continue;
      const [local = "", ...rest] = dotted.slice(dot + 1).split(".");
      if (!Object.hasOwn(module.exports.names, local)) return undefined;
      const name = [module.exports.names[local], ...rest].join(".");
      const api = Object.hasOwn(module.exports.apis, name) ? module.exports.apis[name] : undefined;
      return { name, folder: folderOf(module.path), ...(api ? { api } : {}) };
    }
    return undefined;
  };

  const step = (name: string, folder: string): Step | undefined => {
    if (name.startsWith(".")) return stepFrom(name.slice(1));
    for (let around = folder; around !== ""; around = around.slice(0, Math.max(0, around.lastIndexOf(".")))) {
      const found = stepFrom(`${around}.${name}`);
      if (found) return found;
    }
    for (const root of SOURCE_ROOTS) {
      const found = stepFrom(root + name);
      if (found) return found;
    }
    return undefined;
  };

  const known = new Map<string, Api | undefined>();
  const resolve = (name: string, folder: string): Api | undefined => {
    const key = `${folder}\0${name}`;
    if (known.has(key)) return known.get(key);
    let at = step(name, folder);
    for (let length = 0; at && !at.api && length < LONGEST_CHAIN; length++) at = step(at.name, at.folder);
    known.set(key, at?.api);
    return at?.api;
  };

  return (path, references) => {
    if (references.length === 0 || modules.size === 0) return [];
    const folder = folderOf(path);
    return references.flatMap((reference) => {
      const api = resolve(reference.symbol, folder);
      if (!api) return [];
      return { ...reference, ...api, kind: api.kind === "op" ? api.kind : reference.kind };
    });
  };
}
