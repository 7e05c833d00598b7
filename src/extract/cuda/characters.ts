/** Characters of C, C++ and CUDA text: what each can begin, and line splices. */

export const NEWLINE = 10;
export const CARRIAGE_RETURN = 13;
export const QUOTE = 34;
export const APOSTROPHE = 39;
export const BACKSLASH = 92;
export const UPPER_R = 82;

export const WORD = 1;
export const DIGIT = 2;
export const BLANK = 4;
/** May begin or end something longer than a word: a line, a comment, a literal, a directive, a splice. */
export const SPECIAL = 8;

const CLASS = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_$]/.test(char)) CLASS[code] = WORD;
  else if (/[0-9]/.test(char)) CLASS[code] = DIGIT;
  else if (/[\n"'/\\#]/.test(char)) CLASS[code] = SPECIAL;
  else if (code <= 32) CLASS[code] = BLANK;
}

/** `WORD`, `DIGIT`, `BLANK`, `SPECIAL`, or 0 for punctuation. */
export const classOf = (code: number): number => (code < 128 ? (CLASS[code] as number) : WORD);
/** A character that a word or a number can go on with. */
export const isWord = (code: number): boolean => code >= 128 || ((CLASS[code] as number) & (WORD | DIGIT)) !== 0;

/** Offset of the rest of a word that goes on behind a splice, or -1. */
export function wordSplice(text: string, at: number): number {
  if (text.charCodeAt(at) !== BACKSLASH) return -1;
  const next = spliceEnd(text, at);
  return next > 0 && next < text.length && isWord(text.charCodeAt(next)) ? next : -1;
}

/** Offset behind a backslash and its line end (blanks between them allowed), or -1. */
export function spliceEnd(text: string, backslash: number): number {
  let at = backslash + 1;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9 || text.charCodeAt(at) === CARRIAGE_RETURN) at += 1;
  return text.charCodeAt(at) === NEWLINE ? at + 1 : -1;
}
