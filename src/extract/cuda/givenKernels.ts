/** Kernels that reach their launch as an argument: who launches a parameter, and who gives which kernel to whom. */
import type { GivenKernel, LauncherFunction } from "../../model/inventory.ts";
import { angleClose, angleOpen } from "./angles.ts";
import { argumentRanges } from "./facts.ts";
import type { FunctionSpan } from "./scopes.ts";
import {
  AMPERSAND,
  BRACE_CLOSE,
  BRACE_OPEN,
  BRACKET_CLOSE,
  COMMA,
  EQUALS,
  GREATER,
  IDENT,
  LESS,
  PAREN_CLOSE,
  PAREN_OPEN,
  SCOPE,
  SEMICOLON,
  STAR,
  type TokenList,
} from "./tokens.ts";

type FunctionAt = (token: number) => FunctionSpan | undefined;

/** A function or lambda and which of its parameters a launch inside it names. */
export type Launcher = Pick<LauncherFunction, "name" | "argument">;

/** A lambda's name says where it is known. */
const lambdaName = (around: FunctionSpan | undefined, name: string): string => `${around?.qualifiedName ?? ""} ${name}`;

const variableName = (around: FunctionSpan | undefined, name: string): string =>
  `${around?.qualifiedName ?? ""} ${name} =`;
/** Tokens that are looked back over for an assignment, or for the lambda around a launch. */
const FARTHEST = 5000;

/** Whose parameter the launched name is; undefined when it is none. */
export function launcherAround(tokens: TokenList, launched: number, functionAt: FunctionAt): Launcher | undefined {
  const around = functionAt(launched);
  const text = tokens.textAt(launched);
  for (let at = launched - 1; at > Math.max(around?.open ?? 0, launched - FARTHEST); at--) {
    if (tokens.kindAt(at) === BRACE_CLOSE && tokens.matchAt(at) >= 0) at = tokens.matchAt(at);
    if (tokens.kindAt(at) !== BRACE_OPEN || tokens.matchAt(at) < launched) continue;
    const lambda = lambdaAt(tokens, at);
    const argument = lambda ? parameterNamed(tokens, lambda.parameters, text) : -1;
    if (lambda && argument >= 0) return { name: lambdaName(around, lambda.name), argument };
  }
  const argument = around ? parameterNamed(tokens, around.parameters[0], text) : -1;
  return around && argument >= 0 ? { name: around.name, argument } : undefined;
}

/**
 * The launched variable, when its function assigns to it; of one that `isResolved` by its nearest assignment only when
 * others, behind its declaration, may hold as well.
 */
export function variableLaunched(
  tokens: TokenList,
  launched: number,
  functionAt: FunctionAt,
  isResolved: boolean,
): Launcher | undefined {
  const around = functionAt(launched);
  if (!around) return undefined;
  const text = tokens.textAt(launched);
  const launcher = { name: variableName(around, text), argument: 0 };
  let depth = 0;
  let mayBeOthers = false;
  for (let at = launched - 1; at > Math.max(around.open, launched - FARTHEST); at--) {
    const kind = tokens.kindAt(at);
    if (kind === BRACE_CLOSE) depth += 1;
    else if (kind === BRACE_OPEN) depth = Math.max(0, depth - 1);
    if (kind !== EQUALS || tokens.kindAt(at - 1) !== IDENT || tokens.textAt(at - 1) !== text) continue;
    if (!isResolved) return launcher;
    if (depth === 0 && isDeclarator(tokens, at - 1)) break;
    mayBeOthers = true;
  }
  return mayBeOthers ? launcher : undefined;
}

/** `auto *name`: a type stands before it. */
function isDeclarator(tokens: TokenList, name: number): boolean {
  const before = tokens.kindAt(name - 1);
  return before === IDENT ? tokens.textAt(name - 1) !== "else" : before === STAR || before === GREATER;
}

/** The lambda whose body the brace opens: `name = [&](auto kernel) mutable {`. */
function lambdaAt(tokens: TokenList, brace: number): { name: string; parameters: number } | undefined {
  const close = tokens.textAt(brace - 1) === "mutable" ? brace - 2 : brace - 1;
  const parameters = tokens.kindAt(close) === PAREN_CLOSE ? tokens.matchAt(close) : -1;
  if (parameters < 0 || tokens.kindAt(parameters - 1) !== BRACKET_CLOSE) return undefined;
  const captures = tokens.matchAt(parameters - 1);
  const isNamed = tokens.kindAt(captures - 1) === EQUALS && tokens.kindAt(captures - 2) === IDENT;
  return { name: isNamed ? tokens.textAt(captures - 2) : "", parameters };
}

