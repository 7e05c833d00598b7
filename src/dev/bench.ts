/**
 * The benchmark, as ratios within one run: `npm run bench -- [options] DIR...`. Fetches nothing, fails on no time.
 *   --runs N           the best of N (default 1)
 *   --rg PATH, --ast-grep PATH, --hipify-perl PATH     peers; skipped with a note where absent
 *   --sample MB        how much of a tree hipify-perl reads (default 4)
 */
import { readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { parseArgs } from "node:util";
import { measureBest } from "./benchRun.ts";
import {
  astGrepRow,
  floorRow,
  hipifyRow,
  lookAt,
  ownRows,
  type Peers,
  PORTGAUGE,
  type Row,
  ripgrepRow,
  type Tree,
} from "./benchSubjects.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "1" },
    rg: { type: "string", default: "rg" },
    "ast-grep": { type: "string", default: "ast-grep" },
    "hipify-perl": { type: "string", default: "hipify-perl" },
    sample: { type: "string", default: "4" },
  },
});
const peers: Peers = {
  runs: Number(values.runs),
  rg: values.rg,
  astGrep: values["ast-grep"],
  hipifyPerl: values["hipify-perl"],
  sampleMb: Number(values.sample),
};

function print(cells: readonly string[]): void {
  console.log(`| ${cells.join(" | ")} |`);
}

const fixed = (value: number, digits = 2) => value.toFixed(digits);

function printRows(rows: readonly Row[], { bytes }: Tree): void {
  const limit = rows.find(({ name }) => name.startsWith("ripgrep"))?.cost?.cpu;
  print(["", "CPU s", "wall s", "peak MB", "MB per CPU s", "× ripgrep", "note"]);
  print(["---", "---:", "---:", "---:", "---:", "---:", "---"]);
  for (const { name, cost, note = "" } of rows) {
    if (!cost) {
      print([name, "–", "–", "–", "–", "–", note]);
      continue;
    }
    const { cpu, wall, peak } = cost;
    const ratio = limit ? fixed(cpu / limit, 1) : "–";
    print([name, fixed(cpu), fixed(wall), fixed(peak, 0), fixed(bytes / 1e6 / cpu, 1), ratio, note]);
  }
}

/** One promise of the project, and whether this run kept it. */
function printMeasure(what: string, value: number | undefined, bound: number, atLeast = false): void {
  if (value === undefined || Number.isNaN(value)) {
    print([what, "not measured", String(bound), "–"]);
    return;
  }
  const reached = atLeast ? value >= bound : value <= bound;
  print([what, fixed(value), `${atLeast ? "≥" : "≤"} ${fixed(bound)}`, reached ? "yes" : "**NO**"]);
}

function benchTree(dir: string): void {
  const tree = lookAt(dir);
  console.log(`\n### ${dir}: ${tree.files.length} files, ${fixed(tree.bytes / 1e6, 1)} MB\n`);
  const rows = [
    ...ownRows(tree, peers),
    floorRow(tree, peers),
    ripgrepRow(tree, peers),
    astGrepRow(tree, peers),
    hipifyRow(tree, peers),
  ];
  printRows(rows, tree);
  const cost = (start: string) => rows.find(({ name }) => name.startsWith(start))?.cost;
  const over = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined ? undefined : a / b;
  const cold = cost("cold, 1 core");
  const all = cost(`cold, ${availableParallelism()} cores`);
  const warm = cost("warm");
  const thread = cost("cold, 1 thread");
  const twice = cost("the tree twice");
  const floor = cost("tree-sitter")?.cpu;
  console.log("");
  print(["measure", "value", "bound", "reached"]);
  print(["---", "---:", "---:", "---"]);
  printMeasure("cold CPU, one core (s), against 1.25 × floor + 1 s", cold?.cpu, 1.25 * (floor ?? 0) + 1);
  printMeasure(`wall on ${availableParallelism()} cores / on one`, over(all?.wall, cold?.wall), 0.65);
  printMeasure("ast-grep / cold", over(cost("ast-grep")?.cpu, cold?.cpu), 4, true);
  printMeasure("hipify-perl / cold", over(cost("hipify-perl")?.cpu, cold?.cpu), 50, true);
  printMeasure("warm / ripgrep", over(warm?.cpu, cost("ripgrep")?.cpu), 10);
  printMeasure("cold / warm", over(cold?.cpu, warm?.cpu), 15, true);
  printMeasure("peak memory, table (MB)", cold?.peak, 500);
  printMeasure("peak memory, JSON (MB)", cost("cold, 1 core, JSON")?.peak, 500);
  printMeasure("tree twice / once, CPU", over(twice?.cpu, thread?.cpu), 2.1);
  printMeasure("tree twice / once, peak memory", over(twice?.peak, thread?.peak), 2.1);
}

function benchStart(): void {
  const runs = Math.max(5, peers.runs);
  const node = measureBest(runs, [process.execPath, "-e", "0"]).cpu;
  const start = (...args: string[]) => measureBest(runs, [process.execPath, PORTGAUGE, ...args]).cpu / node;
  console.log(`\n### Start-up (best of ${runs}); \`node -e 0\` takes ${fixed(node * 1000, 0)} ms of CPU\n`);
  print(["measure", "value", "bound", "reached"]);
  print(["---", "---:", "---:", "---"]);
  printMeasure("`--help` / `node -e 0`, CPU", start("--help"), 3);
  printMeasure("`explain cudaMallocAsync` / `node -e 0`, CPU", start("explain", "cudaMallocAsync"), 8);
}

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const [cpu] = cpus();
console.log(
  `portgauge ${version}, node ${process.version}, ${availableParallelism()} × ${cpu?.model.trim()}, ${new Date().toISOString().slice(0, 10)}`,
);
benchStart();
for (const dir of positionals) benchTree(dir);
