import type { Language } from "../model/vocabulary.ts";

/** One file's text, decoded, with `\n` or `\r\n` line ends as they stand. */
export interface SourceFile {
  /** POSIX, relative to the scanned root. */
  readonly path: string;
  readonly language: Language;
  readonly text: string;
  /** Size on disk. */
  readonly bytes: number;
}
