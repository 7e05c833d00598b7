/** What counts as NVIDIA's stack, target-free. Made from `rules/catalog` (see rules/README.md). */
import type { UsageKind } from "./vocabulary.ts";

export interface CatalogEntry {
  readonly family: string;
  readonly kind: UsageKind;
}

export interface Family {
  readonly id: string;
  readonly title: string;
  /** Regular expression source: a C/C++ identifier of this shape is NVIDIA's even if no entry lists it. */
  readonly shape?: string;
  /** Prefixes of include paths that belong to the family (`cub/`, `cuda_runtime`). */
  readonly headers?: readonly string[];
  /** Python packages by import name (`flash_attn`, `cupy`). */
  readonly packages?: readonly string[];
  /** Dotted Python prefixes (`torch.cuda`): the longest that fits a resolved name tells its family. */
  readonly modules?: readonly string[];
  /** C++ namespaces (`cub`, `thrust`, `cuda`). */
  readonly namespaces?: readonly string[];
}

/** What an argument of a call must be; `position` from 0, where it may be given without its name. */
export type ArgumentCondition =
  | { readonly argument: string; readonly position?: number; readonly literal: string }
  | { readonly argument: string; readonly position?: number; readonly items: number }
  | { readonly argument: string; readonly position?: number; readonly tensor: true }
  | { readonly count: number };

/** Another operator than the name alone means, told by the call's arguments. */
export interface OperatorForm {
  readonly when: readonly ArgumentCondition[];
  /** Canonical (`aten::reflection_pad2d`). */
  readonly operator: string;
}

export interface CatalogData {
  readonly families: readonly Family[];
  /** family → kind → names separated by blanks (one string each: 11,000 names load in milliseconds). */
  readonly symbols: Readonly<Record<string, Partial<Record<UsageKind, string>>>>;
  /** Framework operator as written (`torch.matmul`, ONNX `onnx:MatMul`) → canonical ATen base name (`aten::matmul`). */
  readonly operators: Readonly<Record<string, string>>;
  /** Operator as written → its forms, the first that fits holds. */
  readonly operatorForms: Readonly<Record<string, readonly OperatorForm[]>>;
  /** Model class, architecture or id patterns → canonical architecture name (`LlamaForCausalLM` → `llama`). */
  readonly models: Readonly<Record<string, string>>;
}

export interface Catalog {
  readonly families: readonly Family[];
  readonly entries: ReadonlyMap<string, CatalogEntry>;
  readonly operators: ReadonlyMap<string, string>;
  readonly operatorForms: ReadonlyMap<string, readonly OperatorForm[]>;
  readonly models: ReadonlyMap<string, string>;
  /** Family of an identifier that is shaped like NVIDIA's, whether listed or not. */
  familyByShape(name: string): string | undefined;
  /** Digest of the data, part of cache keys. */
  readonly digest: string;
}
