/** Qualified names: `a::b<…>::c` read as one chain and resolved through aliases to NVIDIA's namespaces. */
import type { Catalog } from "../../model/catalog.ts";
import { angleClose } from "./angles.ts";
import { EQUALS, IDENT, LESS, SCOPE, SEMICOLON, type TokenList } from "./tokens.ts";

export interface Chain {
  readonly parts: readonly string[];
  /** Token of the last part. */
  readonly last: number;
  /** First token behind the chain and its template arguments. */
  readonly end: number;
}

/** Longest qualified name that is followed. */
const LONGEST_CHAIN = 24;

/** Reads the chain that begins at an identifier. */
export function readChain(tokens: TokenList, at: number, limit: number): Chain {
  const parts = [tokens.textAt(at)];
  let last = at;
  let end = at + 1;
  while (parts.length < LONGEST_CHAIN) {
    let next = end;
    if (tokens.kindAt(next) === LESS) {
      const close = angleClose(tokens, next, limit);
      if (close > 0) next = end = close + 1;
    }
    if (tokens.kindAt(next) !== SCOPE) break;
    next += 1;
    if (tokens.textAt(next) === "template") next += 1;
    if (tokens.kindAt(next) !== IDENT) break;
    parts.push(tokens.textAt(next));
    last = next;
    end = next + 1;
  }
  return { parts, last, end };
}

export interface Resolved {
  readonly symbol: string;
  readonly family: string;
}

/** Spellings that a header of the project usually introduces. */
const USUAL_ALIASES: readonly (readonly [string, readonly string[]])[] = [
  ["cg", ["cooperative_groups"]],
  ["wmma", ["nvcuda", "wmma"]],
];
/** Parts of a name by which a project calls a library's namespace: `my_cub`, `thrust_ns`. */
const LIBRARY_WORD = /(?:^|_)(cub|thrust|cutlass|cute|wmma|cg)(?:_|$)/i;
const LIBRARY_OF_WORD: Readonly<Record<string, string>> = { wmma: "nvcuda::wmma", cg: "cooperative_groups" };
const presumed = new Map<string, string | undefined>();
const MOST_PRESUMED = 100_000;

/** The namespace that a project may call by this name: for `link` to prove from an alias in a header, or to forget. */
export function presumedNamespace(name: string): string | undefined {
  if (presumed.has(name)) return presumed.get(name);
  const word = LIBRARY_WORD.exec(name)?.[1]?.toLowerCase();
  const namespace = word === undefined || name.length === word.length ? undefined : (LIBRARY_OF_WORD[word] ?? word);
  if (presumed.size < MOST_PRESUMED) presumed.set(name, namespace);
  return namespace;
}

/** `cuda` is also many a project's own namespace: only these members are libcu++'s. */
const LIBCUDACXX = new Set(
  (
    "std atomic atomic_ref atomic_thread_fence barrier latch counting_semaphore binary_semaphore pipeline pipeline_shared_state make_pipeline " +
    "pipeline_consumer_wait_prior pipeline_producer_commit pipeline_role memcpy_async aligned_size_t thread_scope thread_scope_system thread_scope_device " +
    "thread_scope_block thread_scope_thread ptx device stream_ref annotated_ptr access_property apply_access_property associate_access_property " +
    "discard_memory proclaim_return_type maximum minimum ceil_div is_power_of_two mr get_property in_place_type experimental " +
    "arch_id compute_capability event timed_event stream launch hierarchy grid_dims block_dims cluster_dims"
  ).split(" "),
);

export class NameResolver {
  readonly #catalog: Catalog;
  readonly #families: ReadonlyMap<string, string>;
  readonly #aliases = new Map<string, readonly string[]>(USUAL_ALIASES);
  readonly #used: string[] = [];
  /** Aliases of namespaces: by themselves they name nothing. */
  readonly #namespaces = new Set(USUAL_ALIASES.map(([name]) => name));
  readonly #own: ReadonlySet<string>;
  /** Names that the file gives to NVIDIA's namespaces, for those who include it. */
  readonly handedOn: { readonly name: string; readonly target: string; readonly token: number }[] = [];
  /** True when some name was resolved through a namespace that is only presumed to be a library's. */
  hasPresumed = false;

  /** `own`: namespaces that the file itself opens. */
  constructor(catalog: Catalog, own: ReadonlySet<string>) {
    this.#catalog = catalog;
    this.#families = namespaceTable(catalog);
    this.#own = own;
  }

  /** Reads `using` and `namespace x = …`; the order in the file does not matter much, so one look ahead suffices. */
  learn(tokens: TokenList): void {
    if (!["using", "typedef", "namespace"].some((word) => tokens.names.has(word))) return;
    for (let at = 0; at < tokens.count; at++) {
      if (tokens.kindAt(at) !== IDENT) continue;
      const text = tokens.textAt(at);
      if (text === "using") this.#using(tokens, at);
      else if (text === "typedef") this.#typedef(tokens, at);
      else if (text === "namespace" && tokens.kindAt(at + 2) === EQUALS) {
        this.#namespaceAlias(tokens, at + 1);
      }
    }
  }

