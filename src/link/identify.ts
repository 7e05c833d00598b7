/** Short, stable names for usages and kernels. */

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

/**
 * Hands out ids of at most 12 characters: a letter and a hash of `parts` and their ordinal among equals.
 * Two different inputs that meet in one id get the next ordinal, so ids are unique whatever happens.
 */
export class IdSource {
  readonly #prefix: string;
  readonly #ordinals = new Map<string, number>();
  readonly #taken = new Set<string>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  next(key: string): string {
    let ordinal = this.#ordinals.get(key) ?? 0;
    let id = this.#prefix + shortHash(ordinal === 0 ? key : `${key}\0${ordinal}`);
    ordinal += 1;
    while (this.#taken.has(id)) {
      id = this.#prefix + shortHash(`${key}\0${ordinal}`);
      ordinal += 1;
    }
    this.#ordinals.set(key, ordinal);
    this.#taken.add(id);
    return id;
  }
}
