/** The thorough look at one file: structure, then every detector over its code and macro bodies. */
import type { Catalog } from "../../model/catalog.ts";
import type { FileInventory, LauncherFunction } from "../../model/inventory.ts";
import type { SourceFile } from "../source.ts";
import { foundByArgument } from "./adl.ts";
import { comparisonFacts, readArchGates } from "./arch.ts";
import { asmAt, type LiteralMacros, mayHoldAsm } from "./asm.ts";
import { matchBrackets, matchRange } from "./brackets.ts";
import { NameResolver, namespaceTable } from "./chains.ts";
import { collectLaunches } from "./collectLaunches.ts";
import { doubleLenders, readDeviceCode } from "./devices.ts";
import { doubleNames } from "./doubleNames.ts";
import { givenKernels, launcherAround, variableLaunched } from "./givenKernels.ts";
import { handsOn, presumedName, withoutPresumed } from "./handsOn.ts";
import { headerFamily } from "./includes.ts";
import { knownNames } from "./known.ts";
import { definesWarpSize, isWarpSizeName, laneLiteral } from "./lanes.ts";
import { launchMacros } from "./launches.ts";
import type { Lexed } from "./lexed.ts";
import { LibraryVariables } from "./libraryVariables.ts";
import { aliasMacros, literalMacros, qualifierMacros } from "./macros.ts";
import { collectNames, type NameContext, pendingMembers, type Stretch } from "./names.ts";
import { type Guards, type Macro, readGuards, readIncludes, readMacros } from "./preprocessor.ts";
import { type FunctionSpan, readStructure, type Structure } from "./scopes.ts";
import { isHipCode, signalsOf } from "./signals.ts";
import { type Place, UsageSink } from "./sink.ts";
import { chosenBy } from "./switches.ts";
import { BRACE_OPEN, COMMA, IDENT, type TokenList } from "./tokens.ts";

type Findings = Pick<
  FileInventory,
  "usages" | "kernels" | "deviceFunctions" | "defines" | "gpu" | "signals" | "diagnostics" | "references" | "handsOn"
>;

/** The condition that code for HIP alone is under, whatever its file says. */
const HIP_GUARD = "__HIP_PLATFORM_AMD__";
/** Brackets without a partner that conditional code explains; more of them mean that the text was not understood. */
const TOLERATED_LOOSE = 2;

/**
 * Of a header without CUDA: the types and variables in double precision that kernels elsewhere may mention. They only
 * refute that a kernel's doubles are literals: such headers are found by the end of their paths, which may be another's.
 */
export function readDoubles(lexed: Lexed): Pick<FileInventory, "deviceFunctions"> {
  const { code, directiveTokens, directives } = lexed;
  matchBrackets(code, directives);
  const macros = readMacros(lexed);
  const structure = readStructure(code, qualifierMacros(directiveTokens, macros));
  return { deviceFunctions: doubleLenders(doubleNames(code, structure, directiveTokens, macros), []) };
}

export function readFile(file: SourceFile, lexed: Lexed, catalog: Catalog): Findings {
  const { code, directiveTokens, directives } = lexed;
  const loose = matchBrackets(code, directives);
  directiveTokens.unmatch();
  for (const { from, to } of directives) matchRange(directiveTokens, from, to);
  const macros = readMacros(lexed);
  const structure = readStructure(code, qualifierMacros(directiveTokens, macros));
  const context = nameContext(lexed, structure, catalog);
  const literals = literalMacros(directiveTokens, macros);
  const aliases = aliasMacros(directiveTokens, macros, context.known);

  const written = readGuards(lexed);
  const includes = readIncludes(lexed).map((include) => ({
    include,
    family: headerFamily(include, catalog),
    guard: written.ofLine(include.line),
  }));
  const isHip = isHipCode(
    file.language,
    includes.map(({ include, guard, family }) => ({ include, guard, isNvidia: family !== undefined })),
  );
  const guards = isHip ? under(HIP_GUARD, written) : written;

  for (const { include, family } of includes) {
    if (family === undefined) continue;
    const place = { scope: undefined, guard: guards.ofLine(include.line) };
    context.sink.addAt({ kind: "include", symbol: include.path, family }, place, include.line, include.offset);
  }
  const stretches = stretchesOf(lexed, macros, structure, guards);
  const launchers = launchMacros(directiveTokens, macros);
  const launched: LauncherFunction[] = [];
  for (const macro of macros) if (context.known(macro.name)) context.defines.add(macro.name);
  for (const stretch of stretches) {
    collectNames(stretch, context);
    collectAsm(stretch, context.sink, literals);
    collectLanes(stretch, context.sink);
    launched.push(...collectLaunches(stretch, context.sink, launchers));
  }
  pendingMembers(context);
  collectWarpSizes(lexed, macros, context.sink, guards);
  collectConditions(lexed, context, guards);

  const device = readDeviceCode({ lexed, macros, structure, resolver: context.resolver, literals, guardAt: guards.at });
  for (const { name, span } of device.kernels) {
    const place = { scope: span.qualifiedName, guard: guards.at(span.nameToken) };
    context.sink.add({ kind: "kernel", symbol: name, family: "kernels" }, place, code, span.nameToken);
  }
  const kernelNames = new Set(device.kernels.map(({ name }) => name));
  const given = givenKernels(code, kernelNames, launched, functionFinder(structure));
  return {
    ...withoutPresumed(context.sink.usages, context.resolver),
    ...handsOn(context.resolver, guards.at, launched, given, chosenBy(lexed, guards)),
    kernels: device.kernels.map(({ span: _, ...kernel }) => kernel),
    deviceFunctions: device.deviceFunctions,
    defines: [...context.defines, ...homeOf(file.path, structure, catalog)],
    gpu: context.sink.usages.length > 0 || structure.functions.some((span) => span.isDevice),
    signals: signalsOf(lexed, aliases, isHip),
    diagnostics: loose > TOLERATED_LOOSE ? [unbalanced(file.path, loose)] : [],
  };
}

