/** Kernels and device functions of a file, with the features they show and lend. */
import type { DeviceFunction, Doubles, FileKernel } from "../../model/inventory.ts";
import type { KernelFeature } from "../../model/vocabulary.ts";
import type { LiteralMacros } from "./asm.ts";
import type { NameResolver } from "./chains.ts";
import { type DoubleNames, doubleNames, instantiatesDouble } from "./doubleNames.ts";
import { bodyFeatures, featuresOfSymbol } from "./features.ts";
import { functionMembers } from "./functionMembers.ts";
import { deviceFunctionsOf, kernelOf } from "./kernels.ts";
import type { Lexed } from "./lexed.ts";
import { macroFeatures } from "./macros.ts";
import type { Macro } from "./preprocessor.ts";
import type { FunctionSpan, Structure } from "./scopes.ts";
import { EQUALS, IDENT, SEMICOLON, type TokenList } from "./tokens.ts";

export interface DeviceInput {
  readonly lexed: Lexed;
  readonly macros: readonly Macro[];
  readonly structure: Structure;
  readonly resolver: NameResolver;
  readonly literals: LiteralMacros;
  readonly guardAt: (token: number) => string | undefined;
}

export interface DeviceCode {
  readonly kernels: readonly (FileKernel & { readonly span: FunctionSpan })[];
  readonly deviceFunctions: readonly DeviceFunction[];
}

export function readDeviceCode(input: DeviceInput): DeviceCode {
  const { lexed, macros, structure } = input;
  const { code, directiveTokens } = lexed;
  const lent = macroFeatures(directiveTokens, macros);
  const constants = constantVariables(code);
  const doubles = doubleNames(code, structure, directiveTokens, macros);
  const makesDoubles = instantiatesDouble(code, structure);
  const context = {
    resolver: input.resolver,
    literals: input.literals,
    doubles,
    lent: (name: string) => lent.get(name) ?? (constants.has(name) ? CONSTANT_MEMORY : undefined),
  };
  const kernels: (FileKernel & { span: FunctionSpan })[] = [];
  const deviceFunctions: DeviceFunction[] = [];
  for (const span of structure.functions) {
    if (!span.isKernel && !span.isDevice) continue;
    const own = bodyFeatures(code, span.head, span.close, { ...context, owner: span.owner });
    const body = span.isTemplate && makesDoubles ? { ...own, doubles: "types" as const } : own;
    if (span.isTemplate) body.features.add("templated");
    if (span.isTemplate && span.isKernel && makesDoubles && body.arithmetic) body.features.add("fp64");
    if (span.isKernel) kernels.push({ ...kernelOf(lexed, span, body, input.guardAt(span.nameToken)), span });
    else deviceFunctions.push(...deviceFunctionsOf(lexed, span, body));
  }
  for (const macro of macros) {
    const features = lent.get(macro.name);
    if (features) deviceFunctions.push(lenderOf(macro.name, macro.line, features));
  }
  deviceFunctions.push(...functionMembers(code, structure));
  for (const { name, target, token } of input.resolver.handedOn) {
    const features = featuresOfSymbol(`${target}::`);
    if (features.length > 0) deviceFunctions.push(lenderOf(name, code.lineAt(token), features));
  }
  deviceFunctions.push(...doubleLenders(doubles, ["fp64"]));
  return { kernels, deviceFunctions };
}

/** What names in double precision lend to the bodies of other files that mention them. */
export function doubleLenders({ types, holders }: DoubleNames, ofType: readonly KernelFeature[]): DeviceFunction[] {
  return [
    ...[...types].map((name) => lenderOf(name, 1, ofType, "types")),
    ...[...holders].map((name) => lenderOf(name, 1, [], "types")),
  ];
}

const CONSTANT_MEMORY: readonly KernelFeature[] = ["constant-memory"];

/** A macro or type of a header, which lends what it stands for like a function would. */
function lenderOf(name: string, line: number, features: readonly KernelFeature[], doubles?: Doubles): DeviceFunction {
  return { name, line, endLine: line, sloc: 0, features, ...(doubles ? { doubles } : {}), calls: [] };
}

/** Variables that the file declares `__constant__`: a kernel that names one reads constant memory. */
function constantVariables(code: TokenList): ReadonlySet<string> {
  const names = new Set<string>();
  if (!code.names.has("__constant__")) return names;
  for (let at = 0; at < code.count; at++) {
    if (code.kindAt(at) !== IDENT || code.textAt(at) !== "__constant__") continue;
    for (let next = at + 1; next < at + 12; next++) {
      const follows = code.kindAt(next + 1);
      if (code.kindAt(next) !== IDENT || (follows !== SEMICOLON && follows !== EQUALS && follows !== 91)) continue;
      names.add(code.textAt(next));
      break;
    }
  }
  return names;
}
