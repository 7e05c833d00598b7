/** Short, stable names for usages and kernels. */
import { absorb, type HashState, hashText } from "../model/shortHash.ts";

/**
 * Hands out ids of at most 12 characters: a letter and a hash of path, name and their ordinal among equals.
 * Two different inputs that meet in one id get the next ordinal, so ids are unique whatever happens.
 */
export class IdSource {
  readonly #prefix: string;
  readonly #taken = new Set<string>();
  /** Of the file that is open: names of different files cannot be equal. */
  readonly #known = new Map<string, { readonly hash: HashState; ordinal: number }>();
  #path: HashState = absorb("");

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Begins a file. Each file must come once. */
  open(path: string): void {
    this.#path = absorb(`${path}\0`);
    this.#known.clear();
  }

  next(name: string): string {
    let known = this.#known.get(name);
    if (!known) this.#known.set(name, (known = { hash: absorb(name, this.#path), ordinal: 0 }));
    for (;;) {
      const { hash, ordinal } = known;
      const id = this.#prefix + hashText(ordinal === 0 ? hash : absorb(`\0${ordinal}`, hash));
      known.ordinal += 1;
      if (this.#taken.has(id)) continue;
      this.#taken.add(id);
      return id;
    }
  }
}
