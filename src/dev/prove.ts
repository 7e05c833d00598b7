/**
 * The proof that hand-written lexers answer what syntax trees would: `npm run prove -- [--examples N] DIR...` reads
 * every file both ways, compares as sets both ways, and prints what agrees and why the rest does not.
 */
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { discover, type FileRef } from "../discover/discover.ts";
import { readBytes, sourceOf } from "../host/readSource.ts";
import { loadCatalog } from "../rules/load.ts";
import { grammarOf } from "./grammars.ts";
import { Proof } from "./proof.ts";
import { proveCuda } from "./proveCuda.ts";
import { provePython } from "./provePython.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { examples: { type: "string", default: "3" } },
});
const catalog = loadCatalog();
const examples = Number(values.examples);

function prove(ref: FileRef, proofs: Readonly<Record<"cpp" | "python", Proof>>): void {
  const grammar = grammarOf(ref.language);
  if (grammar === undefined) return;
  const bytes = readBytes(ref);
  const source = bytes.kind === "bytes" ? sourceOf(ref, bytes.bytes) : bytes;
  if (source.kind === "unread") return;
  try {
    const comparison = grammar === "cpp" ? proveCuda(source.file, catalog) : provePython(source.file.text);
    proofs[grammar].add(ref.path, comparison);
  } catch (error) {
    proofs[grammar].failed += 1;
    console.error(`${ref.path}: ${(error as Error).message}`);
  }
}

for (const dir of positionals) {
  const proofs = { cpp: new Proof(examples), python: new Proof(examples) };
  for (const ref of discover({ roots: [dir], include: [], exclude: [] }).files) prove(ref, proofs);
  if (proofs.cpp.files > 0) proofs.cpp.print(`${basename(dir)}, CUDA and C++`);
  if (proofs.python.files > 0) proofs.python.print(`${basename(dir)}, Python`);
}
