/** Usages of names: calls, types, constants, built-ins and qualifiers, in code and in macro bodies. */
import type { Facts } from "../../model/inventory.ts";
import type { UsageKind } from "../../model/vocabulary.ts";
import { argumentCall, callOf } from "./adl.ts";
import { angleClose } from "./angles.ts";
import { type Chain, type NameResolver, type Resolved, readChain } from "./chains.ts";
import { BEFORE_EXPRESSION, isDeclared } from "./declarators.ts";
import { dtypeOf } from "./dtypes.ts";
import { boundsFacts, callFacts, clusterFacts, textureFacts } from "./facts.ts";
import type { Launcher } from "./givenKernels.ts";
import { homonyms } from "./homonyms.ts";
import { isVariable, type Known, type KnownNames } from "./known.ts";
import type { LibraryVariables } from "./libraryVariables.ts";
import type { Place, UsageSink } from "./sink.ts";
import {
  ARROW,
  BRACE_OPEN,
  DOT,
  GREATER,
  IDENT,
  LESS,
  PAREN_OPEN,
  SCOPE,
  SEMICOLON,
  type TokenList,
} from "./tokens.ts";

/** A stretch of tokens with one place and one set of names of its own. */
export interface Stretch {
  readonly tokens: TokenList;
  readonly from: number;
  readonly to: number;
  readonly placeAt: (token: number) => Place;
  /** True where the token is compiled for a device, or may be (macro bodies). */
  readonly isDevice: (token: number) => boolean;
  /** The lowest architecture that an `#if` around it demands. */
  readonly archAt: (token: number) => number | undefined;
  /** Names that mean something else here: macro parameters. */
  readonly hidden: ReadonlySet<string>;
  /** The function of the program whose parameter a launch names. */
  readonly launcherAt: (token: number) => Launcher | undefined;
  /** The variable that a launch names, as what its function gives kernels to. */
  readonly variableAt: (token: number, isResolved: boolean) => Launcher | undefined;
  /** Name tokens of function definitions and prototypes. */
  readonly isDeclared: (token: number) => boolean;
}

interface PendingMember {
  readonly stretch: Stretch;
  /** The variable. */
  readonly token: number;
  /** The function that is given the variable; absent for a method of it. */
  readonly call?: number;
}

export interface NameContext {
  readonly known: KnownNames;
  readonly kindOf: (symbol: string) => UsageKind | undefined;
  readonly resolver: NameResolver;
  readonly sink: UsageSink;
  /** Names shaped like NVIDIA's that the file defines. */
  readonly defines: Set<string>;
  readonly variables: LibraryVariables;
  /** Listed names that the file gives to variables of its own. */
  readonly shadowed: Set<string>;
  /** Names of functions that a plain call may mean because of its arguments. */
  readonly byArgument: ReadonlySet<string>;
  /** The file speaks of PyTorch. */
  readonly hasTensors: boolean;
  readonly isOwnFunction: (name: string) => boolean;
  /** Method calls on names that may turn out to be members of a library type, declared further down. */
  readonly pending: PendingMember[];
}

/** Methods of PyTorch's C++ tensors that ask or say where they live. */
const TENSOR_METHODS = new Set(["is_cuda", "cuda", "pin_memory"]);

/** Vector types and their makers are as common as the built-in variables: folded like them. */
const VECTOR = /^(?:make_)?(?:u?(?:char|short|int|long|longlong)|float|double)[1-4](?:_(?:16|32)a)?$|^dim3$/;

export function collectNames(stretch: Stretch, context: NameContext): void {
  const { tokens, from, to, hidden } = stretch;
  const isOwn = homonyms(tokens, to);
  for (let at = from; at < to; at++) {
    if (tokens.kindAt(at) !== IDENT) continue;
    const before = tokens.kindAt(at - 1);
    if (before === SCOPE && isPart(tokens, at - 2)) continue;
    const text = tokens.textAt(at);
    if (hidden.has(text)) continue;
    if (before === DOT || before === ARROW) {
      member(stretch, context, at, text);
      continue;
    }
    const qualified = tokens.kindAt(at + 1) === SCOPE || tokens.kindAt(at + 1) === LESS;
    if (qualified || context.resolver.hasUsed || context.resolver.isAlias(text)) {
      const chain = readChain(tokens, at, to);
      const resolved = context.resolver.resolve(chain.parts);
      if (resolved) {
        library(stretch, context, at, chain, resolved);
        continue;
      }
      if (chain.parts.length > 1 && before !== SCOPE) continue;
    }
    const known = context.known(text);
    if (known === undefined) {
      if (context.byArgument.has(text) && before !== SCOPE) argumentCall(stretch, context, at, text);
    } else if (!isOwn(at, text, known)) single(stretch, context, at, text, known);
  }
}

