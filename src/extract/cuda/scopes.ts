/** What the braces of a file are: namespaces, types, functions. Declarations only; bodies are for others. */
import type { TokenList } from "./tokens.ts";
import {
  ARROW,
  BRACE_CLOSE,
  BRACE_OPEN,
  BRACKET_OPEN,
  COLON,
  COMMA,
  EQUALS,
  GREATER,
  IDENT,
  LESS,
  PAREN_CLOSE,
  PAREN_OPEN,
  SCOPE,
  SEMICOLON,
  STRING,
  TILDE,
} from "./tokens.ts";

export interface FunctionSpan {
  /** Last component. */
  readonly name: string;
  /** With namespaces and classes, as written. */
  readonly qualifiedName: string;
  /** The class it belongs to; undefined for a free function. */
  readonly owner: string | undefined;
  readonly nameToken: number;
  /** First token of the declaration. */
  readonly head: number;
  /** Tokens of the braces. */
  readonly open: number;
  readonly close: number;
  readonly parameters: readonly [open: number, close: number];
  readonly isKernel: boolean;
  readonly isDevice: boolean;
  readonly isTemplate: boolean;
}

/** A namespace, class, struct, union or enum. */
export interface TypeSpan {
  readonly kind: "namespace" | "type" | "enum";
  readonly name: string;
  readonly open: number;
  readonly close: number;
}

export interface Structure {
  readonly functions: readonly FunctionSpan[];
  readonly types: readonly TypeSpan[];
  /** Bodies of enumerations, in functions too. */
  readonly enums: readonly { readonly open: number; readonly close: number }[];
  /** Declaration-level name tokens that a parameter list follows without a body: prototypes. */
  readonly prototypes: ReadonlySet<number>;
}

/** Words before a parenthesis that are not the declared name. */
const NOT_A_NAME = new Set(
  (
    "__launch_bounds__ __attribute__ __declspec alignas __align__ __cluster_dims__ __maxnreg__ __block_size__ noexcept decltype explicit requires " +
    "sizeof throw if while for switch return catch static_assert typeof __typeof__ defined"
  ).split(" "),
);
/** What may follow a parameter list before the body. */
const AFTER_PARAMETERS = new Set(
  "const volatile noexcept override final try throw requires mutable __restrict__ __attribute__ __launch_bounds__".split(
    " ",
  ),
);
const TYPE_WORDS = new Set(["class", "struct", "union", "enum"]);

/** Tokens of a declaration before its body that are looked at; a table of braces without end is none. */
const LONGEST_HEAD = 4000;

interface Frame {
  readonly kind: TypeSpan["kind"];
  readonly names: number;
  readonly close: number;
}

/** Macros that stand for qualifiers: `HOST_DEVICE`, `KERNEL` … */
export interface QualifierMacros {
  readonly kernel: ReadonlySet<string>;
  readonly device: ReadonlySet<string>;
}

export function readStructure(tokens: TokenList, macros: QualifierMacros): Structure {
  const functions: FunctionSpan[] = [];
  const types: TypeSpan[] = [];
  const prototypes = new Set<number>();
  const path: string[] = [];
  const frames: Frame[] = [];
  let head = 0;

  const enter = (kind: TypeSpan["kind"], names: readonly string[], open: number): void => {
    const close = closeOf(tokens, open);
    types.push({ kind, name: names.join("::"), open, close });
    frames.push({ kind, names: path.length, close });
    path.push(...names);
  };

  for (let at = 0; at < tokens.count; at++) {
    const kind = tokens.kindAt(at);
    if (kind === BRACE_CLOSE) {
      const frame = frames.at(-1);
      if (frame && at >= frame.close) {
        frames.pop();
        path.length = frame.names;
      }
      head = at + 1;
    } else if (kind === SEMICOLON) {
      notePrototype(tokens, head, at, prototypes);
      head = at + 1;
    } else if (kind === COLON && isAccess(tokens, at, head)) {
      head = at + 1;
    } else if (kind === PAREN_OPEN || kind === BRACKET_OPEN) {
      const close = tokens.matchAt(at);
      if (close > at) at = close;
    } else if (kind === BRACE_OPEN) {
      const what = describe(tokens, head, at, macros);
      if (what.kind === "initializer") {
        at = closeOf(tokens, at);
        if (!what.declarationGoesOn || at - head > LONGEST_HEAD) head = at + 1;
        continue;
      }
      if (what.kind === "function") {
        const close = closeOf(tokens, at);
        const owner = what.written.split("::").at(-2) ?? (frames.at(-1)?.kind === "type" ? path.at(-1) : undefined);
        const qualifiedName = [...path, what.written].join("::");
        functions.push({ ...what.span, open: at, close, qualifiedName, owner });
        at = close;
      } else enter(what.kind, what.names, at);
      head = at + 1;
    }
  }
  return { functions, types, enums: readEnums(tokens), prototypes };
}

