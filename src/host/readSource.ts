import { readFileSync, statSync } from "node:fs";
import type { FileRef } from "../discover/discover.ts";
import type { SourceFile } from "../extract/source.ts";
import type { Diagnostic } from "../model/inventory.ts";
import { decode } from "./decode.ts";

/** Larger files are data or generated; the largest hand-written CUDA source seen in public trees is under 3 MB. */
const MAX_BYTES = 32 * 1024 * 1024;

/** A file that could not be read: why it is skipped, and what the report says about it. */
export interface Unread {
  readonly path: string;
  readonly reason: string;
  readonly diagnostic?: Diagnostic;
}

export type ReadResult =
  | { readonly kind: "read"; readonly file: SourceFile; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "unread"; readonly unread: Unread };

function unread(path: string, code: string, message: string): ReadResult {
  return { kind: "unread", unread: { path, reason: code, diagnostic: { path, code, message } } };
}

function readProblem(path: string, error: unknown): ReadResult {
  const { code = "unknown error" } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return unread(path, "vanished", "the file was there when the scan began and is gone");
  return unread(path, "unreadable", `cannot be read (${code})`);
}

/** A file's bytes as source text. */
export function sourceOf(ref: Pick<FileRef, "path" | "language">, bytes: Buffer): ReadResult {
  const { path, language } = ref;
  if (bytes.length > MAX_BYTES) {
    return unread(path, "too-large", `${bytes.length} bytes; files over ${MAX_BYTES} are not read`);
  }
  const decoded = decode(bytes);
  // Binary content under a source file's name is not source: nothing is lost, so no diagnostic, but it is listed.
  if (!decoded) return { kind: "unread", unread: { path, reason: "binary" } };
  const diagnostics = decoded.encoding
    ? [{ path, code: "encoding", message: `not UTF-8; read as ${decoded.encoding}` }]
    : [];
  return { kind: "read", file: { path, language, text: decoded.text, bytes: bytes.length }, diagnostics };
}

/** Reads one file from disk. Never throws on what the disk holds. */
export function readSource(ref: FileRef): ReadResult {
  try {
    const { size } = statSync(ref.absolute);
    if (size > MAX_BYTES) return sourceTooLarge(ref.path, size);
    return sourceOf(ref, readFileSync(ref.absolute));
  } catch (error) {
    return readProblem(ref.path, error);
  }
}

function sourceTooLarge(path: string, size: number): ReadResult {
  return unread(path, "too-large", `${size} bytes; files over ${MAX_BYTES} are not read`);
}
