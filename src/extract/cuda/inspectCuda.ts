/** CUDA, C++ and HIP: one file's usages, kernels and device functions. */
import type { Catalog } from "../../model/catalog.ts";
import { emptyInventory } from "../../model/emptyInventory.ts";
import type { DeviceFunction, FileInventory, FileKernel } from "../../model/inventory.ts";
import type { SourceFile } from "../source.ts";
import { suppressionIn } from "../suppressions.ts";
import { asmAt } from "./asm.ts";
import { matchBrackets, matchRange } from "./brackets.ts";
import { NameResolver } from "./chains.ts";
import { bodyFeatures, type FeatureContext, featuresOfName } from "./features.ts";
import { headerFamily } from "./includes.ts";
import { deviceFunctionsOf, kernelOf } from "./kernels.ts";
import { knownNames } from "./known.ts";
import { launchesIn } from "./launches.ts";
import { type Lexed, lex } from "./lexer.ts";
import { LibraryVariables } from "./libraryVariables.ts";
import { collectNames, type NameContext, type Stretch } from "./names.ts";
import { type Macro, readGuards, readIncludes, readMacros } from "./preprocessor.ts";
import { type FunctionSpan, readStructure, type Structure } from "./scopes.ts";
import { type Place, UsageSink } from "./sink.ts";
import { COMMA, EQUALS, IDENT, LESS, PAREN_OPEN, SCOPE, SEMICOLON, STRING, type TokenList } from "./tokens.ts";

export function inspectCuda(file: SourceFile, catalog: Catalog): FileInventory {
  const lexed = lex(file.text);
  const base = { ...emptyInventory(file, "parsed"), sloc: lexed.codeLines.length, suppressions: suppressionsOf(lexed) };
  if (!MAY_MATTER.test(file.text)) return { ...base, includes: projectIncludes(lexed, catalog) };
  return { ...base, ...read(lexed, catalog) };
}

/** What a file without any of these cannot hold: a cheap look before the thorough one. */
const MAY_MATTER =
  /cu[A-Z]|[cC][uU][dD][aA]|CU_|CU[a-z]|cublas|CUBLAS|cudnn|CUDNN|cufft|CUFFT|curand|CURAND|cusparse|CUSPARSE|cusolver|CUSOLVER|cutensor|CUTENSOR|cupti|CUPTI|CUFILE|nv[a-zA-Z]|NV[A-Z]|nccl|NCCL|thrust|cub\b|cute\b|cutlass|cooperative_groups|__global__|__device__|__shared__|<<<|threadIdx|half|bfloat|TORCH_LIBRARY|TORCH_EXTENSION|npp[a-z]|Npp|optix/;

function suppressionsOf(lexed: Lexed): FileInventory["suppressions"] {
  return lexed.comments.flatMap(({ text, line }) => suppressionIn(text, line) ?? []);
}

function projectIncludes(lexed: Lexed, catalog: Catalog): string[] {
  return readIncludes(lexed)
    .filter((include) => !headerFamily(include, catalog))
    .map((include) => include.path);
}

type Findings = Pick<
  FileInventory,
  "usages" | "kernels" | "deviceFunctions" | "defines" | "includes" | "gpu" | "signals" | "diagnostics"
>;

const QUALIFIERS = { kernel: ["__global__"], device: ["__device__", "__global__"] };

function read(lexed: Lexed, catalog: Catalog): Findings {
  const { code, directiveTokens } = lexed;
  matchBrackets(code, lexed.directives);
  directiveTokens.match = new Int32Array(directiveTokens.count).fill(-1);
  const macros = readMacros(lexed);
  for (const directive of lexed.directives) matchRange(directiveTokens, directive.from, directive.to);
  const structure = readStructure(code, qualifierMacros(directiveTokens, macros));
  const guards = readGuards(lexed);
  const own = new Set(
    structure.types.filter((type) => type.kind === "namespace").map((type) => type.name.split("::")[0] ?? ""),
  );
  const resolver = new NameResolver(catalog, own);
  resolver.learn(code);
  const sink = new UsageSink(lexed);
  const defines = new Set<string>();
  const context: NameContext = {
    known: knownNames(catalog),
    kindOf: (symbol) => catalog.entries.get(symbol)?.kind,
    resolver,
    sink,
    defines,
    variables: new LibraryVariables(),
    shadowed: new Set(),
  };
  const literals = literalMacros(directiveTokens, macros);
  const functionAt = functionFinder(structure);
  const placeAt = (token: number): Place => ({ scope: functionAt(token)?.qualifiedName, guard: guards.at(token) });
  const nameTokens = new Set([...structure.functions.map((span) => span.nameToken), ...structure.prototypes]);

  const stretches: Stretch[] = [
    {
      tokens: code,
      from: 0,
      to: code.count,
      placeAt,
      deviceAt: (token) => functionAt(token)?.isDevice ?? false,
      hidden: new Set(),
      declared: (token) => nameTokens.has(token),
    },
  ];
  const guardOf = new Map(lexed.directives.map((directive) => [directive.line, guards.of(directive)]));
  for (const macro of macros) {
    if (context.known(macro.name)) defines.add(macro.name);
    const place = { scope: macro.name, guard: guardOf.get(macro.line) };
    stretches.push({
      tokens: directiveTokens,
      from: macro.from,
      to: macro.to,
      placeAt: () => place,
      deviceAt: () => true,
      hidden: new Set(macro.parameters),
      declared: () => false,
    });
  }
  for (const stretch of stretches) {
    collectNames(stretch, context);
    collectAsm(stretch, sink, literals);
    for (const launch of launchesIn(stretch.tokens, stretch.from, stretch.to)) {
      sink.add(
        { kind: "launch", symbol: launch.kernel, family: "runtime", facts: launch.facts },
        stretch.placeAt(launch.token),
        stretch.tokens,
        launch.token,
      );
    }
  }
  collectConditions(lexed, context, guardOf);
  for (const include of readIncludes(lexed)) {
    const family = headerFamily(include, catalog);
    if (family)
      sink.addAt(
        { kind: "include", symbol: include.path, family },
        { scope: undefined, guard: guardOf.get(include.line) },
        include.line,
        include.offset,
      );
  }

  const features: FeatureContext = {
    resolver,
    literals,
    doubles: doubleNames(code, directiveTokens, macros),
    lent: lender(directiveTokens, macros),
  };
  const makesDoubles = instantiatesDouble(code, structure);
  const kernels: FileKernel[] = [];
  const deviceFunctions: DeviceFunction[] = [];
  for (const span of structure.functions) {
    if (!span.isKernel && !span.isDevice) continue;
    const body = bodyFeatures(code, span.head, span.close, { ...features, owner: span.owner });
    if (span.isTemplate) body.features.add("templated");
    if (span.isTemplate && span.isKernel && makesDoubles && body.arithmetic) body.features.add("fp64");
    if (!span.isKernel) {
      deviceFunctions.push(...deviceFunctionsOf(lexed, span, body));
      continue;
    }
    const place = placeAt(span.nameToken);
    kernels.push(
      kernelOf(
        lexed,
        span,
        body,
        place.guard,
        (token) => code.startAt(token) - (lexed.lineStarts[code.lineAt(token) - 1] ?? 0) + 1,
      ),
    );
    sink.add({ kind: "kernel", symbol: span.name, family: "kernels" }, place, code, span.nameToken);
  }
  return {
    usages: sink.usages,
    kernels,
    deviceFunctions,
    defines: [...defines],
    includes: projectIncludes(lexed, catalog),
    gpu: sink.usages.length > 0 || deviceFunctions.length > 0,
    signals: [],
    diagnostics: [],
  };
}

