import { STRING, type Tokens } from "./tokens.ts";
import type { Value } from "./value.ts";

/** Exactly a device, however the index is spelled: `cuda`, `cuda:0`, `cuda:{}`, `cuda:%d`, `cuda:` + str(i). */
const DEVICE = /^cuda(?::(\d+|%[dsi]|\{[^{}]*\})?)?$/;
const BACKEND = /^(?:cpu:\w+,\s*)?(?:cuda:)?(nccl|ucc)(?:,\s*cpu:\w+)?$/;
const TENSOR_TYPE = /^torch\.cuda\.\w*Tensor$/;

export interface StringUsage {
  readonly kind: "string" | "attribute";
  readonly symbol: string;
  readonly family: string;
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** What a string says of NVIDIA's stack where it stands for a device, a back-end or a type. */
export function stringUsage(text: string): StringUsage | undefined {
  if (text.length > 120) return undefined;
  const device = DEVICE.exec(text);
  if (device) {
    const index = device[1];
    if (index === undefined && !text.endsWith(":"))
      return { kind: "string", symbol: "device:cuda", family: "torch-device" };
    const number = index !== undefined && /^\d+$/.test(index) ? Number(index) : "expr";
    return { kind: "string", symbol: "device:cuda", family: "torch-device", facts: { index: number } };
  }
  const backend = BACKEND.exec(text)?.[1];
  if (backend !== undefined) return { kind: "string", symbol: `backend:${backend}`, family: "torch-distributed" };
  if (TENSOR_TYPE.test(text)) return { kind: "attribute", symbol: text, family: "torch-cuda" };
  return undefined;
}

/** Calls whose string arguments are words for people, paths, or names of attributes: never devices. */
const TALKING = new Set([
  "print",
  "info",
  "debug",
  "warning",
  "warn",
  "error",
  "critical",
  "exception",
  "log",
  "write",
  "join",
  "Path",
  "PurePath",
  "joinpath",
  "replace",
  "split",
  "rsplit",
  "hasattr",
  "delattr",
  "import_module",
  "__import__",
  "find_library",
  "find_spec",
  "importorskip",
  "append_path",
  "exists",
  "removeprefix",
  "removesuffix",
  "add_subparsers",
  "add_parser",
  "record_function",
  "range_push",
  "TypeVar",
  "namedtuple",
  "fail",
  "skip",
  "skipTest",
  "RuntimeError",
  "ValueError",
]);

export function isTalk(callee: string): boolean {
  return TALKING.has(callee);
}

/** The last name of a callee, as written. */
export function calleeName(callee: Value): string {
  if (callee.kind === "name") return callee.name.slice(callee.name.lastIndexOf(".") + 1);
  if (callee.kind === "attribute") return callee.name;
  return "";
}

/** Span of a literal's text without prefix and quotes, for a literal whose source begins at `offset`. */
export function literalSpan(source: string, offset = 0): { from: number; to: number } {
  let quote = 0;
  while (quote < source.length && source.charCodeAt(quote) !== 34 && source.charCodeAt(quote) !== 39) quote += 1;
  const mark = source[quote] ?? "";
  const width = mark !== "" && source.startsWith(mark.repeat(3), quote) ? 3 : 1;
  const closed = source.length >= quote + 2 * width && source.endsWith(mark.repeat(width));
  return { from: offset + quote + width, to: offset + source.length - (closed ? width : 0) };
}

/** Text of a literal as it stands in the source: escapes and replacement fields are kept. */
export function literalText(source: string): string {
  const { from, to } = literalSpan(source);
  return source.slice(from, to);
}

/** The literals of a sequence of adjacent ones; the tokens of replacement fields stand among them. */
export function literalTokens(tokens: Tokens, first: number, last: number): number[] {
  const literals = [first];
  let end = tokens.endAt(first);
  for (let token = first + 1; token <= last; token++) {
    if (tokens.kindAt(token) !== STRING || tokens.startAt(token) < end) continue;
    literals.push(token);
    end = tokens.endAt(token);
  }
  return literals;
}
