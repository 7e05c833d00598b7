import type { Facts } from "../../model/inventory.ts";
import type { UsageKind } from "../../model/vocabulary.ts";

/** A usage while the file is still being read: facts and guard may come after the name. */
export interface Draft {
  kind: UsageKind;
  symbol: string;
  family: string;
  token: number;
  scope: string | undefined;
  guard: string | undefined;
  facts: Record<string, Facts[string]> | undefined;
  unlisted: boolean;
}

/** What an expression is worth, as far as its text tells. */
export type Value =
  | { readonly kind: "unknown" }
  | { readonly kind: "constant"; readonly text: string }
  /** A name that is bound to nothing we know: a builtin, a parameter, a local. */
  | { readonly kind: "free"; readonly name: string; readonly token: number }
  /** Something imported, by its resolved dotted name. `spelled`: it stands here and is not reported yet. */
  | {
      readonly kind: "name";
      readonly name: string;
      readonly token: number;
      readonly spelled: boolean;
      readonly draft?: Draft;
    }
  /** `held`: it came through a variable, and was reported where it is written. */
  | {
      readonly kind: "string";
      readonly text: string;
      readonly first: number;
      readonly last: number;
      readonly held?: true;
    }
  /** `sure`: told by an operation or annotation, not by the name of a parameter only. */
  | { readonly kind: "tensor"; readonly sure: boolean; readonly mask?: true }
  /** A plain bool that the values of tensors decide: `torch.equal(a, b)`. */
  | { readonly kind: "truth" }
  /** An instance of a class that is a layer: calling it gives a tensor. */
  | { readonly kind: "layer" }
  /** An instance of a known class (`torch.cuda.Stream`): its methods have resolved names. */
  | { readonly kind: "object"; readonly type: string }
  /** `partial`: the condition asks for more than the guard says, so its opposite says nothing. */
  | { readonly kind: "condition"; readonly guard: string; readonly partial: boolean }
  | { readonly kind: "group"; readonly items: readonly Value[] }
  | { readonly kind: "indexed"; readonly base: Value; readonly items: readonly Value[]; readonly token: number }
  | { readonly kind: "attribute"; readonly base: Value; readonly name: string; readonly token: number }
  | { readonly kind: "self" }
  /** A kernel that this file defines or imports by a kernel's name. */
  | { readonly kind: "kernel"; readonly name: string; readonly family: string }
  /** A class of this file. */
  | { readonly kind: "class"; readonly name: string; readonly layer: boolean };

export const UNKNOWN: Value = { kind: "unknown" };
export const TENSOR: Value = { kind: "tensor", sure: true };
export const MAYBE_TENSOR: Value = { kind: "tensor", sure: false };
/** Result of a comparison of tensors. */
export const MASK: Value = { kind: "tensor", sure: true, mask: true };
export const TRUTH: Value = { kind: "truth" };
export const LAYER: Value = { kind: "layer" };
export const SELF: Value = { kind: "self" };
export const NOTHING: Value = { kind: "group", items: [] };

/** What the program can branch on only once the data are there. */
export function isData(value: Value): boolean {
  return value.kind === "truth" || (value.kind === "tensor" && value.sure);
}

export function tensorOf(sure: boolean): Value {
  return sure ? TENSOR : MAYBE_TENSOR;
}

/** Items of a tuple or list, or the value itself. */
export function itemsOf(value: Value): readonly Value[] {
  return value.kind === "group" ? value.items : [value];
}
