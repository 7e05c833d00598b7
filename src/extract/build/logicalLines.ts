/**
 * Makes a build file's text safe for line patterns: comments become blanks and the line ends inside a logical line
 * (continuations, open parentheses) become blanks too. Nothing moves: every offset points into the original text.
 */

/**
 * What a file kind's text is made of. Named groups decide: `comment` is blanked and reported, `prose` and `message`
 * (doc strings, what is printed) are blanked, `join` is a line end that does not end the line, `open`, `close` and
 * `end` hold lines together in brackets; anything else that matches (strings, escapes) only protects what is in it.
 * Strings that never close end at the line's end or the file's: a second look at the same text would not be linear.
 */
export type Syntax = RegExp;

export interface Comment {
  readonly text: string;
  readonly offset: number;
}

export interface LogicalText {
  readonly text: string;
  readonly comments: readonly Comment[];
}

const LINE_STRING = /"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*'|\\[^\n]/.source;
/** What `echo` and `printf` print, unless a command is run in it. */
const MESSAGE =
  /(?<![\w./-])(?:echo|printf)[ \t]+(?:-\w+[ \t]+)?(?<message>"(?:[^"\\\n$`]|\\[^\n]|\$(?!\())*"|'[^'\n]*')/.source;
const TRIPLE = (quote: string): string => `${quote}{3}[\\s\\S]*?(?:${quote}{3}|$(?![\\s\\S]))`;

export const SYNTAX = {
  cmake: new RegExp(
    [
      /(?<comment>#\[(?<level>=*)\[[\s\S]*?(?:\]\k<level>\]|$(?![\s\S]))|#[^\n]*)/.source,
      /(?<prose>\bmessage[ \t]*\((?:[^()"\\]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*"|\([^()]*\))*\))/.source,
      /"(?:[^"\\]|\\[\s\S])*(?:"|$(?![\s\S]))|\\[\s\S]/.source,
      /\[(?<marks>=*)\[[^\]]{0,4000}\]\k<marks>\]/.source,
      // A command at a line's very beginning ends whatever parenthesis was left open.
      /(?<open>\()|(?<close>\))|(?<end>\r?\n)(?<fresh>(?=(?!AND\b|OR\b|NOT\b)[a-z_]\w*[ \t]*\())?/.source,
    ].join("|"),
    "gi",
  ),
  make: /(?<comment>#[^\n]*)|\$\((?:info|warning|error)(?<prose>[ \t][^\n]*)|(?<join>\\\r?\n)|\\[^\n]/g,
  ninja: /(?<comment>^[ \t]*#[^\n]*)|(?<join>\$\r?\n)/gm,
  shell: new RegExp(
    [/(?<comment>(?<![^\s;&|()])#(?!SBATCH\b)[^\n]*)/.source, /(?<join>\\\r?\n)/.source, MESSAGE, LINE_STRING].join(
      "|",
    ),
    "g",
  ),
  docker: new RegExp(`(?<comment>^[ \\t]*#[^\\n]*)|(?<join>\\\\\\r?\\n(?:[ \\t]*#[^\\n]*\\n)*)|${LINE_STRING}`, "gm"),
  yaml: new RegExp(
    [
      /(?<comment>(?<![^\s])#(?!SBATCH\b)[^\n]*)/.source,
      /(?<join>\\\r?\n)/.source,
      MESSAGE,
      /^[ \t-]*(?:name|title|description|summary|help|message):[ \t]+(?<prose>[^\n#]*[^\s#:][ \t][^\n#]*)/.source,
      /(?<![^\s,[{(:=])(?:"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*')|\\[^\n]/.source,
    ].join("|"),
    "gm",
  ),
  toml: new RegExp(`(?<comment>#[^\\n]*)|${TRIPLE('"')}|${TRIPLE("'")}|${LINE_STRING}`, "g"),
  starlark: new RegExp(
    `(?<comment>#[^\\n]*)|(?<prose>${TRIPLE('"')}|${TRIPLE("'")})|"(?:[^"\\\\\\n]|\\\\[^\\n])*"|'(?:[^'\\\\\\n]|\\\\[^\\n])*'|\\\\[^\\n]`,
    "g",
  ),
  meson: new RegExp(
    `(?<comment>#[^\\n]*)|${TRIPLE("'")}|'(?:[^'\\\\\\n]|\\\\[^\\n])*'|(?<open>\\()|(?<close>\\))|(?<end>\\r?\\n)`,
    "g",
  ),
  requirements: /(?<comment>^[ \t]*[#;][^\n]*|(?<=\s)#[^\n]*)|(?<join>\\\r?\n)/gm,
} as const satisfies Record<string, Syntax>;

const joined = (text: string): string => " ".repeat(text.length);
const blank = (text: string): string => text.split("\n").map(joined).join("\n");

export function logicalText(text: string, syntax: Syntax): LogicalText {
  const comments: Comment[] = [];
  const parts: string[] = [];
  let depth = 0;
  let kept = 0;
  const replace = (offset: number, length: number, by: string): void => {
    parts.push(text.slice(kept, offset), by);
    kept = offset + length;
  };
  for (const match of text.matchAll(syntax)) {
    const [whole] = match;
    const { comment, message, prose = message, join, open, close, end, fresh } = match.groups ?? {};
    if (open !== undefined) depth++;
    else if (close !== undefined) depth = Math.max(0, depth - 1);
    else if (fresh !== undefined) depth = 0;
    else if (end !== undefined && depth > 0) replace(match.index, whole.length, joined(whole));
    else if (join !== undefined) replace(match.index, whole.length, joined(whole));
    else if (prose !== undefined) replace(match.index + whole.length - prose.length, prose.length, blank(prose));
    else if (comment !== undefined) {
      comments.push({ text: comment, offset: match.index });
      replace(match.index, comment.length, depth > 0 ? joined(comment) : blank(comment));
    } else if (depth > 0 && whole.includes("\n")) replace(match.index, whole.length, whole.replace(/\r?\n/g, joined));
  }
  parts.push(text.slice(kept));
  return { text: parts.join(""), comments };
}
