/**
 * What a reader judges: `npm run sample:findings -- --seed N --count 200 DIR...`.
 * Scans each directory and draws usages, in equal shares of the kinds and, within a kind, of the directories. Prints
 * TSV: repository, place, kind, symbol, family, scope, guard, facts, source line. The last column is other people's
 * text: for the reader's screen, never for a committed table.
 * With `--files` it draws files that name CUDA or torch instead, for a reader to look for what was not reported.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { discover } from "../discover/discover.ts";
import type { Usage } from "../model/inventory.ts";
import { USAGE_KINDS } from "../model/vocabulary.ts";
import { drawEvenly, generator, groupsOf, type Random, sharesOf } from "./draw.ts";

const PORTGAUGE = fileURLToPath(new URL("../../bin/portgauge.js", import.meta.url));
const BIGGEST_REPORT = 2 ** 29;
const STACK_WORD = /cuda|torch|nccl|nvidia|triton|__global__|cublas|cudnn/i;

interface Finding {
  readonly root: string;
  readonly usage: Usage;
}

function scan(root: string): Finding[] {
  const { stdout, stderr, status, error } = spawnSync(
    process.execPath,
    [PORTGAUGE, "scan", "-q", "--target", "hip", "-f", "json", root],
    { encoding: "utf8", maxBuffer: BIGGEST_REPORT },
  );
  if (status !== 0) throw new Error(`${root}: ${error?.message ?? stderr}`);
  const { usages } = JSON.parse(stdout) as { usages: Usage[] };
  return usages.map((usage) => ({ root, usage }));
}

function drawFindings(roots: readonly string[], count: number, random: Random): Finding[] {
  const all = roots.flatMap(scan);
  const kinds = USAGE_KINDS.map((kind) => all.filter(({ usage }) => usage.kind === kind));
  const shares = sharesOf(
    kinds.map(({ length }) => length),
    count,
  );
  USAGE_KINDS.forEach((kind, at) => {
    console.error(`${kind}\t${shares[at]} of ${kinds[at]?.length}`);
  });
  return kinds.flatMap((findings, at) =>
    drawEvenly(
      groupsOf(findings, ({ root }) => root),
      shares[at] as number,
      random,
    ),
  );
}

function rowOf({ root, usage }: Finding): string {
  const { kind, symbol, family, path, line, column, scope = "", guard = "", facts } = usage;
  const text = readFileSync(join(root, path), "utf8").split("\n")[line - 1]?.trim() ?? "";
  const told = facts ? JSON.stringify(facts) : "";
  return [basename(root), `${path}:${line}:${column}`, kind, symbol, family, scope, guard, told, text].join("\t");
}

function filesOf(root: string): string[] {
  const { files } = discover({ roots: [root], include: [], exclude: [] });
  const naming = files.filter(({ absolute }) => STACK_WORD.test(readFileSync(absolute, "latin1")));
  return naming.map(({ path }) => `${basename(root)}\t${path}`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "200" },
    files: { type: "boolean", default: false },
  },
});
const random = generator(Number(values.seed));
const count = Number(values.count);
const rows = values.files
  ? drawEvenly(positionals.map(filesOf), count, random)
  : drawFindings(positionals, count, random).map(rowOf);
for (const row of rows) console.log(row);
