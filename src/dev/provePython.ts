/** Python: what the parser tells against what a syntax tree says. */
import type Parser from "tree-sitter";
import { lex } from "../extract/python/lex.ts";
import { lineOf, lineStarts } from "../extract/python/lines.ts";
import { parse } from "../extract/python/parse.ts";
import type { StatementSemantics } from "../extract/python/semantics.ts";
import { FIELD, FIELD_END, STRING, type Tokens } from "../extract/python/tokens.ts";
import { failsAt, parseTree } from "./grammars.ts";
import { type Comparison, compareSightings, type Sighting } from "./proof.ts";

type Node = Parser.SyntaxNode;
/** An expression as far as this proof looks: its dotted name, if it is one. */
type Dotted = string | undefined;

interface Block {
  readonly kind: string;
  readonly name: string;
  readonly line: number;
}

/** Lines that a token begins and ends on. */
interface Lines {
  readonly lineAt: (token: number) => number;
  readonly endAt: (token: number) => number;
}

/** Hears what the parser says and notes imports, calls of dotted names, functions and classes. */
function listener(tokens: Tokens, { lineAt, endAt }: Lines, found: Sighting[]): StatementSemantics<Dotted> {
  const blocks: (Block | undefined)[] = [];
  const nothing = () => undefined;
  const opened = () => {
    blocks.push(undefined);
  };
  const open = (kind: string, token: number) => {
    blocks.push({ kind, name: tokens.textAt(token), line: lineAt(token) });
  };
  return {
    name: (token) => tokens.textAt(token),
    attribute: (base, name) => base && `${base}.${tokens.textAt(name)}`,
    call: (callee, _, at) => {
      if (callee) found.push({ kind: "call", name: callee, line: lineAt(at) });
      return undefined;
    },
    settle: (value) => value,
    strings: nothing,
    constant: nothing,
    subscript: nothing,
    arithmetic: nothing,
    comparison: nothing,
    not: nothing,
    either: nothing,
    display: nothing,
    conditional: nothing,
    mark: () => 0,
    importModule: (dotted, _, token) => found.push({ kind: "import", name: dotted, line: lineAt(token) }),
    importFrom: (level, { name: module }, names) => {
      for (const { name, token } of names) {
        found.push({ kind: "import", name: `${".".repeat(level)}${module}:${name}`, line: lineAt(token) });
      }
    },
    assign: nothing,
    augment: nothing,
    returns: nothing,
    asserts: nothing,
    leaves: nothing,
    iterates: nothing,
    withItem: nothing,
    beginAnnotation: nothing,
    endAnnotation: nothing,
    openFunction: (name) => open("function", name),
    openClass: (name) => open("class", name),
    openIf: opened,
    openElif: opened,
    openElse: opened,
    openWhile: opened,
    openOther: opened,
    openTry: opened,
    openHandler: opened,
    raises: nothing,
    close: (last) => {
      const block = blocks.pop();
      if (block) found.push({ ...block, endLine: endAt(last) });
    },
  };
}

/** String literals outside of the fields of others. */
function literals(tokens: Tokens, lineAt: (token: number) => number): Sighting[] {
  const found: Sighting[] = [];
  let depth = 0;
  for (let at = 0; at < tokens.count; at++) {
    const kind = tokens.kindAt(at);
    if (kind === FIELD) depth += 1;
    else if (kind === FIELD_END) depth -= 1;
    else if (kind === STRING && depth === 0) found.push({ kind: "string", name: "", line: lineAt(at) });
  }
  return found;
}

function heard(text: string): Sighting[] {
  const tokens = lex(text);
  const starts = lineStarts(text);
  const lineAt = (token: number) => lineOf(starts, tokens.startAt(token)) + 1;
  const endAt = (token: number) => lineOf(starts, tokens.endAt(token) - 1) + 1;
  const found: Sighting[] = [];
  parse(tokens, listener(tokens, { lineAt, endAt }, found));
  return [...found, ...literals(tokens, lineAt)];
}

