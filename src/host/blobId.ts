import { createHash } from "node:crypto";

/**
 * Git's own id of a file's content. Scan and gate share one cache because both name content this way: the gate reads
 * ids from git's trees without opening a blob.
 */
export function blobId(bytes: Buffer): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
