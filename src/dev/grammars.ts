/** Syntax trees, for what the lexers are measured against. Scans never load a grammar. */
import Parser from "tree-sitter";
import cpp from "tree-sitter-cpp";
import python from "tree-sitter-python";
import type { Language } from "../model/vocabulary.ts";

/** The binding takes input in pieces below its buffer's size. */
const PIECE = 16 * 1024;

function parserOf(language: unknown): Parser {
  const parser = new Parser();
  parser.setLanguage(language as Parser.Language);
  return parser;
}

const parsers = { cpp: parserOf(cpp), python: parserOf(python) };

export type Grammar = keyof typeof parsers;

/** The grammar that reads a language, if one does. */
export function grammarOf(language: Language): Grammar | undefined {
  if (language === "cuda" || language === "cpp" || language === "hip") return "cpp";
  return language === "python" ? "python" : undefined;
}

/** Parses C++ (CUDA must be masked) or Python. */
export function parseTree(source: string, grammar: Grammar): Parser.Tree {
  return parsers[grammar].parse((index: number) => source.slice(index, index + PIECE));
}

/** True when the grammar failed on some text of these rows (0-based). */
export function failsAt(node: Parser.SyntaxNode, row: number): boolean {
  if (!node.hasError || node.startPosition.row > row || node.endPosition.row < row) return false;
  if (node.type === "ERROR" || node.isMissing) return true;
  return node.children.some((child) => failsAt(child, row));
}
