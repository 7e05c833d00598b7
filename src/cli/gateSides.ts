/** Reads what a gate compares: changed files of both revisions, and the whole base when the answer hangs on it. */
import ignore from "ignore";
import { type BaseContext, baseContext } from "../compare/context.ts";
import { languageOf } from "../discover/language.ts";
import { findingsOf, type GateInput, type GateRequest } from "../gate.ts";
import { defaultCacheDir, type InventoryCache } from "../host/cache.ts";
import { contextKey, contextStore, NO_STORE } from "../host/contextStore.ts";
import type { Repository } from "../host/git.ts";
import type { BlobReader } from "../host/gitBlobs.ts";
import { changesBetween, type Entry, listTree } from "../host/gitChanges.ts";
import { type EntrySource, readChanged, readRevision, type SourceEntry } from "../host/readEntries.ts";
import type { GateNotice } from "../model/gate.ts";
import type { Knowledge, Scan } from "../pipeline.ts";
import { linkProject } from "../project.ts";
import { cacheFor } from "./cacheFlags.ts";
import type { Revisions } from "./gateRevisions.ts";
import type { InventoryFlags } from "./scanOptions.ts";

type Filter = (entries: readonly Entry[]) => SourceEntry[];

/** What a scan would read of these, by name. */
export function sourceFilter({ include, exclude }: Scan["discover"]): Filter {
  const included = include.length > 0 ? ignore().add([...include]) : undefined;
  const excluded = ignore().add([...exclude]);
  return (entries) =>
    entries.flatMap((entry) => {
      const language = languageOf(entry.path);
      if (language === undefined || excluded.ignores(entry.path)) return [];
      if (included && !included.ignores(entry.path)) return [];
      return [{ ...entry, language }];
    });
}

export interface Reading {
  readonly repository: Repository;
  readonly revisions: Revisions;
  readonly discover: Scan["discover"];
  readonly flags: InventoryFlags;
  readonly blobs: BlobReader;
}

function movedSubmodules(paths: readonly string[]): GateNotice[] {
  return paths.map((path) => ({
    code: "submodule-moved",
    message: "submodule points to another commit; its code is third-party and was not compared",
    path,
  }));
}

/** Remembers the first answer. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

export async function readSides(reading: Reading, request: GateRequest, knowledge: Knowledge): Promise<GateInput> {
  const { repository, revisions, discover, blobs } = reading;
  const changes = changesBetween(repository, revisions.base.id, revisions.head);
  const filter = sourceFilter(discover);
  const source: EntrySource = { root: repository.root, blobs, catalog: () => knowledge.catalog };
  const before = filter(changes.before);
  const after = filter(changes.after);
  const cache = before.length + after.length > 0 ? cacheFor([repository.root], reading.flags) : undefined;
  const base = await readChanged(before, source, cache);
  const head = await readChanged(after, source, cache);
  cache?.save("all");
  return {
    base,
    head,
    submodules: changes.submodules,
    changedFiles: new Set([...before, ...after].map(({ path }) => path)).size,
    notices: [...revisions.notices, ...movedSubmodules(changes.submodules)],
    context: once(() => contextOf(reading, request, source, cache, knowledge)),
  };
}

/** From the store, else from the whole base revision: cached inventories by blob id, only the rest inspected. */
async function contextOf(
  { repository, revisions, discover, flags }: Reading,
  request: GateRequest,
  source: EntrySource,
  cache: InventoryCache | undefined,
  knowledge: Knowledge,
): Promise<BaseContext> {
  const { root } = repository;
  const store = flags.cache ? contextStore(flags.cacheDir ?? defaultCacheDir(), root) : NO_STORE;
  const { targets, assess, project } = request;
  const key = contextKey([
    knowledge.version,
    knowledge.ruleset,
    revisions.base.id,
    targets.map(({ target, minEvidence }) => [target.key, minEvidence]),
    [
      assess.minEvidence,
      assess.tests,
      assess.goal,
      project.vendored,
      project.vendoredGlobs,
      discover.include,
      discover.exclude,
    ],
  ]);
  const known = store.get(key);
  if (known) return known;
  const { files, submodules } = listTree(repository, revisions.base.id);
  const taken = await readRevision(sourceFilter(discover)(files), source, cache);
  const inventory = linkProject(taken, { skipped: [], submodules }, project);
  const findings = targets.map((each) => [each.target.key, findingsOf(inventory.usages, each, request, knowledge)]);
  const context = baseContext(taken.files, inventory, Object.fromEntries(findings), assess.tests);
  store.set(key, context);
  return context;
}
