/** The statement around a line, without what formatters change: the key by which moved code is known again. */

/** Further lines that one statement may take on either side; longer ones are cut, on both revisions alike. */
const REACH = 8;

const COMMENT =
  /\/\/.*$|\/\*.*?\*\/|(?:^|\s)#(?!\s*(?:if|ifdef|ifndef|elif|else|endif|define|include|pragma|undef)\b).*$/g;
/** A line that ends so goes on in the next. */
const GOES_ON = /(?:[,([=+\-*/|&?<\\]|<<<)$/;

function code(line: string | undefined): string {
  return (line ?? "").replace(COMMENT, "").trim();
}

function depthOf(text: string): number {
  let depth = 0;
  for (const char of text) {
    if (char === "(" || char === "[") depth += 1;
    else if (char === ")" || char === "]") depth -= 1;
  }
  return depth;
}

/** All blanks and the comma before a closing bracket go: a rewrapped call reads the same. */
function squeeze(text: string): string {
  return text.replace(/\s+/g, "").replace(/,(?=[)\]}])/g, "");
}

/** `line` is 1-based. Pure text: the same heuristic serves C++, Python and build files. */
export function statementAt(lines: readonly string[], line: number): string {
  let first = line - 1;
  while (first > 0 && line - 1 - first < REACH && GOES_ON.test(code(lines[first - 1]))) first -= 1;
  let text = "";
  let last = first;
  for (; last < lines.length && last - first <= 2 * REACH; last++) {
    const part = code(lines[last]);
    text += part;
    if (last >= line - 1 && depthOf(text) <= 0 && !GOES_ON.test(part)) break;
  }
  return squeeze(text);
}

/** Text of statements by place, splitting each file once. */
export type TextAt = (path: string, line: number) => string;

export function textFrom(textOf: (path: string) => string | undefined): TextAt {
  const split = new Map<string, readonly string[]>();
  return (path, line) => {
    let lines = split.get(path);
    if (!lines) split.set(path, (lines = (textOf(path) ?? "").split("\n")));
    return statementAt(lines, line);
  };
}
