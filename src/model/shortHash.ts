const OFFSET_A = 0x811c9dc5;
const OFFSET_B = 0xcbf29ce4;

/**
 * 53 bits from two independent multiplicative hashes (FNV-1a primes), as base 36.
 * Not cryptographic: ids only need to be short, stable across runs and unlikely to meet (checked by `link`).
 */
export function shortHash(text: string): string {
  let a = OFFSET_A;
  let b = OFFSET_B;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
  }
  a = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d);
  b = Math.imul(b ^ (b >>> 16), 0x297a2d39);
  return ((a >>> 0) * 0x200000 + ((b ^ (b >>> 15)) & 0x1fffff)).toString(36);
}