  #namespaceAlias(tokens: TokenList, at: number): void {
    const name = tokens.textAt(at);
    this.#namespaces.add(name);
    const target = this.#expand(readChain(tokens, skipScope(tokens, at + 2), tokens.count).parts);
    const isNvidia = this.#isNvidia(target);
    // Another branch may give the name to another vendor's library.
    if (isNvidia || USUAL_ALIASES.some(([usual]) => usual === name)) this.#alias(name, target);
    if (isNvidia && presumedNamespace(name) !== undefined)
      this.handedOn.push({ name, target: target.join("::"), token: at });
  }

  #using(tokens: TokenList, at: number): void {
    if (tokens.textAt(at + 1) === "namespace") {
      const resolved = this.#expand(readChain(tokens, skipScope(tokens, at + 2), tokens.count).parts);
      const name = resolved.join("::");
      if (this.#isNamespace(resolved) && !this.#used.includes(name)) this.#used.push(name);
      return;
    }
    const isAlias = tokens.kindAt(at + 2) === EQUALS;
    const from = skipScope(tokens, isAlias ? at + 3 : at + 1);
    const start = tokens.textAt(from) === "typename" ? skipScope(tokens, from + 1) : from;
    if (tokens.kindAt(start) !== IDENT) return;
    const { parts } = readChain(tokens, start, tokens.count);
    if (isAlias) this.#alias(tokens.textAt(at + 1), parts);
    else if (parts.length > 1) this.#alias(parts.at(-1) as string, parts);
  }

  #typedef(tokens: TokenList, at: number): void {
    let start = skipScope(tokens, at + 1);
    if (tokens.textAt(start) === "typename" || tokens.textAt(start) === "const") start += 1;
    if (tokens.kindAt(start) !== IDENT) return;
    const { parts, end } = readChain(tokens, start, tokens.count);
    if (tokens.kindAt(end) === IDENT && tokens.kindAt(end + 1) === SEMICOLON) this.#alias(tokens.textAt(end), parts);
  }

  /** Only what leads into NVIDIA's namespaces is worth knowing; what leads elsewhere takes the usual meaning away. */
  #alias(name: string, target: readonly string[]): void {
    const parts = this.#expand(target);
    if (parts[0] === name) return;
    if (this.#isNvidia(parts)) this.#aliases.set(name, parts);
    else if (this.resolve(target)) this.#aliases.set(name, (this.resolve(target) as Resolved).symbol.split("::"));
    else this.#aliases.delete(name);
  }

  #isNamespaceAlias(name: string): boolean {
    return this.#namespaces.has(name) || this.#families.has(name);
  }

  #expand(parts: readonly string[]): readonly string[] {
    const head = this.#aliases.get(parts[0] ?? "");
    return head ? [...head, ...parts.slice(1)] : parts;
  }

  #isNamespace(parts: readonly string[]): boolean {
    return this.#familyOf(parts) !== undefined;
  }

  #isNvidia(parts: readonly string[]): boolean {
    return parts.length > 1 ? this.#familyOf(parts) !== undefined : this.#families.has(parts[0] ?? "");
  }

  #familyOf(parts: readonly string[]): string | undefined {
    const head = parts[0] ?? "";
    if (head === "cuda" && this.#own.has(head)) return undefined;
    if (head === "cuda") return parts.length === 1 || LIBCUDACXX.has(parts[1] ?? "") ? "libcudacxx" : undefined;
    const family = this.#families.get(head);
    if (family !== undefined || parts.length === 1) return family;
    return this.#families.get(`${head}::${parts[1]}`) ?? this.#presumedFamily(head);
  }

  #presumedFamily(head: string): string | undefined {
    const namespace = presumedNamespace(head);
    if (namespace === undefined || this.#own.has(head) || this.#namespaces.has(head)) return undefined;
    this.hasPresumed = true;
    return this.#families.get(namespace.split("::")[0] ?? "");
  }

  /** The full name of a chain that leads into one of NVIDIA's namespaces; undefined for any other. */
  resolve(parts: readonly string[]): Resolved | undefined {
    const full = this.#expand(parts);
    if (parts.length === 1 && this.#isNamespaceAlias(parts[0] ?? "")) return undefined;
    const family = full.length > 1 ? this.#familyOf(full) : undefined;
    if (family !== undefined) return { symbol: full.join("::"), family };
    // A name of a larger namespace that speaks of CUDA: `at::kCUDA`.
    const entry = full.length > 1 ? this.#catalog.entries.get(full.join("::")) : undefined;
    if (entry) return { symbol: full.join("::"), family: entry.family };
    for (const namespace of this.#used) {
      const entry =
        this.#catalog.entries.get(`${namespace}::${parts[0]}`) ??
        (parts.length > 1 ? this.#catalog.entries.get(`${namespace}::${parts.join("::")}`) : undefined);
      if (entry) return { symbol: `${namespace}::${parts.join("::")}`, family: entry.family };
    }
    return undefined;
  }

  /** True when plain names may stand for names of a namespace: they need a look each. */
  get hasUsed(): boolean {
    return this.#used.length > 0;
  }

  isAlias(name: string): boolean {
    return this.#aliases.has(name);
  }
}

function skipScope(tokens: TokenList, at: number): number {
  return tokens.kindAt(at) === SCOPE ? at + 1 : at;
}

const tables = new WeakMap<Catalog, ReadonlyMap<string, string>>();

/** Family by namespace. */
export function namespaceTable(catalog: Catalog): ReadonlyMap<string, string> {
  const known = tables.get(catalog);
  if (known) return known;
  const table = new Map(
    catalog.families.flatMap(({ id, namespaces = [] }) => namespaces.map((name) => [name, id] as const)),
  );
  tables.set(catalog, table);
  return table;
}
