/**
 * The lexer against the grammar: `node dist/dev/proveLexer.js FOLDER`. Every CUDA file below FOLDER is also parsed with
 * tree-sitter-cpp, and both must name the same kernels, with the lines they span, and the same calls of listed names.
 * What only one of them sees is printed; a tree with errors is no witness and is left out.
 */
import { resolve } from "node:path";
import { discover } from "../discover/discover.ts";
import { type Lexed, lex } from "../extract/cuda/lexer.ts";
import { inspect } from "../extract/inspect.ts";
import { readBytes, sourceOf } from "../host/readSource.ts";
import { loadCatalog } from "../rules/load.ts";
import { parseTree } from "./grammars.ts";

const SHOWN = 15;
/** Characters before a definition in which its blanked qualifiers may stand. */
const HEAD = 200;

/** Facts as comparable text. */
interface Facts {
  readonly kernels: Set<string>;
  readonly calls: Set<string>;
}

/** Undefined when the grammar could not read the text without errors. */
function treeFacts(text: string, isListed: (name: string) => boolean): Facts | undefined {
  const { rootNode } = parseTree(text, "cpp");
  if (rootNode.hasError) return undefined;
  const kernels = new Set<string>();
  for (const node of rootNode.descendantsOfType("function_definition")) {
    const body = node.childForFieldName("body");
    const name = node.descendantsOfType("function_declarator")[0]?.childForFieldName("declarator");
    if (!body || !name || !isKernelHead(text, node.startIndex, name.startIndex)) continue;
    kernels.add(`${lastName(name.text)} ${name.startPosition.row + 1}-${body.endPosition.row + 1}`);
  }
  const calls = new Set<string>();
  for (const node of rootNode.descendantsOfType("call_expression")) {
    const callee = node.childForFieldName("function");
    const name = callee?.type === "template_function" ? callee.childForFieldName("name") : callee;
    if (name?.type === "identifier" && isListed(name.text)) calls.add(`${name.startPosition.row + 1} ${name.text}`);
  }
  return { kernels, calls };
}

/** `__global__` may stand before the node, where blanks are now. */
function isKernelHead(text: string, start: number, name: number): boolean {
  const before = text.slice(Math.max(0, start - HEAD), start);
  const end = Math.max(before.lastIndexOf(";"), before.lastIndexOf("}"));
  const head = before.slice(end + 1) + text.slice(start, name);
  return head.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, "").includes("__global__");
}

function lastName(written: string): string {
  return (
    written
      .replace(/<[\s\S]*$/, "")
      .split("::")
      .at(-1) ?? written
  );
}

/** Lines of directives: the grammar keeps macro bodies as text, so only the lexer sees calls there. */
function directiveLines({ directives, directiveTokens }: Lexed): ReadonlySet<number> {
  const lines = new Set(directives.map(({ line }) => line));
  for (let at = 0; at < directiveTokens.count; at++) lines.add(directiveTokens.lineAt(at));
  return lines;
}

interface Agreement {
  both: number;
  readonly lexerOnly: string[];
  readonly treeOnly: string[];
}

function compare(agreement: Agreement, path: string, lexer: ReadonlySet<string>, tree: ReadonlySet<string>): void {
  for (const fact of lexer) {
    if (tree.has(fact)) agreement.both += 1;
    else agreement.lexerOnly.push(`${path}: ${fact}`);
  }
  for (const fact of tree) if (!lexer.has(fact)) agreement.treeOnly.push(`${path}: ${fact}`);
}

function show(what: string, { both, lexerOnly, treeOnly }: Agreement): void {
  const all = both + lexerOnly.length + treeOnly.length;
  const share = all === 0 ? "-" : `${((100 * both) / all).toFixed(2)}%`;
  console.log(`${what}: ${both} of ${all} agree (${share})`);
  for (const fact of lexerOnly.slice(0, SHOWN)) console.log(`    lexer only  ${fact}`);
  for (const fact of treeOnly.slice(0, SHOWN)) console.log(`    tree only   ${fact}`);
}

function main([folder]: readonly string[]): void {
  if (folder === undefined) throw new Error("usage: node dist/dev/proveLexer.js FOLDER");
  const catalog = loadCatalog();
  // Plain names only: a library's qualified ones are resolved by us and not by the tree.
  const isListed = (name: string): boolean => catalog.entries.get(name)?.kind === "call" && !name.includes("::");
  const kernels: Agreement = { both: 0, lexerOnly: [], treeOnly: [] };
  const calls: Agreement = { both: 0, lexerOnly: [], treeOnly: [] };
  let compared = 0;
  let unparsed = 0;
  for (const ref of discover({ roots: [resolve(folder)], include: [], exclude: [] }).files) {
    const read = ref.language === "cuda" ? readBytes(ref) : undefined;
    const source = read?.kind === "bytes" ? sourceOf(ref, read.bytes) : undefined;
    if (source?.kind !== "read") continue;
    const { file } = source;
    const tree = treeFacts(file.text, isListed);
    if (!tree) {
      unparsed += 1;
      continue;
    }
    compared += 1;
    const ours = inspect(file, catalog);
    const inDirectives = directiveLines(lex(file.text));
    const ourCalls = ours.usages.filter(
      ({ kind, symbol, line }) => kind === "call" && isListed(symbol) && !inDirectives.has(line),
    );
    const spans = ours.kernels.map(({ name, line, endLine }) => `${name} ${line}-${endLine}`);
    compare(kernels, ref.path, new Set(spans), tree.kernels);
    compare(calls, ref.path, new Set(ourCalls.map(({ line, symbol }) => `${line} ${symbol}`)), tree.calls);
  }
  console.log(`${compared} CUDA files compared; ${unparsed} left out, which the grammar reads with errors`);
  show("kernels with their spans", kernels);
  show("calls of listed names", calls);
}

main(process.argv.slice(2));
