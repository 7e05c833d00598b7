/**
 * The floor of a cold scan: the same hit files parsed with tree-sitter and nothing else done.
 *   node dist/dev/benchFloor.js LIST     (LIST: `language TAB absolute path` lines)
 */
import { readFileSync } from "node:fs";
import { decode } from "../host/decode.ts";
import type { Language } from "../model/vocabulary.ts";
import { grammarOf, parseTree } from "./grammars.ts";
import { maskCuda } from "./maskCuda.ts";

const [list = ""] = process.argv.slice(2);
let failed = 0;
for (const line of readFileSync(list, "utf8").split("\n")) {
  const [language, path] = line.split("\t");
  const grammar = grammarOf(language as Language);
  const text = path === undefined ? undefined : decode(readFileSync(path))?.text;
  if (grammar === undefined || text === undefined) continue;
  try {
    parseTree(grammar === "cpp" ? maskCuda(text).text : text, grammar);
  } catch {
    failed += 1;
  }
}
if (failed > 0) console.log(`${failed} files could not be parsed`);
