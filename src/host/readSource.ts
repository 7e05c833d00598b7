import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
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

interface NotRead {
  readonly kind: "unread";
  readonly unread: Unread;
}

type Source =
  | { readonly kind: "read"; readonly file: SourceFile; readonly diagnostics: readonly Diagnostic[] }
  | NotRead;

function unread(path: string, code: string, message: string): NotRead {
  return { kind: "unread", unread: { path, reason: code, diagnostic: { path, code, message } } };
}

/** A file's bytes as source text. */
export function sourceOf({ path, language }: Pick<FileRef, "path" | "language">, bytes: Buffer): Source {
  if (bytes.length > MAX_BYTES) return tooLarge(path, bytes.length);
  const decoded = decode(bytes);
  // Binary content under a source file's name is not source: nothing is lost, so no diagnostic, but it is listed.
  if (!decoded) return { kind: "unread", unread: { path, reason: "binary" } };
  const diagnostics = decoded.encoding
    ? [{ path, code: "encoding", message: `not UTF-8; read as ${decoded.encoding}` }]
    : [];
  return { kind: "read", file: { path, language, text: decoded.text, bytes: bytes.length }, diagnostics };
}

/** A named pipe must not hold up a scan until somebody writes into it. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Reads one file from disk. Never throws on what the disk holds. */
export function readBytes({ path, absolute }: FileRef): { readonly kind: "bytes"; readonly bytes: Buffer } | NotRead {
  try {
    const descriptor = openSync(absolute, FLAGS);
    try {
      const found = fstatSync(descriptor);
      if (!found.isFile()) return { kind: "unread", unread: { path, reason: "not-a-file" } };
      if (found.size > MAX_BYTES) return tooLarge(path, found.size);
      return { kind: "bytes", bytes: readAll(descriptor, found.size) };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    // Names are text here: bytes that are not UTF-8 have become U+FFFD, and that file does not exist.
    if (code === "ENOENT" && path.includes("\ufffd")) return unread(path, "unreadable", "its name is not UTF-8");
    return code === "ENOENT"
      ? unread(path, "vanished", "the file was there when the scan began and is gone")
      : unread(path, "unreadable", `cannot be read (${code})`);
  }
}

/** The first `size` bytes: a file that grows while it is read is taken as it was. */
function readAll(descriptor: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const read = readSync(descriptor, bytes, filled, size - filled, null);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}

function tooLarge(path: string, bytes: number): NotRead {
  return unread(path, "too-large", `${bytes} bytes; files over ${MAX_BYTES} are not read`);
}
