/** What is measured on one tree: this program in its modes, the floor, and the peers that are there. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { discover, type FileRef } from "../discover/discover.ts";
import { inspectRef } from "../host/inspectRef.ts";
import type { FileInventory } from "../model/inventory.ts";
import { loadCatalog } from "../rules/load.ts";
import { type Cost, measureBest, scratch } from "./benchRun.ts";
import { grammarOf } from "./grammars.ts";

export const PORTGAUGE = fileURLToPath(new URL("../../bin/portgauge.js", import.meta.url));
const FLOOR = fileURLToPath(new URL("benchFloor.js", import.meta.url));

export interface Peers {
  readonly runs: number;
  /** Paths of the peers' programs. */
  readonly rg: string;
  readonly astGrep: string;
  readonly hipifyPerl: string;
  /** hipify-perl reads a sample of this many megabytes: the whole of a large tree takes minutes. */
  readonly sampleMb: number;
}

/** One line of the table. `scaled`: measured on a sample and multiplied by the bytes. */
export interface Row {
  readonly name: string;
  readonly cost?: Cost;
  readonly scaled?: boolean;
  readonly note?: string;
}

export interface Tree {
  readonly dir: string;
  readonly files: readonly FileRef[];
  readonly hits: readonly FileRef[];
  readonly bytes: number;
  readonly hitBytes: number;
}

/** Files and those of them that have a usage; sizes in bytes. */
export function lookAt(dir: string): Tree {
  const catalog = loadCatalog();
  const { files } = discover({ roots: [dir], include: [], exclude: [] });
  const hits: FileRef[] = [];
  let bytes = 0;
  let hitBytes = 0;
  for (const file of files) {
    const inspected = inspectRef(file, catalog);
    if (inspected.kind === "unread") continue;
    const inventory = JSON.parse(inspected.json) as FileInventory;
    bytes += inventory.bytes;
    if (inventory.usages.length === 0 || grammarOf(file.language) === undefined) continue;
    hits.push(file);
    hitBytes += inventory.bytes;
  }
  return { dir, files, hits, bytes, hitBytes };
}

function found(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
}

const isCode = ({ language }: FileRef) => language === "cuda" || language === "cpp";

/** The tree under a second root: files that two roots share count once, so it needs a name of its own. */
function twinOf(dir: string): string {
  const twin = scratch("twin");
  rmSync(twin, { force: true });
  symlinkSync(resolve(dir), twin);
  return twin;
}

/** One thread of ours is still several of V8's, which compile and collect garbage beside it. */
const ONE_CORE = ["taskset", "-c", "0"];

/** The modes of this program. */
export function ownRows({ dir }: Tree, { runs }: Peers): Row[] {
  const program = [process.execPath, PORTGAUGE, "scan", "-q"];
  const scan = (...args: string[]) => measureBest(runs, [...program, ...args]);
  const pinned = found("taskset");
  const onOneCore = (...args: string[]) => measureBest(runs, [...(pinned ? ONE_CORE : []), ...program, ...args]);
  const warm = ["--cache-dir", scratch("cache"), dir, "--jobs", "1"];
  const rows: Row[] = [
    {
      name: "cold, 1 core",
      cost: onOneCore("--no-cache", "--jobs", "1", dir),
      note: pinned ? "held to one core" : "one thread; V8's helpers had the others (no taskset)",
    },
    { name: "cold, 1 thread", cost: scan("--no-cache", "--jobs", "1", dir) },
    { name: `cold, ${availableParallelism()} cores`, cost: scan("--no-cache", dir) },
    { name: "cold, 1 core, JSON", cost: scan("--no-cache", "--jobs", "1", "-f", "json", dir) },
    { name: "the tree twice, 1 thread", cost: scan("--no-cache", "--jobs", "1", dir, twinOf(dir)) },
  ];
  scan(...warm);
  const same: Row = { name: "warm", cost: scan(...warm), note: "the same tree and question again" };
  // One run only: the next would be asked the same.
  const anew: Row = {
    name: "warm, asked anew",
    cost: measureBest(1, [...program, ...warm, "--goal", "tuned"]),
    note: "another question, or one file changed",
  };
  return [...rows, same, anew, gateRow(dir, runs)];
}

