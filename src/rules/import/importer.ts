/** What an importer is: one file for each upstream, from the text of its files to rows. No file system, no shipped table. */
import type { UsageKind } from "../../model/vocabulary.ts";

export interface UpstreamFile {
  /** Path inside the checkout. */
  readonly path: string;
  readonly text: string;
}

/** One name as an upstream has it. */
export interface UpstreamRow {
  readonly symbol: string;
  /** Where the catalog should hold the name if it does not know it yet. */
  readonly family: string;
  readonly kind: UsageKind;
  /** The target's name for it; absent: the upstream knows none. */
  readonly counterpart?: string;
  /** Other names that answer it as well, such as another flavour of the library. */
  readonly also?: readonly string[];
  /** Since and until when it exists, as tables write it. */
  readonly versions: string;
  /** The upstream's file. */
  readonly path: string;
}

export interface Importer {
  readonly id: string;
  /** `owner/name` of the upstream, as evidence names it. */
  readonly repository: string;
  readonly target: string;
  /** Globs of the files to read. */
  readonly files: readonly string[];
  readonly parse: (files: readonly UpstreamFile[]) => UpstreamRow[];
}
