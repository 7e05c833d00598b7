/** Syntax trees, for what the lexers are measured against. Scans never load a grammar. */
import Parser from "tree-sitter";
import cpp from "tree-sitter-cpp";
import python from "tree-sitter-python";
import type { Language } from "../model/vocabulary.ts";
import { maskCuda } from "./maskCuda.ts";

/** The binding takes input in pieces below its buffer's size. */
const PIECE = 16 * 1024;

function parserOf(language: unknown): Parser {
  const parser = new Parser();
  parser.setLanguage(language as Parser.Language);
  return parser;
}

const parsers = { cpp: parserOf(cpp), python: parserOf(python) };

/** The grammar that reads a language, if one does. */
export function grammarOf(language: Language): keyof typeof parsers | undefined {
  if (language === "cuda" || language === "cpp" || language === "hip") return "cpp";
  return language === "python" ? "python" : undefined;
}

export function parseTree(text: string, grammar: keyof typeof parsers): Parser.Tree {
  const source = grammar === "cpp" ? maskCuda(text) : text;
  return parsers[grammar].parse((index: number) => source.slice(index, index + PIECE));
}