/** True when the token before `::` is a name, so that what follows is no head of a chain. */
function isPart(tokens: TokenList, at: number): boolean {
  if (tokens.kindAt(at) === IDENT) return !BEFORE_EXPRESSION.has(tokens.textAt(at));
  return tokens.kindAt(at) === GREATER;
}

/** A plain identifier that the catalog knows or whose shape is NVIDIA's. */
function single(stretch: Stretch, context: NameContext, at: number, text: string, known: Known): void {
  const { tokens } = stretch;
  // `TORCH_LIBRARY(ops, m) { … }` looks like a function without a type: a macro of the library's, used.
  const isMacroCall = known.listed && known.kind === "constant" && tokens.kindAt(at + 1) === PAREN_OPEN;
  if (!isMacroCall && (stretch.isDeclared(at) || (known.family !== "device" && isDeclared(tokens, at, known.listed)))) {
    if (known.plain) return;
    context.defines.add(text);
    if (tokens.kindAt(at + 1) !== PAREN_OPEN && known.kind !== "call") context.shadowed.add(text);
    return;
  }
  if (context.shadowed.has(text) && !isTypeUse(tokens, at)) return;
  const isCall = followedByCall(tokens, at, stretch.to);
  if (known.plain && (!isCall || !stretch.isDevice(at))) return;
  if (text === "texture" && tokens.kindAt(at + 1) !== LESS) return;
  const place = stretch.placeAt(at);
  if (known.kind === "qualifier" && isAttribute(tokens, at)) return;
  if (known.kind === "qualifier" || isVariable(text) || VECTOR.test(text)) {
    const facts = qualifierFacts(tokens, at, text);
    context.sink.addFolded({ kind: known.kind, family: known.family, symbol: text, facts }, place, tokens, at);
    return;
  }
  const kind = known.listed ? known.kind : unlistedKind(known, isCall);
  const facts = factsOf(stretch, at, text, known, isCall);
  context.sink.add({ kind, symbol: text, family: known.family, facts, unlisted: !known.listed }, place, tokens, at);
}

function qualifierFacts(tokens: TokenList, at: number, text: string): Facts | undefined {
  if (text === "__managed__") return { managed: true };
  if (text === "__cluster_dims__") return clusterFacts(tokens, at);
  return text === "__launch_bounds__" ? boundsFacts(tokens, at) : undefined;
}

function factsOf(stretch: Stretch, at: number, text: string, known: Known, isCall: boolean): Facts {
  const arch = known.family === "device" ? stretch.archAt(at) : undefined;
  const dtype = isCall ? undefined : dtypeOf(text);
  return {
    ...(isCall ? callFacts(stretch.tokens, at, text, known.family) : {}),
    ...(dtype === undefined ? {} : { dtype }),
    ...(text === "texture" || text === "surface" ? textureFacts(stretch.tokens, at) : {}),
    ...(arch === undefined ? {} : { arch: `>=${arch}` }),
  };
}

/** `__attribute__((__noinline__))` is the host compiler's. */
function isAttribute(tokens: TokenList, at: number): boolean {
  return tokens.kindAt(at - 1) === PAREN_OPEN && tokens.kindAt(at - 2) === PAREN_OPEN;
}

/** A name before another name, `*` or `>` is the type, whatever variables are called. */
function isTypeUse(tokens: TokenList, at: number): boolean {
  return tokens.kindAt(at + 1) === IDENT || tokens.textAt(at - 1) === "struct";
}

