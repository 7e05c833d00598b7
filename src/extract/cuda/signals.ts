/** What a file says about the whole project: alias headers, hipified code, twins of another target. */
import type { Signal } from "../../model/inventory.ts";
import type { Language } from "../../model/vocabulary.ts";
import type { Lexed } from "./lexed.ts";
import type { Include, Macro } from "./preprocessor.ts";

/** Fewer aliases than this are a shim for one call, not a way of porting. */
const FEWEST_ALIASES = 10;
const HIP_HEADER = /^(?:hip\/|hipblas|hipsparse|hipfft|hiprand|hipcub|rocblas|rocrand|rccl|miopen\/)/;

/** A note, often in a comment, that the file came from a converter or goes through one. */
export const CONVERTED = /\bhipif(?:y|ied)\b/i;

export function signalsOf(lexed: Lexed, aliases: readonly Macro[], speaksHip: boolean): Signal[] {
  const signals: Signal[] = [];
  const [first] = aliases;
  if (first && aliases.length >= FEWEST_ALIASES) signals.push({ name: "alias-header", line: first.line });
  const hipify = CONVERTED.exec(lexed.text);
  if (hipify) signals.push({ name: "hipify", line: lineAt(lexed, hipify.index) });
  if (speaksHip) signals.push({ name: "twin:hip", line: 1 });
  return signals;
}

export function isHipHeader({ path }: Include): boolean {
  return HIP_HEADER.test(path);
}

function lineAt({ lineStarts }: Lexed, offset: number): number {
  let low = 0;
  let high = lineStarts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lineStarts[middle] as number) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Code that is already HIP: by its extension, or because it includes HIP's headers in every build and NVIDIA's in none.
 * Its built-ins are spelled as in CUDA, so they are usages, but handled ones.
 */
export function isHipCode(
  language: Language,
  includes: readonly { readonly include: Include; readonly guard: string | undefined; readonly isNvidia: boolean }[],
): boolean {
  if (language === "hip") return true;
  const everywhere = includes.filter(({ guard }) => guard === undefined);
  return everywhere.some(({ include }) => isHipHeader(include)) && !everywhere.some(({ isNvidia }) => isNvidia);
}
