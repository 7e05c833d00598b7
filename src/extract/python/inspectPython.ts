import type { Catalog } from "../../model/catalog.ts";
import { emptyInventory } from "../../model/emptyInventory.ts";
import type { FileInventory, Suppression } from "../../model/inventory.ts";
import type { SourceFile } from "../source.ts";
import { suppressionIn } from "../suppressions.ts";
import { closeKernels } from "./closeKernels.ts";
import { readEmbedded } from "./embeddedCuda.ts";
import { exportsOf } from "./exports.ts";
import { lex } from "./lex.ts";
import { codeLineMarks, countMarks, lineOf, lineStarts } from "./lines.ts";
import { namesOf } from "./names.ts";
import { inNotebook, readNotebook } from "./notebook.ts";
import { parse } from "./parse.ts";
import { Reader } from "./reader.ts";
import { trainingLoop } from "./signals.ts";
import type { Tokens } from "./tokens.ts";

/** Words beside the catalog's packages that make a file worth reading. */
const WORDS =
  "torch|cuda|CUDA|nvidia|nccl|NCCL|nvml|nvcc|transformers|diffusers|backward|ttnn|rbln|cerebras|groq|jax|tensorflow|portgauge-ignore";

let relevant: { readonly digest: string; readonly pattern: RegExp } | undefined;

/** Without one of these words a file has nothing of its own for us. */
function relevantTo({ digest, families }: Catalog): RegExp {
  if (relevant?.digest === digest) return relevant.pattern;
  const packages = families.flatMap((family) => [...(family.packages ?? []), ...(family.modules ?? [])]);
  const tops = [...new Set(packages.map((name) => name.split(".")[0] ?? name))].sort();
  const pattern = new RegExp(`${WORDS}|\\b(?:${tops.join("|")})\\b`);
  relevant = { digest, pattern };
  return pattern;
}

/** What such a file imports from its project may still be a name of ours that another module hands on. */
const IMPORTS_NAMES = /^[ \t]*from[ \t]+[\w.]+[ \t]+import\b/m;

/** Families that are the framework's own and no use of a GPU's stack by themselves. */
const FRAMEWORK = new Set(["torch-op", "torch-train", "torch-checkpoint", "torch-dtype", "torch-dynamic", "env"]);

export function inspectPython(file: SourceFile, catalog: Catalog): FileInventory {
  if (file.language !== "notebook") return inspectText(file, catalog);
  const code = readNotebook(file.text);
  return inNotebook(inspectText({ ...file, text: code.text }, catalog), code, file.text);
}

function inspectText(file: SourceFile, catalog: Catalog): FileInventory {
  const starts = lineStarts(file.text);
  const marks = codeLineMarks(file.text, starts);
  const sloc = countMarks(marks);
  if (!relevantTo(catalog).test(file.text) && !IMPORTS_NAMES.test(file.text))
    return { ...emptyInventory(file, "parsed"), sloc };
  const tokens = lex(file.text);
  const module = file.path.replace(/\.\w+$/, "").split("/");
  const names = namesOf(catalog);
  const reader = new Reader(tokens, names, module);
  parse(tokens, reader);
  const { report } = reader;
  const { kernels, deviceFunctions } = closeKernels(report, tokens, starts, marks);
  const embedded = readEmbedded(file.text, starts, report.sources, file.path, catalog);
  const place = (offset: number) => {
    const line = lineOf(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
  const usages = [...report.placed(report.drafts, place), ...embedded.usages];
  const references = report.placed(report.references, place);
  const exports = exportsOf(module, reader.scopes.module, names);
  return {
    ...emptyInventory(file, "parsed"),
    sloc,
    gpu: usages.some((usage) => !FRAMEWORK.has(usage.family)),
    usages,
    kernels: [...kernels, ...embedded.kernels],
    deviceFunctions: [...deviceFunctions, ...embedded.deviceFunctions],
    defines: embedded.defines,
    includes: [...report.includes, ...embedded.includes],
    ...(references.length > 0 ? { references } : {}),
    ...(exports ? { exports } : {}),
    suppressions: suppressionsOf(tokens, starts),
    signals: trainingLoop(report.signals).map(({ name, token }) => ({ name, line: place(tokens.startAt(token)).line })),
  };
}

function suppressionsOf(tokens: Tokens, starts: Int32Array): Suppression[] {
  if (!tokens.text.includes("portgauge-ignore")) return [];
  return tokens.comments.flatMap((at) => {
    const line = lineOf(starts, at);
    const end = line + 1 < starts.length ? starts[line + 1] : undefined;
    const suppression = suppressionIn(tokens.text.slice(at, end), line + 1);
    return suppression ? [suppression] : [];
  });
}
