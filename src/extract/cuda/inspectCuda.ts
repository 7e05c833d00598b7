/** CUDA, C++ and HIP: one file's usages, kernels and device functions. */
import type { Catalog } from "../../model/catalog.ts";
import { emptyInventory } from "../../model/emptyInventory.ts";
import type { FileInventory } from "../../model/inventory.ts";
import type { SourceFile } from "../source.ts";
import { suppressionIn } from "../suppressions.ts";
import { headerFamily } from "./includes.ts";
import type { Lexed } from "./lexed.ts";
import { lex } from "./lexer.ts";
import { readIncludes } from "./preprocessor.ts";
import { readDoubles, readFile } from "./readFile.ts";
import { mayLendDoubles, mayMatter, speaksOfCuda } from "./relevance.ts";

export function inspectCuda(file: SourceFile, catalog: Catalog): FileInventory {
  const matters = mayMatter(file);
  const lends = !matters && mayLendDoubles(file);
  const lexed = lex(file.text, matters || lends);
  const base = {
    ...emptyInventory(file, "parsed"),
    sloc: lexed.codeLines.length,
    suppressions: suppressionsOf(lexed),
    includes: projectIncludes(lexed, catalog),
  };
  const found = lends ? readDoubles(lexed) : readIfCuda(file, matters, lexed, catalog);
  lexed.code.release();
  lexed.directiveTokens.release();
  return { ...base, ...found };
}

function readIfCuda(file: SourceFile, matters: boolean, lexed: Lexed, catalog: Catalog): Partial<FileInventory> {
  return matters && speaksOfCuda(file, lexed, catalog) ? readFile(file, lexed, catalog) : {};
}

/** CUDA that stands in another file (a string handed to a run-time compiler): lines are those of that file. */
export function inspectCudaText(
  text: string,
  place: { readonly path: string /** Lines before the text's first. */; readonly lineOffset: number },
  catalog: Catalog,
): FileInventory {
  const { path, lineOffset } = place;
  const found = inspectCuda({ path, language: "cuda", text, bytes: text.length }, catalog);
  const shifted = <T extends { readonly line: number }>(items: readonly T[]): T[] =>
    items.map((item) => ({ ...item, line: item.line + lineOffset }));
  const spans = <T extends { readonly line: number; readonly endLine: number }>(items: readonly T[]): T[] =>
    items.map((item) => ({ ...item, line: item.line + lineOffset, endLine: item.endLine + lineOffset }));
  return {
    ...found,
    usages: shifted(found.usages),
    kernels: spans(found.kernels),
    deviceFunctions: spans(found.deviceFunctions),
    suppressions: shifted(found.suppressions),
    signals: shifted(found.signals),
  };
}

function suppressionsOf(lexed: Lexed): FileInventory["suppressions"] {
  return lexed.comments.flatMap(({ text, line }) => suppressionIn(text, line) ?? []);
}

function projectIncludes(lexed: Lexed, catalog: Catalog): string[] {
  return readIncludes(lexed)
    .filter((include) => !headerFamily(include, catalog))
    .map((include) => include.path);
}
