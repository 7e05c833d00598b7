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

/** 53 bits as base 36. */
export function hashText({ a, b }: HashState): string {
  const high = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d);
  const low = Math.imul(b ^ (b >>> 16), 0x297a2d39);
  return ((high >>> 0) * 0x200000 + ((low ^ (low >>> 15)) & 0x1fffff)).toString(36);
}

/**
 * 53 bits from two independent multiplicative hashes (FNV-1a primes), as base 36.
 * Not cryptographic: ids only need to be short, stable across runs and unlikely to meet (checked by `link`).
 */
export function shortHash(text: string): string {
  return hashText(absorb(text));
}
