/** Where detectors put what they find in one file. */
import type { Facts, FileUsage } from "../../model/inventory.ts";
import type { UsageKind } from "../../model/vocabulary.ts";
import type { Lexed } from "./lexed.ts";
import type { TokenList } from "./tokens.ts";

/** Where a stretch of tokens stands: the function or macro around it, and the guard. */
export interface Place {
  readonly scope: string | undefined;
  readonly guard: string | undefined;
}

export interface Found {
  readonly kind: UsageKind;
  readonly symbol: string;
  readonly family: string;
  readonly facts?: Facts | undefined;
  readonly unlisted?: boolean;
}

export class UsageSink {
  readonly usages: FileUsage[] = [];
  readonly #lexed: Lexed;
  readonly #folded = new Set<string>();

  constructor(lexed: Lexed) {
    this.#lexed = lexed;
  }

  add(found: Found, place: Place, tokens: TokenList, token: number): void {
    this.addAt(found, place, tokens.lineAt(token), tokens.startAt(token));
  }

  /** Once per symbol and enclosing function: built-in variables and qualifiers would drown everything else. */
  addFolded(found: Found, place: Place, tokens: TokenList, token: number): void {
    const key = `${found.symbol}\0${place.scope ?? ""}\0${place.guard ?? ""}`;
    if (this.#folded.has(key)) return;
    this.#folded.add(key);
    this.add(found, place, tokens, token);
  }

  /** Line and column of a token, as its usage has them. */
  positionOf(tokens: TokenList, token: number): Pick<FileUsage, "line" | "column"> {
    const line = tokens.lineAt(token);
    return { line, column: tokens.startAt(token) - (this.#lexed.lineStarts[line - 1] ?? 0) + 1 };
  }

  addAt(found: Found, place: Place, line: number, offset: number): void {
    const { kind, symbol, family, facts, unlisted } = found;
    this.usages.push({
      kind,
      symbol,
      family,
      line,
      column: offset - (this.#lexed.lineStarts[line - 1] ?? 0) + 1,
      ...(place.scope ? { scope: place.scope } : {}),
      ...(place.guard ? { guard: place.guard } : {}),
      ...(facts && Object.keys(facts).length > 0 ? { facts } : {}),
      ...(unlisted ? { unlisted } : {}),
    });
  }
}
