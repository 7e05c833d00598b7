/** Partners of brackets, over code whose `#if` branches may each open or close some. */
import type { Directive } from "./lexed.ts";
import {
  BRACE_CLOSE,
  BRACE_OPEN,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  PAREN_CLOSE,
  PAREN_OPEN,
  type TokenList,
} from "./tokens.ts";

/** An open bracket above the one it stands in, and its doubles from other `#if` branches: one partner closes them all. */
interface Open {
  readonly kind: number;
  readonly tokens: number[];
  readonly below: Stack;
  readonly depth: number;
}

/** Linked, so that a branch costs nothing to remember. */
type Stack = Open | undefined;

interface Frame {
  readonly before: Stack;
  hasElse: boolean;
  after: Stack;
}

/** By kind, what a closing bracket closes; 0 for everything else. */
const PARTNER = new Uint8Array(256);
PARTNER[PAREN_CLOSE] = PAREN_OPEN;
PARTNER[BRACE_CLOSE] = BRACE_OPEN;
PARTNER[BRACKET_CLOSE] = BRACKET_OPEN;

/** How far down an unfitting closer looks for its opener; beyond, the text is not code. */
const REACH = 64;

/** Fills `tokens.match`; returns the number of brackets left without a partner. */
export function matchBrackets(tokens: TokenList, directives: readonly Directive[]): number {
  tokens.unmatch();
  const frames: Frame[] = [];
  let stack: Stack;
  let loose = 0;
  let nextDirective = 0;

  for (let at = 0; at <= tokens.count; at++) {
    for (; directives[nextDirective]?.codeAt === at; nextDirective++) {
      stack = branch((directives[nextDirective] as Directive).name, stack, frames);
    }
    const kind = tokens.kindAt(at);
    const wanted = PARTNER[kind] as number;
    if (isOpener(kind)) stack = pushed(stack, kind, at);
    else if (wanted > 0) {
      const opener = openerOf(stack, wanted);
      if (opener) stack = close(tokens, opener, at);
      else loose += 1;
    }
  }
  return loose + (stack?.depth ?? 0);
}

/** Brackets of one token range on their own (a macro body). */
export function matchRange(tokens: TokenList, from: number, to: number): void {
  let stack: Stack;
  for (let at = from; at < to; at++) {
    const kind = tokens.kindAt(at);
    const wanted = PARTNER[kind] as number;
    if (isOpener(kind)) stack = pushed(stack, kind, at);
    else if (wanted > 0) {
      const opener = openerOf(stack, wanted);
      if (opener) stack = close(tokens, opener, at);
    }
  }
}

function isOpener(kind: number): boolean {
  return kind === PAREN_OPEN || kind === BRACE_OPEN || kind === BRACKET_OPEN;
}

function pushed(stack: Stack, kind: number, at: number): Open {
  return { kind, tokens: [at], below: stack, depth: (stack?.depth ?? 0) + 1 };
}

/** A closing brace also closes parentheses that were left open inside it; a parenthesis never reaches out of a brace. */
function openerOf(stack: Stack, wanted: number): Stack {
  let open = stack;
  for (let steps = 0; open && open.kind !== wanted; steps++) {
    if (steps === REACH || (wanted !== BRACE_OPEN && open.kind === BRACE_OPEN)) return undefined;
    open = open.below;
  }
  return open;
}

function close(tokens: TokenList, open: Open, at: number): Stack {
  for (const opening of open.tokens) tokens.setMatch(opening, at);
  tokens.setMatch(at, open.tokens[0] ?? -1);
  return open.below;
}

/** Every branch begins where its `#if` stood; behind `#endif` the brackets of the first branch count. */
function branch(name: string, stack: Stack, frames: Frame[]): Stack {
  if (name === "if" || name === "ifdef" || name === "ifndef") {
    frames.push({ before: stack, hasElse: false, after: undefined });
    return stack;
  }
  const frame = frames.at(-1);
  if (!frame || (name !== "endif" && !name.startsWith("el"))) return stack;
  if (name === "endif") frames.pop();
  if (frame.hasElse) joinDoubles(frame.after, stack);
  else if (name === "endif") return stack;
  else {
    frame.after = stack;
    frame.hasElse = true;
  }
  return name === "endif" ? frame.after : frame.before;
}

function joinDoubles(kept: Stack, other: Stack): void {
  let mine = kept;
  let double = other;
  while (mine && double && mine !== double) {
    if (mine.depth > double.depth) mine = mine.below;
    else if (double.depth > mine.depth) double = double.below;
    else {
      if (mine.kind === double.kind) for (const token of double.tokens) mine.tokens.push(token);
      mine = mine.below;
      double = double.below;
    }
  }
}