/** Bodies of `enum … {`, wherever they stand. */
function readEnums(tokens: TokenList): { open: number; close: number }[] {
  const enums: { open: number; close: number }[] = [];
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kindAt(at) !== IDENT || tokens.textAt(at) !== "enum") continue;
    let open = at + 1;
    while (tokens.kindAt(open) === IDENT || tokens.kindAt(open) === COLON || tokens.kindAt(open) === SCOPE) open += 1;
    if (tokens.kindAt(open) === BRACE_OPEN) enums.push({ open, close: closeOf(tokens, open) });
  }
  return enums;
}

function closeOf(tokens: TokenList, open: number): number {
  const close = tokens.matchAt(open);
  return close > open ? close : tokens.count;
}

function isAccess(tokens: TokenList, colon: number, head: number): boolean {
  const word = tokens.textAt(colon - 1);
  return colon - head <= 2 && /^(?:public|private|protected|signals|slots)$/.test(word);
}

type Described =
  | { readonly kind: "namespace" | "type" | "enum"; readonly names: readonly string[] }
  | { readonly kind: "initializer"; readonly declarationGoesOn: boolean }
  | {
      readonly kind: "function";
      readonly written: string;
      readonly span: Omit<FunctionSpan, "open" | "close" | "qualifiedName" | "owner">;
    };

/** What the brace at `open` opens, told from the declaration before it. */
function describe(tokens: TokenList, head: number, open: number, macros: QualifierMacros): Described {
  const start = skipTemplates(tokens, head, open);
  const first = tokens.textAt(start);
  const second = tokens.textAt(start + 1);
  if (first === "namespace" || (first === "inline" && second === "namespace")) {
    return { kind: "namespace", names: namespaceNames(tokens, start, open) };
  }
  if (first === "extern" && tokens.kindAt(start + 1) === STRING && start + 2 === open) {
    return { kind: "namespace", names: [] };
  }
  const signature = findSignature(tokens, start, open);
  if (signature && isMemberInitializer(tokens, signature, open))
    return { kind: "initializer", declarationGoesOn: true };
  if (!signature || isMacroInType(tokens, signature, first, open)) {
    const type = typeName(tokens, start, open);
    if (type) return type;
    return start === open ? { kind: "namespace", names: [] } : { kind: "initializer", declarationGoesOn: false };
  }
  return {
    kind: "function",
    written: signature.written,
    span: {
      name: signature.name,
      nameToken: signature.nameToken,
      head,
      parameters: signature.parameters,
      isKernel: hasWord(tokens, start, signature.nameToken, macros.kernel),
      isDevice: hasWord(tokens, start, signature.nameToken, macros.device),
      isTemplate: start > head,
    },
  };
}

/** Index behind any `template <…>` at the beginning of a declaration. */
export function skipTemplates(tokens: TokenList, head: number, end: number): number {
  let at = head;
  while (at < end && tokens.textAt(at) === "template" && tokens.kindAt(at + 1) === LESS) {
    const close = angleClose(tokens, at + 1, end);
    if (close < 0) return at;
    at = close + 1;
    if (tokens.textAt(at) === "requires" && tokens.kindAt(at + 1) === PAREN_OPEN) at = tokens.matchAt(at + 1) + 1;
  }
  return at;
}

/** Longest template argument list that is followed; beyond, a `<` is taken for "less than". */
const LONGEST_ANGLES = 400;

