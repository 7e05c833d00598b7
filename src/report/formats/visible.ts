/** Text of the scanned code on somebody's screen: nothing in a path or a symbol may act on the terminal or hide itself. */

/**
 * Control characters (escape sequences begin with one), direction overrides, invisible characters, line separators,
 * lone surrogates.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}

/** The text with every character that would not be seen as itself written as an escape. */
export function visible(text: string): string {
  return text.replace(UNSEEN, escaped);
}

/** Scripts and forms that take two columns. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u{3000}-\u{303e}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}\u{20000}-\u{3fffd}]/u;
/** Of those scripts, the forms that were made for one column. */
const HALF = /[\u{ff61}-\u{ffdc}]/u;
const COMBINING = /\p{M}/u;
const ASCII = /^[ -~]*$/;

function columnsOf(character: string): number {
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) && !HALF.test(character) ? 2 : 1;
}

/** Columns that visible text takes on a terminal. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

/** The text, cut with an ellipsis where it is wider than `width` columns. */
export function fitted(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  let used = 1;
  for (const character of text) {
    used += columnsOf(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** The text, cut at its beginning: the end of a path tells more. */
export function fittedEnd(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const characters = [...text];
  let used = 1;
  let from = characters.length;
  while (from > 0) {
    used += columnsOf(characters[from - 1] ?? "");
    if (used > width) break;
    from -= 1;
  }
  return `…${characters.slice(from).join("")}`;
}

/** Lines of at most `width` columns, broken at blanks, continued deeper; past `most` lines an ellipsis ends it. */
export function wrapped(line: string, width: number, most: number): string[] {
  const indent = `${/^ */.exec(line)?.[0] ?? ""}    `;
  const lines: string[] = [];
  let rest = line;
  while (displayWidth(rest) > width && lines.length < most - 1) {
    const head = fitted(rest, width + 1).replace(/…$/, "");
    const at = head.lastIndexOf(" ");
    const end = at > indent.length ? at : head.length;
    lines.push(rest.slice(0, end).trimEnd());
    rest = indent + rest.slice(end).trimStart();
  }
  return [...lines, fitted(rest, width)];
}

export function padded(text: string, width: number, align: "left" | "right"): string {
  const gap = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + gap : gap + text;
}
