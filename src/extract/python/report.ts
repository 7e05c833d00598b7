import type { Facts, FileUsage } from "../../model/inventory.ts";
import type { UsageKind } from "../../model/vocabulary.ts";
import type { Blocks } from "./blocks.ts";
import type { KernelBody } from "./kernelBody.ts";
import type { KnownName } from "./names.ts";
import type { Scopes } from "./scopes.ts";
import type { Tokens } from "./tokens.ts";
import type { Draft } from "./value.ts";

/** CUDA source in a string, to be read as CUDA once the file is done. */
export interface EmbeddedSource {
  /** Offsets of the source in the file's text. */
  readonly from: number;
  readonly to: number;
  readonly guard: string | undefined;
}

/** What was found in the file so far. */
export class FileReport {
  readonly drafts: Draft[] = [];
  readonly signals: { name: string; token: number }[] = [];
  /** Kernels whose bodies are read, with their last token and their usage. */
  readonly kernels: { readonly body: KernelBody; readonly last: number; readonly draft: Draft }[] = [];
  readonly sources: EmbeddedSource[] = [];
  /** Uses of names that may come through another module of the project. */
  readonly references: Draft[] = [];
  /** Packages whose import is already reported. */
  readonly packages = new Set<string>();
  /** Paths of project modules whose functions kernels call. */
  readonly includes = new Set<string>();
  /** The innermost kernel that is being read. */
  kernel: KernelBody | undefined;
  readonly #tokens: Tokens;
  readonly #scopes: Scopes;
  readonly #blocks: Blocks;

  constructor(tokens: Tokens, scopes: Scopes, blocks: Blocks) {
    this.#tokens = tokens;
    this.#scopes = scopes;
    this.#blocks = blocks;
  }

  add(kind: UsageKind, symbol: string, family: string, token: number, facts?: Facts): Draft {
    const draft = this.#draft(kind, symbol, family, token, facts);
    this.drafts.push(draft);
    return draft;
  }

  refer(kind: "call" | "attribute", name: string, token: number): void {
    this.references.push(this.#draft(kind, name, "", token, undefined));
  }

  #draft(kind: UsageKind, symbol: string, family: string, token: number, facts: Facts | undefined): Draft {
    return {
      kind,
      symbol,
      family,
      token,
      scope: this.#scopes.current.path,
      guard: this.#blocks.guard,
      facts: facts && { ...facts },
      unlisted: false,
    };
  }

  /** A resolved name; inside a kernel, names of its language are folded to one usage per kernel. */
  addName(name: KnownName, called: boolean, token: number): Draft | undefined {
    if (this.kernel?.owns(name.symbol)) {
      if (!this.kernel.meets(name.symbol)) return undefined;
      return this.add("builtin", name.symbol, name.family, token);
    }
    const kind = name.operator ? "op" : called ? "call" : "attribute";
    const draft = this.add(kind, name.symbol, name.family, token);
    draft.unlisted = name.unlisted;
    return draft;
  }

  /** `x[mask] = value` has a shape that is known: what stands between the tokens is no selection. */
  storesTo(first: number, last: number): void {
    for (let i = this.drafts.length - 1; i >= 0; i--) {
      const draft = this.drafts[i] as Draft;
      if (draft.token < first) return;
      if (draft.token > last || draft.symbol !== "dynamic:boolean-mask") continue;
      this.drafts.splice(i, 1);
      return;
    }
  }

  closeKernel(body: KernelBody, last: number): void {
    const draft = this.add("kernel", body.name, "kernels", body.token, { dialect: body.dialect.id });
    this.kernels.push({ body, last, draft });
  }

  /** Takes a usage back that turned out to be part of something else. */
  retract(draft: Draft | undefined): void {
    const at = draft === undefined ? -1 : this.drafts.lastIndexOf(draft);
    if (at >= 0) this.drafts.splice(at, 1);
  }

  signal(name: string, token: number): void {
    this.signals.push({ name, token });
  }

  /** Drafts as usages, with their places. */
  placed(drafts: readonly Draft[], place: (offset: number) => { line: number; column: number }): FileUsage[] {
    return drafts.map((draft) => ({
      kind: draft.kind,
      symbol: draft.symbol,
      family: draft.family,
      ...place(this.#tokens.startAt(draft.token)),
      ...(draft.scope === undefined ? {} : { scope: draft.scope }),
      ...(draft.guard === undefined ? {} : { guard: draft.guard }),
      ...(draft.facts === undefined ? {} : { facts: draft.facts }),
      ...(draft.unlisted ? { unlisted: true as const } : {}),
    }));
  }
}
