/** CUDA and C++: what the lexer reads against what a syntax tree of the masked text says. */
import type Parser from "tree-sitter";
import { inspectCuda } from "../extract/cuda/inspectCuda.ts";
import { lex } from "../extract/cuda/lexer.ts";
import type { SourceFile } from "../extract/source.ts";
import type { Catalog } from "../model/catalog.ts";
import { failsAt, parseTree } from "./grammars.ts";
import { type MaskedCuda, maskCuda } from "./maskCuda.ts";
import { type CauseOf, type Comparison, compareSightings, type Sighting } from "./proof.ts";

type Node = Parser.SyntaxNode;

const isListedCall = (catalog: Catalog, name: string) => {
  const entry = catalog.entries.get(name);
  return entry?.kind === "call" && entry.family !== "device" && !name.includes("::");
};

/** Kernels and calls of listed names as a scan reports them. */
function lexed(file: SourceFile, catalog: Catalog): Sighting[] {
  const { kernels, usages } = inspectCuda(file, catalog);
  return [
    ...kernels.map(({ name, line, endLine }) => ({ kind: "kernel", name, line, endLine })),
    ...usages
      .filter(({ kind, symbol }) => kind === "call" && isListedCall(catalog, symbol))
      .map(({ symbol, line }) => ({ kind: "call", name: symbol, line })),
  ];
}

/** Name of a declarator or callee, and where it stands: the last component. */
function nameOf(node: Node | null): Node | undefined {
  switch (node?.type) {
    case "identifier":
    case "field_identifier":
    case "operator_name":
    case "destructor_name":
      return node;
    case "qualified_identifier":
    case "template_function":
    case "template_method":
    case "dependent_name":
      return nameOf(node.childForFieldName("name") ?? node.namedChildren.at(-1) ?? null);
    case "field_expression":
      return nameOf(node.childForFieldName("field"));
    case "function_declarator":
    case "pointer_declarator":
    case "reference_declarator":
    case "parenthesized_declarator":
    case "attributed_declarator":
      return nameOf(node.childForFieldName("declarator") ?? node.namedChildren[0] ?? null);
    default:
      return undefined;
  }
}

/** The function whose declaration a masked `__global__` stood in: the first that ends behind it and begins its body there. */
function kernelsIn(definitions: readonly Node[], { kernels, text }: MaskedCuda): Sighting[] {
  return kernels.flatMap((at) => {
    const owner = definitions.find((node) => (node.childForFieldName("body")?.startIndex ?? 0) > at);
    const between = owner ? text.slice(at, owner.startIndex) : "";
    if (!owner || /[;{}]/.test(between) || /[;{}]/.test(text.slice(Math.max(at, owner.startIndex), bodyOf(owner))))
      return [];
    const name = nameOf(owner.childForFieldName("declarator"));
    if (!name) return [];
    const line = name.startPosition.row + 1;
    return { kind: "kernel", name: name.text, line, endLine: owner.endPosition.row + 1 };
  });
}

const bodyOf = (node: Node) => node.childForFieldName("body")?.startIndex ?? node.endIndex;

function callsIn(root: Node, catalog: Catalog): Sighting[] {
  return root.descendantsOfType("call_expression").flatMap((node) => {
    const callee = node.childForFieldName("function");
    const name = nameOf(callee);
    const qualified = callee?.type === "qualified_identifier" && callee.childForFieldName("scope") !== null;
    if (!name || qualified || !isListedCall(catalog, name.text)) return [];
    return { kind: "call", name: name.text, line: name.startPosition.row + 1 };
  });
}

/** Rows of preprocessor lines with their continuations: the grammar takes macro bodies for one piece of text. */
function directiveLines(text: string): (line: number) => boolean {
  const { directives, lineStarts } = lex(text);
  const lines = new Set<number>();
  for (const { line, bodyEnd } of directives) {
    for (let at = line; (lineStarts[at - 1] ?? Infinity) <= bodyEnd; at++) lines.add(at);
  }
  return (line) => lines.has(line);
}

function isDeclaredAt(root: Node, row: number, column: number): boolean {
  return root.descendantForPosition({ row, column }).parent?.type === "function_declarator";
}

function isCalledIn(line: string, name: string): boolean {
  return new RegExp(`\\b${name}\\s*(?:<[^()]*>)?\\s*(?:\\(|$)`).test(line);
}

export function proveCuda(file: SourceFile, catalog: Catalog): Comparison {
  const masked = maskCuda(file.text);
  const root = parseTree(masked.text, "cpp").rootNode;
  const tree = [...kernelsIn(root.descendantsOfType("function_definition"), masked), ...callsIn(root, catalog)];
  const lexer = lexed(file, catalog);
  const inDirective = directiveLines(file.text);
  const lines = file.text.split("\n");
  const code = new Set(lex(file.text).codeLines);
  const kernelLines = new Map(
    tree.filter(({ kind }) => kind === "kernel").map(({ name, line }) => [`${name}\0${line}`, 1]),
  );
  const causeOf: CauseOf = ({ kind, name, line }, only) => {
    if (!code.has(line)) return "code under #if 0, or the #else of #if 1: no build sees it";
    if (inDirective(line)) return "a macro's body: the grammar does not look into it";
    if (kind === "call" && only === "lexer" && !isCalledIn(lines[line - 1] ?? "", name)) {
      return "the name is handed on, not called: a usage all the same";
    }
    if (failsAt(root, line - 1)) return "the grammar has a syntax error here";
    if (kind === "call" && isDeclaredAt(root, line - 1, (lines[line - 1] ?? "").indexOf(name))) {
      return "a macro without a semicolon makes the grammar take the call for a declaration";
    }
    if (kind === "kernel" && only === "lexer" && kernelLines.has(`${name}\0${line}`)) return "the span ends elsewhere";
    if (kind === "kernel" && only === "lexer") return "a kernel by a macro that stands for __global__";
    return "unexplained";
  };
  return compareSightings(lexer, tree, causeOf);
}