/** Nodes that the parser sees through: `(~mask).sum()` is a call of `mask`'s, `*f(x)` one of `f`. */
const TRANSPARENT = new Set(["parenthesized_expression", "unary_operator", "list_splat"]);

function dotted(node: Node | null): Dotted {
  if (node?.type === "identifier") return node.text;
  if (node && TRANSPARENT.has(node.type)) return dotted(node.namedChildren.at(-1) ?? null);
  if (node?.type !== "attribute") return undefined;
  const base = dotted(node.childForFieldName("object"));
  return base && `${base}.${node.childForFieldName("attribute")?.text}`;
}

const plain = (node: Node) => node.text.replace(/\s|\\/g, "");

function importsIn(node: Node): Sighting[] {
  const nameOf = (each: Node) => (each.type === "aliased_import" ? (each.childForFieldName("name") ?? each) : each);
  const module = node.childForFieldName("module_name");
  const prefix = node.type === "import_statement" ? "" : `${module ? plain(module) : "__future__"}:`;
  const names = node.childrenForFieldName("name").map(nameOf);
  const stars = node.namedChildren.filter(({ type }) => type === "wildcard_import");
  return [...names, ...stars].map((each) => ({
    kind: "import",
    name: prefix + plain(each),
    line: each.startPosition.row + 1,
  }));
}

function isInField(node: Node): boolean {
  for (let around = node.parent; around; around = around.parent) if (around.type === "interpolation") return true;
  return false;
}

const NODES = [
  "import_statement",
  "import_from_statement",
  "future_import_statement",
  "call",
  "function_definition",
  "class_definition",
  "string",
];

/** Comments at its end belong to the tree's body: a span ends with its last line of code. */
function lastCodeLine(node: Node, lines: readonly string[]): number {
  let line = node.endPosition.row + 1;
  while (line > node.startPosition.row + 1 && /^\s*(?:#|$)/.test(lines[line - 1] ?? "")) line -= 1;
  return line;
}

function seen(root: Node, lines: readonly string[]): Sighting[] {
  return root.descendantsOfType(NODES).flatMap((node): Sighting | Sighting[] => {
    switch (node.type) {
      case "call": {
        const name = dotted(node.childForFieldName("function"));
        const open = node.childForFieldName("arguments");
        return name && open ? { kind: "call", name, line: open.startPosition.row + 1 } : [];
      }
      case "function_definition":
      case "class_definition": {
        const name = node.childForFieldName("name");
        const kind = node.type === "class_definition" ? "class" : "function";
        return name
          ? { kind, name: name.text, line: name.startPosition.row + 1, endLine: lastCodeLine(node, lines) }
          : [];
      }
      case "string":
        return isInField(node) ? [] : { kind: "string", name: "", line: node.startPosition.row + 1 };
      default:
        return importsIn(node);
    }
  });
}

/** True when a definition ends with a string of several lines, whose end the parser does not tell when it has fields. */
function endsInString(definitions: readonly Sighting[], { name, line }: Sighting, lines: readonly string[]): boolean {
  const known = definitions.find((each) => each.name === name && each.line === line && each.endLine !== undefined);
  return /"""|'''/.test(lines[(known?.endLine ?? 0) - 1] ?? "");
}

function isPattern(root: Node, row: number, column: number): boolean {
  let around: Node | null = root.descendantForPosition({ row, column: Math.max(0, column) });
  while (around && around.type !== "case_pattern") around = around.parent;
  return around !== null;
}

export function provePython(text: string): Comparison {
  const root = parseTree(text, "python").rootNode;
  const lines = text.split("\n");
  const tree = seen(root, lines);
  return compareSightings(heard(text), tree, (sighting) => {
    const { line, name } = sighting;
    if (isPattern(root, line - 1, (lines[line - 1] ?? "").indexOf(name)))
      return "a class in a pattern of `match`: for the parser a call";
    if (sighting.endLine !== undefined && endsInString(tree, sighting, lines))
      return "ends in an f-string of several lines";
    return failsAt(root, line - 1) ? "the grammar has a syntax error here" : "unexplained";
  });
}