function unlistedKind(known: Known, isCall: boolean): UsageKind {
  if (isCall) return "call";
  return known.kind === "call" ? "type" : known.kind;
}

/** `f(` or `f<…>(`. */
export function followedByCall(tokens: TokenList, at: number, limit: number): boolean {
  const next = tokens.kindAt(at + 1);
  if (next === PAREN_OPEN) return true;
  if (next !== LESS) return false;
  const close = angleClose(tokens, at + 1, limit);
  return close > 0 && tokens.kindAt(close + 1) === PAREN_OPEN;
}

/** A name in one of NVIDIA's namespaces. */
function library(stretch: Stretch, context: NameContext, at: number, chain: Chain, resolved: Resolved): void {
  const { tokens } = stretch;
  const isPlain = chain.parts.length === 1;
  if (isPlain && (stretch.isDeclared(at) || isAliasName(tokens, at) || isTypedefName(tokens, at))) return;
  // `typedef cub::BlockReduce<…> BlockReduce;` in one function, the program's own template in another.
  if (isPlain && tokens.kindAt(at + 1) === LESS && context.isOwnFunction(tokens.textAt(at))) return;
  const calls = tokens.kindAt(chain.end) === PAREN_OPEN;
  const kind = context.kindOf(resolved.symbol) ?? (calls || tokens.kindAt(chain.end) === BRACE_OPEN ? "call" : "type");
  context.sink.add({ kind, ...resolved }, stretch.placeAt(at), tokens, chain.last);
  context.variables.noteChain(stretch, at, chain, resolved, context);
}

function isAliasName(tokens: TokenList, at: number): boolean {
  const word = tokens.textAt(at - 1);
  return word === "using" || word === "namespace" || word === "typename" || word === "class" || word === "struct";
}

/** `typedef cub::BlockLoad<…> Load;`: the name that the typedef introduces. */
function isTypedefName(tokens: TokenList, at: number): boolean {
  if (tokens.kindAt(at + 1) !== SEMICOLON) return false;
  const before = tokens.kindAt(at - 1);
  return before === GREATER || (before === IDENT && !BEFORE_EXPRESSION.has(tokens.textAt(at - 1)));
}

/** `x.name`: NVIDIA's when x is a variable of a library type, or a table of entry points. */
function member(stretch: Stretch, context: NameContext, at: number, text: string): void {
  const { tokens } = stretch;
  const owner = context.variables.typeOf(stretch, at - 2);
  if (owner) {
    method(stretch, context, at, owner);
    return;
  }
  if (context.hasTensors && TENSOR_METHODS.has(text) && tokens.kindAt(at + 1) === PAREN_OPEN) {
    const found = { kind: "call", symbol: `torch.Tensor.${text}`, family: "torch-device" } as const;
    context.sink.add(found, stretch.placeAt(at), tokens, at);
    return;
  }
  if (tokens.kindAt(at + 1) === PAREN_OPEN && tokens.kindAt(at - 2) === IDENT)
    context.pending.push({ stretch, token: at - 2 });
  const known = context.known(text);
  if (!known?.listed || known.kind !== "call" || known.family === "device") return;
  if (!followedByCall(tokens, at, stretch.to)) return;
  context.sink.add({ kind: "call", symbol: text, family: known.family }, stretch.placeAt(at), tokens, at);
}

function method(stretch: Stretch, context: NameContext, at: number, owner: Resolved): void {
  const { tokens } = stretch;
  if (!followedByCall(tokens, at, stretch.to)) return;
  const symbol = `${owner.symbol}::${tokens.textAt(at)}`;
  context.sink.add({ kind: "call", symbol, family: owner.family }, stretch.placeAt(at), tokens, at);
  context.variables.noteResult(stretch, at, symbol, owner);
}

/** Methods of class members that the file declares behind their use. */
export function pendingMembers(context: NameContext): void {
  if (context.variables.isEmpty) return;
  for (const { stretch, token, call } of context.pending) {
    const owner = context.variables.fileTypeOf(stretch.tokens.textAt(token));
    if (owner && call !== undefined) callOf(stretch, context, call, owner);
    else if (owner) method(stretch, context, token + 2, owner);
  }
}