/** `cutlass::` for a file of CUTLASS itself: it opens the namespace in a folder of the same name. */
function homeOf(path: string, { types }: Structure, catalog: Catalog): string[] {
  const libraries = namespaceTable(catalog);
  const folders = path.split("/").slice(0, -1);
  const opened = types.filter(({ kind }) => kind === "namespace").map(({ name }) => name.split("::")[0] ?? "");
  // `cuda` is a folder and a namespace of every second project.
  return [...new Set(opened)]
    .filter((name) => name !== "cuda" && libraries.has(name) && folders.includes(name))
    .map((name) => `${name}::`);
}

function unbalanced(path: string, loose: number): FileInventory["diagnostics"][number] {
  return { path, code: "unbalanced", message: `${loose} brackets have no partner; scopes may be wrong here` };
}

const TORCH_NAMES = ["torch", "at", "c10", "TORCH_CHECK"];

function nameContext(lexed: Lexed, structure: Structure, catalog: Catalog): NameContext {
  const namespaces = structure.types.filter((type) => type.kind === "namespace");
  const resolver = new NameResolver(catalog, new Set(namespaces.map((type) => type.name)));
  resolver.learn(lexed.code);
  return {
    known: knownNames(catalog),
    kindOf: (symbol) => catalog.entries.get(symbol)?.kind ?? catalog.entries.get(presumedName(symbol) ?? "")?.kind,
    resolver,
    sink: new UsageSink(lexed),
    defines: new Set(),
    variables: new LibraryVariables(),
    shadowed: new Set(),
    pending: [],
    hasTensors: TORCH_NAMES.some((name) => lexed.code.names.has(name)),
    byArgument: foundByArgument(catalog),
    isOwnFunction: (name) => structure.functions.some((span) => span.name === name),
  };
}

/** The same guards with one more condition around all of them. */
function under(guard: string, inner: Guards): Guards {
  const both = (own: string | undefined): string => (own === undefined ? guard : `${guard} && ${own}`);
  return { at: (token) => both(inner.at(token)), ofLine: (line) => both(inner.ofLine(line)) };
}

/** The code as one stretch, and each macro body as one of its own. */
function stretchesOf(lexed: Lexed, macros: readonly Macro[], structure: Structure, guards: Guards): Stretch[] {
  const { code, directiveTokens } = lexed;
  const functionAt = functionFinder(structure);
  const archAt = readArchGates(lexed);
  const nameTokens = new Set([...structure.functions.map((span) => span.nameToken), ...structure.prototypes]);
  const placeAt = (token: number): Place => ({ scope: functionAt(token)?.qualifiedName, guard: guards.at(token) });
  const codeStretch: Stretch = {
    tokens: code,
    from: 0,
    to: code.count,
    placeAt,
    isDevice: (token) => isDeviceCode(functionAt(token)),
    archAt,
    hidden: new Set(),
    isDeclared: (token) => nameTokens.has(token) || isEnumerator(code, structure, token),
    launcherAt: (token) => launcherAround(code, token, functionAt),
    variableAt: (token, isResolved) => variableLaunched(code, token, functionAt, isResolved),
  };
  const bodies = macros.map((macro): Stretch => {
    const place = { scope: macro.name, guard: guards.ofLine(macro.line) };
    const arch = archAt(macro.codeAt);
    return {
      tokens: directiveTokens,
      from: macro.from,
      to: macro.to,
      placeAt: () => place,
      isDevice: () => true,
      archAt: () => arch,
      hidden: new Set(macro.parameters),
      isDeclared: () => false,
      launcherAt: () => undefined,
      variableAt: () => undefined,
    };
  });
  return [codeStretch, ...bodies];
}

