/** Colour, only where asked for; it is put on after padding, so it never changes the layout. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly risky: (text: string) => string;
  readonly quiet: (text: string) => string;
}

const plain = (text: string): string => text;
const ansi = (open: number, close: number) => (text: string) =>
  text.trim() === "" ? text : `\u001b[${open}m${text}\u001b[${close}m`;

const PLAIN: Paint = { strong: plain, bad: plain, risky: plain, quiet: plain };
const COLOURED: Paint = { strong: ansi(1, 22), bad: ansi(31, 39), risky: ansi(33, 39), quiet: ansi(2, 22) };

export function paintFor(color: boolean | undefined): Paint {
  return color ? COLOURED : PLAIN;
}