/** Index of the `>` that closes the `<` at `open`, or -1 when it is a comparison. */
export function angleClose(tokens: TokenList, open: number, end: number): number {
  let depth = 0;
  const limit = Math.min(end, open + LONGEST_ANGLES);
  for (let at = open; at < limit; at++) {
    const kind = tokens.kindAt(at);
    if (kind === LESS) depth += 1;
    else if (kind === GREATER) {
      depth -= 1;
      if (depth === 0) return at;
    } else if (kind === PAREN_OPEN || kind === BRACKET_OPEN || kind === BRACE_OPEN) {
      const close = tokens.matchAt(at);
      if (close < at) return -1;
      at = close;
    } else if (kind === SEMICOLON || kind === PAREN_CLOSE || kind === BRACE_CLOSE) return -1;
  }
  return -1;
}

function namespaceNames(tokens: TokenList, start: number, open: number): string[] {
  const names: string[] = [];
  for (let at = start; at < open; at++) {
    const text = tokens.textAt(at);
    if (tokens.kindAt(at) === IDENT && text !== "namespace" && text !== "inline") names.push(text);
  }
  return names;
}

interface Signature {
  readonly name: string;
  readonly written: string;
  readonly nameToken: number;
  readonly parameters: readonly [number, number];
}

/** The declared name and its parameter list; undefined when the declaration is no function. */
function findSignature(tokens: TokenList, start: number, end: number): Signature | undefined {
  let found: Signature | undefined;
  for (let at = start; at < end; at++) {
    const kind = tokens.kindAt(at);
    if (kind === EQUALS && !isOperatorName(tokens, at)) return found;
    if (kind === COLON || kind === ARROW) return found;
    if (kind === LESS && tokens.kindAt(at - 1) === IDENT && tokens.textAt(at - 1) !== "operator") {
      const close = angleClose(tokens, at, end);
      if (close > 0) at = close;
      continue;
    }
    if (kind !== PAREN_OPEN) continue;
    const close = tokens.matchAt(at);
    if (close < at || close >= end) return found;
    const signature = signatureAt(tokens, at, close, start);
    if (signature) {
      // `MACRO(x) void f(int) {`: a declarator follows, so the parentheses before it were a macro's.
      if (found && AFTER_PARAMETERS.has(tokens.textAt(found.parameters[1] + 1))) return found;
      found = signature;
    }
    at = close;
  }
  return found;
}

function isOperatorName(tokens: TokenList, at: number): boolean {
  for (let back = at; back > at - 4; back--) if (tokens.textAt(back) === "operator") return true;
  return false;
}

function signatureAt(tokens: TokenList, open: number, close: number, start: number): Signature | undefined {
  let at = open - 1;
  if (tokens.kindAt(at) === GREATER) at = angleOpen(tokens, at, start) - 1;
  const operator = operatorBefore(tokens, open, start);
  if (operator >= 0) {
    const name = `operator${tokens.text.slice(tokens.endAt(operator), tokens.endAt(open - 1)).trim()}`;
    const parameters = operator === open - 1 ? ([tokens.matchAt(open) + 1, 0] as const) : ([open, close] as const);
    if (operator === open - 1) {
      const second = tokens.matchAt(open) + 1;
      if (tokens.kindAt(second) !== PAREN_OPEN) return undefined;
      return {
        name: "operator()",
        written: written(tokens, operator, "operator()", start),
        nameToken: operator,
        parameters: [second, tokens.matchAt(second)],
      };
    }
    return { name, written: written(tokens, operator, name, start), nameToken: operator, parameters };
  }
  const name = tokens.textAt(at);
  if (at < start || tokens.kindAt(at) !== IDENT || NOT_A_NAME.has(name)) return undefined;
  return { name, written: written(tokens, at, name, start), nameToken: at, parameters: [open, close] };
}

/** Index of `operator` when it stands directly before the parenthesis or a few tokens back; else -1. */
function operatorBefore(tokens: TokenList, open: number, start: number): number {
  for (let at = open - 1; at >= start && at > open - 5; at--) {
    if (tokens.textAt(at) === "operator") return at;
    if (tokens.kindAt(at) === PAREN_CLOSE || tokens.kindAt(at) === COMMA) return -1;
  }
  return -1;
}

