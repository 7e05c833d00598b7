/** What the braces of a file are: namespaces, types, functions. Declarations only; bodies are for others. */
import { angleClose, skipTemplates } from "./angles.ts";
import { findSignature, isMacroInType, isMemberInitializer, TYPE_WORDS } from "./signatures.ts";
import {
  BRACE_CLOSE,
  BRACE_OPEN,
  BRACKET_OPEN,
  COLON,
  EQUALS,
  IDENT,
  LESS,
  PAREN_OPEN,
  SCOPE,
  SEMICOLON,
  STRING,
  type TokenList,
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
  if (!tokens.names.has("enum")) return enums;
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

function namespaceNames(tokens: TokenList, start: number, open: number): string[] {
  const names: string[] = [];
  for (let at = start; at < open; at++) {
    const text = tokens.textAt(at);
    if (tokens.kindAt(at) === IDENT && text !== "namespace" && text !== "inline") names.push(text);
  }
  return names;
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

function notePrototype(tokens: TokenList, head: number, end: number, prototypes: Set<number>): void {
  const start = skipTemplates(tokens, head, end);
  const first = tokens.textAt(start);
  if (first === "typedef" || first === "using" || first === "return") return;
  const signature = findSignature(tokens, start, end);
  // Without a type before the name it is a call: files of statements are included into functions.
  if (signature && signature.nameToken > start) prototypes.add(signature.nameToken);
}