function qualifierMacros(tokens: TokenList, macros: readonly Macro[]) {
  const kernel = new Set(QUALIFIERS.kernel);
  const device = new Set(QUALIFIERS.device);
  for (const macro of macros) {
    if (macro.to - macro.from > 12) continue;
    for (let at = macro.from; at < macro.to; at++) {
      const text = tokens.textAt(at);
      if (kernel.has(text)) kernel.add(macro.name);
      if (device.has(text)) device.add(macro.name);
    }
  }
  return { kernel, device };
}

function literalMacros(tokens: TokenList, macros: readonly Macro[]): (name: string) => string | undefined {
  const literals = new Map<string, string>();
  for (const macro of macros) {
    if (!macro.parameters && macro.to - macro.from === 1 && tokens.kindAt(macro.from) === STRING)
      literals.set(macro.name, tokens.textAt(macro.from));
  }
  return (name) => literals.get(name);
}

/** True when the file makes one of its own templates for `double`: its template kernels then compute in it. */
function instantiatesDouble(code: TokenList, structure: Structure): boolean {
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
function doubleNames(code: TokenList, directiveTokens: TokenList, macros: readonly Macro[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const macro of macros) {
    if (macro.to - macro.from === 1 && directiveTokens.textAt(macro.from) === "double") names.add(macro.name);
  }
  for (let at = 0; at < code.count; at++) {
    if (code.kindAt(at) !== IDENT || code.textAt(at) !== "double") continue;
    if (code.textAt(at - 1) === "typedef" && code.kindAt(at + 1) === IDENT) names.add(code.textAt(at + 1));
    if (code.textAt(at - 3) === "using" && code.kindAt(at - 1) === EQUALS) names.add(code.textAt(at - 2));
  }
  return names;
}

function lender(tokens: TokenList, macros: readonly Macro[]): FeatureContext["lent"] {
  const lent = new Map<string, Set<ReturnType<typeof featuresOfName>[number]>>();
  for (const macro of macros) {
    for (let at = macro.from; at < macro.to; at++) {
      for (const feature of featuresOfName(tokens.textAt(at))) {
        const set = lent.get(macro.name) ?? new Set();
        lent.set(macro.name, set.add(feature));
      }
    }
  }
  return (name) => {
    const set = lent.get(name);
    return set ? [...set] : undefined;
  };
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

function collectAsm(stretch: Stretch, sink: UsageSink, literals: (name: string) => string | undefined): void {
  const { tokens, from, to } = stretch;
  for (let at = from; at < to; at++) {
    if (tokens.kindAt(at) !== IDENT) continue;
    for (const { opcode, line, offset } of asmAt(tokens, at, literals) ?? []) {
      sink.addAt({ kind: "asm", symbol: `ptx:${opcode}`, family: "ptx" }, stretch.placeAt(at), line, offset);
    }
  }
}

const CONDITIONS = new Set(["if", "ifdef", "ifndef", "elif"]);

/** Constants that `#if` asks for: `__CUDA_ARCH__`, `CUDA_VERSION`, … */
function collectConditions(lexed: Lexed, context: NameContext, guardOf: ReadonlyMap<number, string | undefined>): void {
  const { directiveTokens: tokens } = lexed;
  for (const directive of lexed.directives) {
    if (!CONDITIONS.has(directive.name)) continue;
    for (let at = directive.from; at < directive.to; at++) {
      if (tokens.kindAt(at) !== IDENT) continue;
      const symbol = tokens.textAt(at);
      const known = context.known(symbol);
      if (!known?.listed || known.kind !== "constant") continue;
      context.sink.add(
        { kind: "constant", symbol, family: known.family },
        { scope: undefined, guard: guardOf.get(directive.line) },
        tokens,
        at,
      );
    }
  }
}
