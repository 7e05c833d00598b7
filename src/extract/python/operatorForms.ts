/** Which operator a call means, where its arguments decide it: `F.pad(x, p, mode="reflect")`. */
import type { ArgumentCondition } from "../../model/catalog.ts";
import type { CallContext } from "./calls.ts";
import type { Argument } from "./semantics.ts";
import {
  COMMA,
  END,
  KEYWORDS,
  LBRACE,
  LBRACKET,
  LPAREN,
  NEWLINE,
  RBRACE,
  RBRACKET,
  RPAREN,
  STAR,
  type Tokens,
} from "./tokens.ts";
import type { Draft, Value } from "./value.ts";

type Args = readonly Argument<Value>[];

/** Notes the operator of the first form that surely fits; what is computed or unpacked fits none. */
export function notesForm({ names, tokens }: CallContext, draft: Draft, args: Args): void {
  const forms = names.formsOf(draft.symbol);
  const form = forms?.find(({ when }) => when.every((condition) => holds(condition, args, tokens)));
  if (form) draft.facts = { ...draft.facts, operator: form.operator };
}

function holds(condition: ArgumentCondition, args: Args, tokens: Tokens): boolean {
  if ("count" in condition) return args.length === condition.count && !args.some(isUnpacked);
  const arg = given(condition.argument, condition.position, args);
  if (!arg) return false;
  if ("literal" in condition) return literalString(arg, tokens) === condition.literal;
  if ("items" in condition) return literalItems(arg.token, tokens) === condition.items;
  return arg.value.kind === "tensor" && arg.value.sure;
}

function isUnpacked({ keyword }: Argument<Value>): boolean {
  return keyword === "*" || keyword === "**";
}

/** By its name, or by its place where nothing unpacked stands before. */
function given(name: string, position: number | undefined, args: Args): Argument<Value> | undefined {
  const named = args.find(({ keyword }) => keyword === name);
  if (named || position === undefined) return named;
  const placed = args.slice(0, position + 1);
  return placed.every(({ keyword }) => keyword === undefined) ? placed[position] : undefined;
}

/** A string that stands there itself and alone: a variable may have been assigned elsewhere. */
function literalString({ value, token }: Argument<Value>, tokens: Tokens): string | undefined {
  if (value.kind !== "string" || value.held || value.first !== token) return undefined;
  return endsArgument(value.last + 1, tokens) ? value.text : undefined;
}

function endsArgument(token: number, tokens: Tokens): boolean {
  const kind = tokens.kindAt(token);
  return kind === COMMA || kind === RPAREN;
}

/** Number of items of a tuple or list that is written out from this token on, if that is the whole argument. */
function literalItems(first: number, tokens: Tokens): number | undefined {
  if (!opens(tokens.kindAt(first))) return undefined;
  let token = first + 1;
  let items = 0;
  let begins = true;
  for (let depth = 1; depth > 0; token++) {
    const kind = tokens.kindAt(token);
    if (kind === NEWLINE || kind === END) return undefined;
    if (depth === 1 && (kind === KEYWORDS.for || (begins && kind === STAR))) return undefined;
    if (closes(kind)) depth -= 1;
    else if (depth === 1 && begins) items += 1;
    begins = depth === 1 && kind === COMMA;
    if (opens(kind)) depth += 1;
  }
  return endsArgument(token, tokens) ? items : undefined;
}

function opens(kind: number): boolean {
  return kind === LPAREN || kind === LBRACKET || kind === LBRACE;
}

function closes(kind: number): boolean {
  return kind === RPAREN || kind === RBRACKET || kind === RBRACE;
}
