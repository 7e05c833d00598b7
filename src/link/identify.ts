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
  readonly #ordinals = new Map<string, number>();
  #path: HashState = absorb("");

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Begins a file. Each file must come once. */
  open(path: string): void {
    this.#path = absorb(`${path}\0`);
    this.#ordinals.clear();
  }

  next(name: string): string {
    let ordinal = this.#ordinals.get(name) ?? 0;
    let id = this.#idOf(ordinal === 0 ? name : `${name}\0${ordinal}`);
    ordinal += 1;
    while (this.#taken.has(id)) {
      id = this.#idOf(`${name}\0${ordinal}`);
      ordinal += 1;
    }
    this.#ordinals.set(name, ordinal);
    this.#taken.add(id);
    return id;
  }

  #idOf(name: string): string {
    return this.#prefix + hashText(absorb(name, this.#path));
  }
}