/** A name that an enumeration of the file introduces. */
function isEnumerator(code: TokenList, { enums }: Structure, token: number): boolean {
  const before = code.kindAt(token - 1);
  if (before !== BRACE_OPEN && before !== COMMA) return false;
  let low = 0;
  let high = enums.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((enums[middle]?.open ?? 0) < token) low = middle + 1;
    else high = middle;
  }
  return token < (enums[low - 1]?.close ?? 0);
}

function isDeviceCode(span: FunctionSpan | undefined): boolean {
  return span !== undefined && (span.isDevice || span.isKernel);
}

/** The function around a token. */
function functionFinder({ functions }: Structure): (token: number) => FunctionSpan | undefined {
  return (token) => {
    let low = 0;
    let high = functions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((functions[middle] as FunctionSpan).close < token) low = middle + 1;
      else high = middle;
    }
    const span = functions[low];
    return span && span.head <= token ? span : undefined;
  };
}

function collectAsm(stretch: Stretch, sink: UsageSink, literals: LiteralMacros): void {
  const { tokens, from, to } = stretch;
  if (!mayHoldAsm(tokens)) return;
  for (let at = from; at < to; at++) {
    if (tokens.kindAt(at) !== IDENT) continue;
    for (const { opcode, line, offset } of asmAt(tokens, at, literals) ?? []) {
      const arch = stretch.archAt(at);
      const facts = arch === undefined ? undefined : { arch: `>=${arch}` };
      sink.addAt({ kind: "asm", symbol: `ptx:${opcode}`, family: "ptx", facts }, stretch.placeAt(at), line, offset);
    }
  }
}

const WARP_SIZE = { kind: "builtin", symbol: "warpSize", family: "device", facts: { lanes32: true } } as const;

/** Lane arithmetic with a literal: the warp size in disguise. */
function collectLanes(stretch: Stretch, sink: UsageSink): void {
  const { tokens, from, to } = stretch;
  for (let at = from; at < to; at++) {
    if (tokens.kindAt(at) !== IDENT) continue;
    const literal = laneLiteral(tokens, at);
    if (literal >= 0 && stretch.isDevice(at)) sink.add(WARP_SIZE, stretch.placeAt(at), tokens, literal);
  }
}

/** `#define WARP_SIZE 32`, `constexpr int kWarpSize = 32`: told by their names, wherever they stand. */
function collectWarpSizes(lexed: Lexed, macros: readonly Macro[], sink: UsageSink, guards: Guards): void {
  const { code, directiveTokens } = lexed;
  for (const macro of macros) {
    if (!isWarpSizeName(macro.name) || !/^(?:32|5|0x20)[uU]?$/.test(directiveTokens.textAt(macro.from))) continue;
    const place = { scope: macro.name, guard: guards.ofLine(macro.line) };
    sink.add(WARP_SIZE, place, directiveTokens, macro.from);
  }
  if (![...code.names].some(isWarpSizeName)) return;
  for (let at = 0; at < code.count; at++) {
    if (definesWarpSize(code, at)) sink.add(WARP_SIZE, { scope: undefined, guard: guards.at(at) }, code, at + 2);
  }
}

const CONDITIONS = new Set(["if", "ifdef", "ifndef", "elif", "elifdef", "elifndef"]);

/** Constants that `#if` asks for: `__CUDA_ARCH__`, `CUDA_VERSION`, … */
function collectConditions(lexed: Lexed, context: NameContext, guards: Guards): void {
  const { directiveTokens: tokens } = lexed;
  for (const directive of lexed.directives) {
    if (!CONDITIONS.has(directive.name)) continue;
    const place = { scope: undefined, guard: guards.ofLine(directive.line) };
    for (let at = directive.from; at < directive.to; at++) {
      if (tokens.kindAt(at) !== IDENT) continue;
      const symbol = tokens.textAt(at);
      const known = context.known(symbol);
      if (!known?.listed || known.kind !== "constant") continue;
      const facts = comparisonFacts(tokens, at, symbol);
      context.sink.add({ kind: "constant", symbol, family: known.family, facts }, place, tokens, at);
    }
  }
}
