/** Bytes to text, whatever editor wrote them. */

export interface Decoded {
  readonly text: string;
  /** The encoding when it is not UTF-8: worth a diagnostic. */
  readonly encoding?: "utf-16le" | "utf-16be" | "windows-1252";
}

/** How far binary content is looked for: as git does. */
const SNIFFED_BYTES = 8000;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** UTF-16 with or without a byte order mark: every second byte of ASCII text is zero. */
function utf16Of(bytes: Buffer): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (!bytes.subarray(0, SNIFFED_BYTES).includes(0)) return undefined;
  const sniffed = Math.min(bytes.length, SNIFFED_BYTES) & ~1;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < sniffed; i += 2) {
    if (bytes[i] === 0) even += 1;
    if (bytes[i + 1] === 0) odd += 1;
  }
  const most = sniffed * 0.4;
  if (sniffed >= 8 && odd >= most && even === 0) return "utf-16le";
  if (sniffed >= 8 && even >= most && odd === 0) return "utf-16be";
  return undefined;
}

/** Text of a file's bytes; undefined when they are binary. Never throws. */
export function decode(bytes: Buffer): Decoded | undefined {
  const wide = utf16Of(bytes);
  if (wide) return { text: new TextDecoder(wide).decode(bytes), encoding: wide };
  if (bytes.subarray(0, SNIFFED_BYTES).includes(0)) return undefined;
  try {
    return { text: utf8.decode(bytes) };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" };
  }
}
