/** What two independent multiplicative hashes have seen so far. */
export interface HashState {
  readonly a: number;
  readonly b: number;
}

const START: HashState = { a: 0x811c9dc5, b: 0xcbf29ce4 };

/** Goes on hashing: what many names begin with is read once. */
export function absorb(text: string, { a, b }: HashState = START): HashState {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
  }
  return { a, b };
}

const RADIX = 36;
const CHUNK = RADIX ** 3;
/** All three-digit numbers; made when first needed. */
let chunks: string[] | undefined;

/** `value.toString(36)`, whose general algorithm for doubles takes longer than everything else about an id. */
function base36(value: number): string {
  if (value < CHUNK ** 3) return value.toString(RADIX);
  chunks ??= Array.from({ length: CHUNK }, (_, n) => n.toString(RADIX).padStart(3, "0"));
  const head = Math.floor(value / CHUNK ** 3);
  const rest = value - head * CHUNK ** 3;
  const first = Math.floor(rest / CHUNK ** 2);
  const last = rest - first * CHUNK ** 2;
  const second = Math.floor(last / CHUNK);
  const leading = head < RADIX ? (chunks[head] as string).slice(2) : (chunks[head] as string).slice(1);
  return leading + chunks[first] + chunks[second] + chunks[last - second * CHUNK];
}

/** 53 bits as base 36. */
export function hashText({ a, b }: HashState): string {
  const high = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d);
  const low = Math.imul(b ^ (b >>> 16), 0x297a2d39);
  return base36((high >>> 0) * 0x200000 + ((low ^ (low >>> 15)) & 0x1fffff));
}

/**
 * 53 bits from two independent multiplicative hashes (FNV-1a primes), as base 36.
 * Not cryptographic: ids only need to be short, stable across runs and unlikely to meet (checked by `link`).
 */
export function shortHash(text: string): string {
  return hashText(absorb(text));
}
