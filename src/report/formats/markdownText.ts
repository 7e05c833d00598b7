/** Text of the scanned code inside Markdown: it is read, never acted on. */
import { visible } from "./visible.ts";

/** Characters that can begin markup, HTML, a table cell, a heading or a link; underscores only at the edge of a word. */
const MARKUP = /[\\`*[\]<>|#~&!]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** Where a service would make a mention or link by itself; a word joiner breaks the word without being seen. */
const AUTOMATIC = /(?<=(?<!\w)@)|(?<=:)(?=\/\/)|(?<=\bwww)(?=\.)|(?<=\bGH)(?=-\d)/gi;

/** Prose: every character of markup as an entity, no mention, no link. */
export function escaped(text: string): string {
  return visible(text)
    .replace(AUTOMATIC, "\u2060")
    .replace(MARKUP, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll("&#35;", "&#35;\u2060");
}

/** A code span, also inside a table cell. */
export function code(text: string): string {
  const shown = visible(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  if (longest === 0) return `\`${shown}\``;
  const fence = "`".repeat(longest + 1);
  return `${fence} ${shown} ${fence}`;
}

export type Align = "left" | "right";

/** A table; the cells are Markdown already. */
export function tableOf(head: readonly (readonly [string, Align])[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(head.map(([title]) => title)),
    line(head.map(([, align]) => (align === "left" ? "---" : "---:"))),
    ...rows.map(line),
  ];
}
