/** Short, stable names for usages and kernels. */
import { shortHash } from "../model/shortHash.ts";

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
