/** Variables of library types, so that `block.sync()` or `vector.begin()` is known for what it is. */
import type { Chain, Resolved } from "./chains.ts";
import type { NameContext, Stretch } from "./names.ts";
import {
  AMPERSAND,
  BRACE_OPEN,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  COLON,
  COMMA,
  DOT,
  EQUALS,
  IDENT,
  PAREN_CLOSE,
  PAREN_OPEN,
  SEMICOLON,
  STAR,
  type TokenList,
} from "./tokens.ts";

/** What the makers of cooperative groups return; for other functions `auto` stays unknown. */
const RESULTS: ReadonlyMap<string, string> = new Map([
  ["cooperative_groups::this_thread_block", "cooperative_groups::thread_block"],
  ["cooperative_groups::this_grid", "cooperative_groups::grid_group"],
  ["cooperative_groups::this_multi_grid", "cooperative_groups::multi_grid_group"],
  ["cooperative_groups::this_cluster", "cooperative_groups::cluster_group"],
  ["cooperative_groups::tiled_partition", "cooperative_groups::thread_block_tile"],
  ["cooperative_groups::coalesced_threads", "cooperative_groups::coalesced_group"],
  ["cooperative_groups::binary_partition", "cooperative_groups::coalesced_group"],
  ["cooperative_groups::labeled_partition", "cooperative_groups::coalesced_group"],
  ["thrust::device_pointer_cast", "thrust::device_ptr"],
  ["thrust::device_malloc", "thrust::device_ptr"],
  ["cuda::make_pipeline", "cuda::pipeline"],
]);
const METHOD_RESULTS: ReadonlyMap<string, string> = new Map([
  ["thrust::device_vector::data", "thrust::device_ptr"],
  ["thrust::device_vector::begin", "thrust::device_ptr"],
]);
/** Types whose values have members worth a usage: everything in these families. */
const WITH_MEMBERS = new Set(["cooperative_groups", "thrust", "cub", "libcudacxx"]);
const DECLARED_NAME_FOLLOWERS = new Set([
  SEMICOLON,
  EQUALS,
  COMMA,
  PAREN_CLOSE,
  PAREN_OPEN,
  BRACKET_OPEN,
  BRACE_OPEN,
  COLON,
]);

/** What may stand between two names of one declaration: `a, *b = 0;`. */
const ENDS_DECLARED_NAME = new Set([SEMICOLON, EQUALS, COMMA, PAREN_OPEN, BRACE_OPEN]);

/** A variable's type; `isIndirect` when an index, not only `->`, leads to the value: pointers and arrays. */
interface VariableType extends Resolved {
  readonly isIndirect?: boolean;
}

export class LibraryVariables {
  readonly #file = new Map<string, VariableType>();
  #local = new Map<string, VariableType>();
  #function: string | undefined;
  /** Type of a value that ends at a token: `BlockReduce(storage)` before `.Sum`. */
  readonly #values = new Map<TokenList, Map<number, Resolved>>();

  #valuesIn(tokens: TokenList): Map<number, Resolved> {
    const known = this.#values.get(tokens);
    if (known) return known;
    const values = new Map<number, Resolved>();
    this.#values.set(tokens, values);
    return values;
  }

  #scope(stretch: Stretch, at: number): Map<string, VariableType> {
    const { scope } = stretch.placeAt(at);
    if (scope !== this.#function) {
      this.#local = new Map();
      this.#function = scope;
    }
    return scope === undefined ? this.#file : this.#local;
  }

  /** After a library name: a declaration of a variable of that type, a value, or `auto x = maker(…)`. */
  noteChain(stretch: Stretch, at: number, chain: Chain, resolved: Resolved, context: NameContext): void {
    if (!WITH_MEMBERS.has(resolved.family)) return;
    const { tokens } = stretch;
    const result = RESULTS.get(resolved.symbol);
    if (tokens.kindAt(chain.end) === PAREN_OPEN) {
      const close = tokens.matchAt(chain.end);
      if (close > 0) this.#value(stretch, at, close, result ? { ...resolved, symbol: result } : resolved, context);
      return;
    }
    if (tokens.kindAt(chain.end) === DOT) this.#valuesIn(tokens).set(chain.last, resolved);
    let name = skipIndirections(tokens, chain.end);
    if (tokens.kindAt(name) !== IDENT || !DECLARED_NAME_FOLLOWERS.has(tokens.kindAt(name + 1))) return;
    const declared = this.#scope(stretch, at);
    for (let from = chain.end; ; from = name + 2, name = skipIndirections(tokens, from)) {
      if (from > chain.end && !(tokens.kindAt(name) === IDENT && ENDS_DECLARED_NAME.has(tokens.kindAt(name + 1))))
        return;
      const isIndirect = tokens.kindAt(name - 1) === STAR || tokens.kindAt(name + 1) === BRACKET_OPEN;
      declared.set(tokens.textAt(name), isIndirect ? { ...resolved, isIndirect } : resolved);
      if (tokens.kindAt(name + 1) !== COMMA) return;
    }
  }

  #value(stretch: Stretch, at: number, close: number, type: Resolved, context: NameContext): void {
    const { tokens } = stretch;
    if (tokens.kindAt(close + 1) === DOT) {
      this.#valuesIn(tokens).set(close, type);
      return;
    }
    const isMaker =
      RESULTS.has(type.symbol) || [...RESULTS.values()].includes(type.symbol) || context.kindOf(type.symbol) === "type";
    if (isMaker && tokens.kindAt(at - 1) === EQUALS && tokens.kindAt(at - 2) === IDENT) {
      this.#scope(stretch, at).set(tokens.textAt(at - 2), type);
    }
  }

  /** What a method gives back, where that has methods of its own: `vector.data().get()`. */
  noteResult(stretch: Stretch, at: number, symbol: string, owner: Resolved): void {
    const { tokens } = stretch;
    const type = METHOD_RESULTS.get(symbol);
    if (type === undefined || tokens.kindAt(at + 1) !== PAREN_OPEN) return;
    const close = tokens.matchAt(at + 1);
    if (close > at) this.#valuesIn(tokens).set(close, { symbol: type, family: owner.family });
  }

  /** Type of a variable or member declared outside functions. */
  fileTypeOf(name: string): Resolved | undefined {
    return this.#file.get(name);
  }

  get isEmpty(): boolean {
    return this.#file.size === 0;
  }

  /** Library type of the value that ends at `end`, before `.` or `->`. */
  typeOf(stretch: Stretch, end: number): Resolved | undefined {
    const { tokens } = stretch;
    const kind = tokens.kindAt(end);
    const value = this.#valuesIn(tokens).get(end);
    if (value) return value;
    if (kind === IDENT) return this.#variable(stretch, end);
    const indexed = kind === BRACKET_CLOSE ? tokens.matchAt(end) - 1 : -1;
    if (tokens.kindAt(indexed) !== IDENT) return undefined;
    const type = this.#variable(stretch, indexed);
    return type?.isIndirect ? type : undefined;
  }

  #variable(stretch: Stretch, at: number): VariableType | undefined {
    const name = stretch.tokens.textAt(at);
    return this.#scope(stretch, at).get(name) ?? this.#file.get(name);
  }
}

function skipIndirections(tokens: TokenList, from: number): number {
  let at = from;
  while (tokens.kindAt(at) === AMPERSAND || tokens.kindAt(at) === STAR || tokens.textAt(at) === "const") at += 1;
  return at;
}
