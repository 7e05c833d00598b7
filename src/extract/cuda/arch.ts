/** Facts of `#if` on versions: `__CUDA_ARCH__ >= 900` as `arch: ">=90"`, `CUDA_VERSION < 12000` as `version`. */
import type { Facts } from "../../model/inventory.ts";
import type { Lexed } from "./lexed.ts";
import { EQUALS, GREATER, LESS, NUMBER, type TokenList } from "./tokens.ts";

/** The comparison behind a version macro; undefined when it is only asked for. */
export function comparisonFacts(tokens: TokenList, at: number, name: string): Facts | undefined {
  const operator = tokens.kindAt(at + 1);
  const isEqual = tokens.kindAt(at + 2) === EQUALS;
  const value = at + (isEqual ? 3 : 2);
  if (tokens.kindAt(value) !== NUMBER) return undefined;
  const sign =
    operator === LESS ? "<" : operator === GREATER ? ">" : operator === EQUALS ? "=" : operator === 33 ? "!" : "";
  if (sign === "") return undefined;
  const number = Number(tokens.textAt(value));
  if (!Number.isFinite(number)) return undefined;
  const comparison = `${sign}${isEqual ? "=" : ""}`;
  return name === "__CUDA_ARCH__" ? { arch: `${comparison}${archOf(number)}` } : { version: `${comparison}${number}` };
}

/** 900 → 90: as in `sm_90`. */
function archOf(value: number): number {
  return value >= 100 ? Math.floor(value / 10) : value;
}

/** The lowest architecture that code is compiled for, by place, where an `#if` demands one. */
export type ArchAt = (codeToken: number) => number | undefined;

export function readArchGates(lexed: Lexed): ArchAt {
  const steps: { readonly from: number; readonly arch: number | undefined }[] = [];
  const frames: { readonly outer: number | undefined; arch: number | undefined }[] = [];
  for (const directive of lexed.directives) {
    const { name } = directive;
    const frame = frames.at(-1);
    if (name.startsWith("if")) {
      const own = name === "if" ? demanded(lexed, directive) : undefined;
      frames.push({ outer: frame?.arch, arch: higher(frame?.arch, own) });
    } else if (name === "endif") frames.pop();
    else if (frame && name === "else") frame.arch = frame.outer;
    else if (frame && name.startsWith("elif")) frame.arch = higher(frame.outer, demanded(lexed, directive));
    else continue;
    const arch = frames.at(-1)?.arch;
    if (arch !== steps.at(-1)?.arch) steps.push({ from: directive.codeAt, arch });
  }
  if (steps.length === 0) return () => undefined;
  return (codeToken) => {
    let low = 0;
    let high = steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((steps[middle]?.from ?? 0) <= codeToken) low = middle + 1;
      else high = middle;
    }
    return steps[low - 1]?.arch;
  };
}

function higher(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.max(a, b);
}

const AT_LEAST = /__CUDA_ARCH__\s*>=?\s*(\d+)/;

/** `&&` narrows and so keeps the demand; `||` and `!` may lift it. */
function demanded(lexed: Lexed, { bodyStart, bodyEnd }: { bodyStart: number; bodyEnd: number }): number | undefined {
  const condition = lexed.text.slice(bodyStart, Math.min(bodyEnd, bodyStart + 500));
  const found = AT_LEAST.exec(condition)?.[1];
  return found === undefined || condition.includes("||") || /!\s*\(/.test(condition)
    ? undefined
    : archOf(Number(found));
}
