/** Names of a file that bring double precision into the code that mentions them. */
import type { Macro } from "./preprocessor.ts";
import type { Structure } from "./scopes.ts";
import {
  BRACKET_OPEN,
  COMMA,
  EQUALS,
  IDENT,
  LESS,
  PAREN_OPEN,
  SCOPE,
  SEMICOLON,
  STAR,
  type TokenList,
} from "./tokens.ts";

export interface DoubleNames {
  /** Typedefs, aliases and macros that mean `double`. */
  readonly types: ReadonlySet<string>;
  /** Types with a member in double precision, and variables of the file in it. */
  readonly holders: ReadonlySet<string>;
}

export function doubleNames(
  code: TokenList,
  structure: Structure,
  directiveTokens: TokenList,
  macros: readonly Macro[],
): DoubleNames {
  const types = doubleTypes(code, directiveTokens, macros);
  const isUsed = code.names.has("double") || [...types].some((name) => code.names.has(name));
  return { types, holders: isUsed ? doubleHolders(code, structure, types) : NONE };
}

const NONE: ReadonlySet<string> = new Set();

function doubleHolders(code: TokenList, { functions, types }: Structure, doubles: ReadonlySet<string>): Set<string> {
  const holders = new Set<string>();
  // Functions answer for themselves: they stand in order of their bodies, and where one ends, the search goes on.
  let next = 0;
  for (let at = 0; at < code.count; at++) {
    const span = functions[next];
    if (span !== undefined && at >= span.head) {
      at = Math.max(at, span.close);
      next += 1;
    }
    if (code.kindAt(at) !== IDENT) continue;
    const text = code.textAt(at);
    if (text !== "double" && !doubles.has(text)) continue;
    const owner = types.findLast(({ kind, open, close }) => kind === "type" && open < at && at < close);
    let name = at + 1;
    while (code.kindAt(name) === STAR || code.textAt(name) === "const") name += 1;
    if (owner) holders.add(owner.name);
    else if (code.textAt(at - 1) !== "typedef" && isVariable(code, name)) holders.add(code.textAt(name));
  }
  return holders;
}

function isVariable(code: TokenList, name: number): boolean {
  const next = code.kindAt(name + 1);
  return code.kindAt(name) === IDENT && (next === SEMICOLON || next === EQUALS || next === BRACKET_OPEN);
}

/** True when the file makes one of its own templates for `double`: its template kernels then compute in it. */
export function instantiatesDouble(code: TokenList, structure: Structure): boolean {
  if (!code.names.has("double")) return false;
  const own = new Set([...structure.functions.map((span) => span.name), ...structure.types.map((type) => type.name)]);
  for (let at = 2; at < code.count; at++) {
    if (code.kindAt(at) !== IDENT || code.textAt(at) !== "double") continue;
    const open = code.kindAt(at - 1) === COMMA ? angleBefore(code, at - 1) : at - 1;
    if (code.kindAt(open) === LESS && own.has(code.textAt(open - 1)) && code.kindAt(open - 2) !== SCOPE) return true;
  }
  return false;
}

/** The `<` before a comma in a short list of template arguments. */
function angleBefore(code: TokenList, comma: number): number {
  for (let at = comma - 1; at > comma - 12; at--) {
    if (code.kindAt(at) === LESS) return at;
    if (code.kindAt(at) === PAREN_OPEN || code.kindAt(at) === SEMICOLON) return -1;
  }
  return -1;
}

/** Typedefs, aliases and macros that mean `double`. */
function doubleTypes(code: TokenList, directiveTokens: TokenList, macros: readonly Macro[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const macro of macros) {
    if (macro.to - macro.from === 1 && directiveTokens.textAt(macro.from) === "double") names.add(macro.name);
  }
  if (!code.names.has("double")) return names;
  for (let at = 0; at < code.count; at++) {
    if (code.kindAt(at) !== IDENT || code.textAt(at) !== "double") continue;
    if (code.textAt(at - 1) === "typedef" && code.kindAt(at + 1) === IDENT) names.add(code.textAt(at + 1));
    if (code.textAt(at - 3) === "using" && code.kindAt(at - 1) === EQUALS) names.add(code.textAt(at - 2));
  }
  return names;
}