function parameterNamed(tokens: TokenList, open: number, name: string): number {
  return argumentRanges(tokens, open).findIndex(([from, to]) => {
    for (let at = from; at < to && tokens.kindAt(at) !== EQUALS; at++) {
      if (tokens.kindAt(at) !== IDENT || tokens.textAt(at) !== name) continue;
      const next = tokens.kindAt(at + 1);
      // `void (*name)(float *)`, or the last word of the parameter.
      if (at + 1 === to || next === EQUALS) return at > from;
      if (next === PAREN_CLOSE && tokens.kindAt(at - 1) === STAR) return true;
    }
    return false;
  });
}

/** CUDA's own functions launch what they are given, or only ask about it: they are no functions of the project. */
const API = /^cu(?:da)?[A-Z]/;

/** Kernels of the file that its functions give to others, directly or by a variable. */
export function givenKernels(
  tokens: TokenList,
  kernels: ReadonlySet<string>,
  launchers: readonly Launcher[],
  functionAt: FunctionAt,
): GivenKernel[] {
  if (kernels.size === 0) return [];
  const locals = new Set(launchers.map(({ name }) => name));
  const given = new Map<string, GivenKernel>();
  const note = (callee: string, argument: number, kernel: string): void => {
    // A variable that is never launched is of no interest.
    if (callee.endsWith(" =") && !locals.has(callee)) return;
    given.set(`${callee}\0${argument}\0${kernel}`, { function: callee, argument, kernel });
  };
  /** Variables of the function that is being read, and the kernels that it assigned to them. */
  const variables = new Map<string, Set<string>>();
  let around: FunctionSpan | undefined;
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kindAt(at) !== IDENT) continue;
    const text = tokens.textAt(at);
    const isKernel = kernels.has(text);
    if (!isKernel && !variables.has(text)) continue;
    const here = functionAt(at);
    if (here !== around) variables.clear();
    around = here;
    const names = isKernel ? [text] : [...(variables.get(text) ?? [])];
    const end = isKernel && tokens.kindAt(at + 1) === LESS ? angleClose(tokens, at + 1, tokens.count) + 1 : at + 1;
    const next = tokens.kindAt(end);
    const variable = isKernel && next === SEMICOLON ? assignedTo(tokens, at) : undefined;
    if (variable !== undefined) {
      variables.set(variable, new Set([...(variables.get(variable) ?? []), ...names]));
      note(variableName(around, variable), 0, text);
    }
    if (next !== COMMA && next !== PAREN_CLOSE) continue;
    const call = callAround(tokens, at);
    if (!call || API.test(call.name)) continue;
    const local = lambdaName(around, call.name);
    const callee = locals.has(local) ? local : call.name;
    for (const kernel of names) note(callee, call.argument, kernel);
  }
  return [...given.values()];
}

/** The variable of `auto *variable = &ns::kernel…`. */
function assignedTo(tokens: TokenList, kernel: number): string | undefined {
  let at = kernel - 1;
  while (tokens.kindAt(at) === SCOPE || tokens.kindAt(at) === AMPERSAND || tokens.kindAt(at - 1) === SCOPE) at -= 1;
  return tokens.kindAt(at) === EQUALS && tokens.kindAt(at - 1) === IDENT ? tokens.textAt(at - 1) : undefined;
}

/** Tokens that are looked back over for the call's parenthesis. */
const LONGEST_CALL = 400;

/** The call that a token is an argument of. */
function callAround(tokens: TokenList, token: number): { name: string; argument: number } | undefined {
  for (let at = token - 1; at >= Math.max(0, token - LONGEST_CALL); at--) {
    const kind = tokens.kindAt(at);
    if (kind === SEMICOLON || kind === BRACE_OPEN) return undefined;
    if ((kind === PAREN_CLOSE || kind === BRACE_CLOSE || kind === BRACKET_CLOSE) && tokens.matchAt(at) >= 0)
      at = tokens.matchAt(at);
    else if (kind === PAREN_OPEN) {
      const callee = tokens.kindAt(at - 1) === GREATER ? angleOpen(tokens, at - 1, 0) - 1 : at - 1;
      if (tokens.kindAt(callee) !== IDENT) continue;
      const argument = argumentRanges(tokens, at).findIndex(([from, to]) => from <= token && token < to);
      return argument < 0 ? undefined : { name: tokens.textAt(callee), argument };
    }
  }
  return undefined;
}
