/**
 * What a scan leaves behind, remembered by everything that it hangs on: the same tree, asked the same, gets the same
 * answer without being read. The digest names the files' contents, the question, the rules and the code of this tool.
 */
import type { Discovered } from "../discover/discover.ts";
import type { Contents } from "../host/contents.ts";
import { type JsonStore, jsonStore, keyOf } from "../host/jsonStore.ts";
import { rulesIndex } from "../rules/load.ts";
import { cacheBase, cacheRoot, contentsFor } from "./cacheFlags.ts";
import type { Conclusion } from "./conclusion.ts";
import type { InventoryFlags } from "./scanOptions.ts";

export interface Outcome extends Conclusion {
  /** One for each destination. */
  readonly texts: readonly string[];
}

export interface OutcomeMemory {
  /** Where it is kept. */
  readonly folder: string;
  /** What the files hold, as far as it is known. */
  readonly contents: Contents;
  /** What an earlier run left for this tree and question. Reads those files of which nothing is known. */
  readonly recall: () => Outcome | undefined;
  readonly remember: (outcome: Outcome) => void;
}

const MOST_OUTCOMES = 8;
/** Larger reports are made anew: writing them costs more than it saves. In characters. */
const MAX_LENGTH = 8 * 1024 * 1024;

function isOutcome(value: unknown): value is Outcome {
  const { texts, notes, exit } = (value ?? {}) as Partial<Outcome>;
  return Array.isArray(texts) && Array.isArray(notes) && typeof exit === "number";
}

/**
 * The memory of these roots; undefined when the user wants no cache.
 * @param found the files of the scan, and what was seen beside them
 * @param question everything else that the outcome hangs on, as plain data
 */
export function memoryFor(
  roots: readonly string[],
  flags: Pick<InventoryFlags, "cache" | "cacheDir">,
  found: Discovered,
  question: unknown,
): OutcomeMemory | undefined {
  const contents = contentsFor(roots, found.files, flags);
  if (!contents) return undefined;
  const store: JsonStore<Outcome> = jsonStore({
    base: cacheBase(flags),
    owner: "scan",
    root: cacheRoot(roots),
    isValue: isOutcome,
    most: MOST_OUTCOMES,
  });
  const { files, ...beside } = found;
  const key = () => keyOf([rulesIndex().tool, question, beside, contents.treeOf(files)]);
  return {
    folder: store.folder,
    contents,
    recall: () => (contents.isEmpty ? undefined : store.get(key())),
    remember: (outcome) => store.set(key(), outcome),
  };
}

/** Passes pieces on, and gives the whole to `keep` in the end, unless it is too long to be worth it. */
export function* keeping(pieces: Iterable<string>, keep: (text: string) => void): Generator<string> {
  const kept: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    length += piece.length;
    if (length <= MAX_LENGTH) kept.push(piece);
    yield piece;
  }
  if (length <= MAX_LENGTH) keep(kept.join(""));
}