function gateRow(dir: string, runs: number): Row {
  const name = "gate, newest commit";
  const history = spawnSync("git", ["-C", dir, "rev-parse", "--verify", "-q", "HEAD~1"], { stdio: "ignore" });
  if (history.status !== 0) return { name, note: "skipped: no git history here" };
  const gate = [process.execPath, PORTGAUGE, "gate", "--base", "HEAD~1", "--head", "HEAD", "--report-only"];
  const command = [...gate, "--cache-dir", scratch("cache")];
  measureBest(1, command, dir);
  return { name, cost: measureBest(runs, command, dir) };
}

/** The same hit files parsed and nothing else done. */
export function floorRow({ hits, hitBytes }: Tree, { runs }: Peers): Row {
  const list = scratch("hits");
  writeFileSync(list, hits.map(({ language, absolute }) => `${language}\t${absolute}`).join("\n"));
  const note = `${hits.length} hit files, ${(hitBytes / 1e6).toFixed(1)} MB`;
  return { name: "tree-sitter parse only", cost: measureBest(runs, [process.execPath, FLOOR, list]), note };
}

const PREFIXES =
  "(cuda|cu|cublas|cudnn|nccl|cufft|cusparse|curand|cusolver)[A-Z]\\w+|torch\\.cuda|__global__|__shfl\\w*";
const GLOBS = "cu cuh cpp cc c h hpp py".split(" ").flatMap((extension) => ["-g", `*.${extension}`]);

/** One regular expression over the same kinds of file: as fast as reading gets. */
export function ripgrepRow({ dir }: Tree, { rg, runs }: Peers): Row {
  const name = "ripgrep, one prefix expression";
  if (!found(rg)) return { name, note: "skipped: no rg (--rg PATH)" };
  const command = [rg, "--no-ignore", "-o", "-n", "-w", ...GLOBS, "-e", PREFIXES, dir];
  return { name, cost: measureBest(runs, command) };
}

const AST_GREP_RULES = `id: call
language: Cpp
rule: { kind: call_expression, regex: "^(cuda|cu|cublas|cudnn|nccl|cufft)[A-Z]" }
---
id: include
language: Cpp
rule: { kind: preproc_include, regex: "cuda|cub|thrust" }
---
id: launch
language: Cpp
rule: { pattern: "$F<<<$$$A>>>($$$B)" }
---
id: torch
language: Python
rule: { pattern: "torch.cuda.$F($$$A)" }
`;

export function astGrepRow({ dir }: Tree, { astGrep, runs }: Peers): Row {
  const name = "ast-grep, four rules";
  if (!found(astGrep)) return { name, note: "skipped: no ast-grep (--ast-grep PATH)" };
  const folder = scratch("ast-grep");
  mkdirSync(join(folder, "rules"), { recursive: true });
  const config = join(folder, "sgconfig.yml");
  writeFileSync(config, 'ruleDirs: [rules]\nlanguageGlobs: { cpp: ["*.cu", "*.cuh"] }\n');
  writeFileSync(join(folder, "rules", "rules.yml"), AST_GREP_RULES);
  return { name, cost: measureBest(runs, [astGrep, "scan", "--no-ignore", "vcs", "-c", config, dir]) };
}

/** Files taken at even distances, up to a size: small trees whole. */
function sample(tree: Tree, megabytes: number): { files: FileRef[]; share: number } {
  const code = tree.files.filter(isCode);
  const step = Math.max(1, Math.ceil(tree.bytes / (megabytes * 1e6)));
  const files = code.filter((_, index) => index % step === 0);
  return { files, share: files.length / Math.max(1, code.length) };
}

export function hipifyRow(tree: Tree, { hipifyPerl, sampleMb }: Peers): Row {
  const name = "hipify-perl -examine, quiet";
  if (!existsSync(hipifyPerl) || !found("perl")) return { name, note: "skipped: no hipify-perl (--hipify-perl PATH)" };
  const { files, share } = sample(tree, sampleMb);
  const paths = files.map(({ absolute }) => absolute);
  if (paths.length === 0) return { name, note: "skipped: no C++ or CUDA file" };
  const cost = measureBest(1, ["perl", hipifyPerl, "-examine", "-quiet-warnings", ...paths]);
  if (share === 1) return { name, cost };
  const scale = { cpu: cost.cpu / share, wall: cost.wall / share, peak: cost.peak };
  const note = `${files.length} files measured (${cost.cpu.toFixed(1)} s), scaled by their share`;
  return { name, cost: scale, scaled: true, note };
}
