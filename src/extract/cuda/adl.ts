/** Plain calls that mean a library's function because of what they are given: `swap(vectorA, vectorB)`. */
import type { Catalog } from "../../model/catalog.ts";
import type { Resolved } from "./chains.ts";
import type { NameContext, Stretch } from "./names.ts";
import { COMMA, IDENT, PAREN_CLOSE, PAREN_OPEN } from "./tokens.ts";

const LIBRARIES = /^(thrust|cooperative_groups|cub)::(\w+)$/;
const tables = new WeakMap<Catalog, ReadonlySet<string>>();

/** Functions of the libraries whose types are followed, without their namespace. */
export function foundByArgument(catalog: Catalog): ReadonlySet<string> {
  const known = tables.get(catalog);
  if (known) return known;
  const names = new Set<string>();
  for (const [symbol, { kind }] of catalog.entries) {
    const name = kind === "call" ? LIBRARIES.exec(symbol)?.[2] : undefined;
    if (name !== undefined) names.add(name);
  }
  tables.set(catalog, names);
  return names;
}

/** A call whose first argument is a mere variable; a function of that name in the file is the better match. */
export function argumentCall(stretch: Stretch, context: NameContext, at: number, text: string): void {
  const { tokens } = stretch;
  if (tokens.kindAt(at + 1) !== PAREN_OPEN || tokens.kindAt(at + 2) !== IDENT) return;
  const behind = tokens.kindAt(at + 3);
  if ((behind !== COMMA && behind !== PAREN_CLOSE) || context.isOwnFunction(text) || stretch.isDeclared(at)) return;
  const type = context.variables.typeOf(stretch, at + 2);
  if (type) callOf(stretch, context, at, type);
  else context.pending.push({ stretch, token: at + 2, call: at });
}

export function callOf(stretch: Stretch, context: NameContext, at: number, type: Resolved): void {
  const namespace = LIBRARIES.exec(type.symbol)?.[1];
  const symbol = `${namespace}::${stretch.tokens.textAt(at)}`;
  if (namespace === undefined || context.kindOf(symbol) !== "call") return;
  context.sink.add({ kind: "call", symbol, family: type.family }, stretch.placeAt(at), stretch.tokens, at);
}
