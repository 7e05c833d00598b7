/**
 * Identifiers as one string each, across all files of a run: a code base repeats a few thousand words millions of
 * times, and every detector asks for their text. Found by a hash that the lexer computes while it reads the word.
 */

const FIRST_SLOTS = 1 << 14;
/** More distinct words than this begin a new table: they come from generated code and will not be met again. */
const MOST_WORDS = 200_000;

export const HASH_START = 0x811c9dc5 | 0;
export const hashNext = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);

class WordTable {
  /** Text by word; 0 is no word. */
  readonly texts: string[] = [""];
  #slots = new Int32Array(FIRST_SLOTS);
  #hashes = new Int32Array(FIRST_SLOTS);

  /** The word that stands at `start` … `end` of a text. */
  at(text: string, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const word = this.#slots[slot] as number;
      if (word === 0) return this.#add(slot, text.slice(start, end), hash);
      if (this.#hashes[slot] !== hash) continue;
      const known = this.texts[word] as string;
      if (known.length === end - start && text.startsWith(known, start)) return word;
    }
  }

  #add(slot: number, slice: string, hash: number): number {
    // A slice keeps the file's whole text in memory; a property name is a string of its own, and compares by pointer.
    const [own = ""] = Object.keys({ [slice]: 0 });
    const word = this.texts.push(own) - 1;
    this.#slots[slot] = word;
    this.#hashes[slot] = hash;
    if (word * 2 > this.#slots.length) this.#grow();
    return word;
  }

  #grow(): void {
    const [slots, hashes] = [this.#slots, this.#hashes];
    this.#slots = new Int32Array(slots.length * 2);
    this.#hashes = new Int32Array(slots.length * 2);
    const mask = this.#slots.length - 1;
    slots.forEach((word, old) => {
      if (word === 0) return;
      const hash = hashes[old] as number;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = word;
      this.#hashes[slot] = hash;
    });
  }
}

export type Words = Pick<WordTable, "texts" | "at">;

let words = new WordTable();

/** The table for a file that is about to be read. */
export function currentWords(): Words {
  if (words.texts.length > MOST_WORDS) words = new WordTable();
  return words;
}

/** The word of a text that does not stand in the file as it is: one with a line splice. */
export function wordOf(text: string, table: Words): number {
  let hash = HASH_START;
  for (let at = 0; at < text.length; at++) hash = hashNext(hash, text.charCodeAt(at));
  return table.at(text, 0, text.length, hash);
}