/** `Class<T>::name` as written, from the name backwards. */
function written(tokens: TokenList, nameToken: number, name: string, start: number): string {
  const parts = [name];
  let at = nameToken;
  if (tokens.kindAt(at - 1) === TILDE) {
    parts[0] = `~${name}`;
    at -= 1;
  }
  while (tokens.kindAt(at - 1) === SCOPE && at - 2 >= start) {
    at -= 2;
    if (tokens.kindAt(at) === GREATER) at = angleOpen(tokens, at, start) - 1;
    if (tokens.kindAt(at) !== IDENT) break;
    parts.unshift(tokens.textAt(at));
  }
  return parts.join("::");
}

/** Index of the `<` that the `>` at `close` closes, or `start` when there is none. */
export function angleOpen(tokens: TokenList, close: number, start: number): number {
  let depth = 0;
  const limit = Math.max(start, close - LONGEST_ANGLES);
  for (let at = close; at >= limit; at--) {
    const kind = tokens.kindAt(at);
    if (kind === GREATER) depth += 1;
    else if (kind === LESS) {
      depth -= 1;
      if (depth === 0) return at;
    } else if (kind === PAREN_CLOSE) {
      const open = tokens.matchAt(at);
      if (open < 0) return start;
      at = open;
    } else if (kind === SEMICOLON || kind === BRACE_CLOSE || kind === BRACE_OPEN) return start;
  }
  return start;
}

function typeName(tokens: TokenList, start: number, open: number): Described | undefined {
  for (let at = start; at < open; at++) {
    if (tokens.kindAt(at) === LESS) {
      const close = angleClose(tokens, at, open);
      if (close > 0) at = close;
    }
    if (tokens.kindAt(at) === EQUALS) return undefined;
    const word = tokens.textAt(at);
    if (tokens.kindAt(at) !== IDENT || !TYPE_WORDS.has(word)) continue;
    const name = nameAfter(tokens, at, open);
    return { kind: word === "enum" ? "enum" : "type", names: name ? [name] : [] };
  }
  return undefined;
}

/** The last word before a base clause: attributes and export macros stand between the keyword and the name. */
function nameAfter(tokens: TokenList, keyword: number, open: number): string | undefined {
  let name: string | undefined;
  for (let at = keyword + 1; at < open; at++) {
    const kind = tokens.kindAt(at);
    if (kind === COLON) break;
    if (kind === LESS) {
      const close = angleClose(tokens, at, open);
      if (close > 0) at = close;
    } else if (kind === PAREN_OPEN) at = Math.max(at, tokens.matchAt(at));
    else if (kind === IDENT && tokens.textAt(at) !== "final" && !TYPE_WORDS.has(tokens.textAt(at)))
      name = tokens.textAt(at);
  }
  return name;
}

function hasWord(tokens: TokenList, from: number, to: number, wanted: ReadonlySet<string>): boolean {
  for (let at = from; at < to; at++) {
    if (tokens.kindAt(at) === IDENT && wanted.has(tokens.textAt(at))) return true;
  }
  return false;
}

/** `Class() : member{1}`: the brace belongs to the member. */
function isMemberInitializer(tokens: TokenList, signature: Signature, open: number): boolean {
  const before = tokens.kindAt(open - 1);
  return tokens.kindAt(signature.parameters[1] + 1) === COLON && (before === IDENT || before === GREATER);
}

/** `struct EXPORT(16) Name {`: the parentheses are a macro's. */
function isMacroInType(tokens: TokenList, signature: Signature, first: string, open: number): boolean {
  const after = signature.parameters[1] + 1;
  return (
    TYPE_WORDS.has(first) &&
    after < open &&
    tokens.kindAt(after) === IDENT &&
    !AFTER_PARAMETERS.has(tokens.textAt(after))
  );
}

function notePrototype(tokens: TokenList, head: number, end: number, prototypes: Set<number>): void {
  const start = skipTemplates(tokens, head, end);
  const first = tokens.textAt(start);
  if (first === "typedef" || first === "using" || first === "return") return;
  const signature = findSignature(tokens, start, end);
  // Without a type before the name it is a call: files of statements are included into functions.
  if (signature && signature.nameToken > start) prototypes.add(signature.nameToken);
}
