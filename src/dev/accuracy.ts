/**
 * Recall and precision against a compiler's facts: `npm run accuracy -- CORPUS[,CORPUS…] ORACLE [NAME] [--misses]`.
 * CORPUS is a checkout, ORACLE a folder of facts, NAME the checkout's name in them (default: its folder's name).
 * Several checkouts are also scored together, all names of one C++ library or feature pooled.
 * The corpus is scanned by the program itself, as a user would.
 */
import { spawnSync } from "node:child_process";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readOracle } from "./accuracy/oracle.ts";
import { type Scanned, type Score, scoreFeatures, scoreKernels, scoreLaunches, scoreNames } from "./accuracy/score.ts";

const PORTGAUGE = fileURLToPath(new URL("../../bin/portgauge.js", import.meta.url));
/** A report of a million usages. */
const LONGEST_REPORT = 2 ** 30;
const SHOWN = 20;

function scanOf(corpus: string): Scanned {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [PORTGAUGE, "scan", corpus, "--target", "hip", "--format", "json", "--no-cache", "--quiet"],
    { encoding: "utf8", maxBuffer: LONGEST_REPORT },
  );
  if (status !== 0) throw new Error(`scan of ${corpus} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Scanned;
}

const share = (part: number, whole: number): string => (whole === 0 ? "-" : `${((100 * part) / whole).toFixed(2)}%`);

function row({ what, truth, found, reported, right }: Score): string {
  const recall = `${found}/${truth}`.padStart(12) + share(found, truth).padStart(9);
  const precision = `${right}/${reported}`.padStart(14) + share(right, reported).padStart(9);
  return what.padEnd(36) + recall + precision;
}

function main(args: readonly string[]): void {
  const showsMisses = args.includes("--misses");
  const [list, oracleFolder, name] = args.filter((arg) => arg !== "--misses");
  if (list === undefined || oracleFolder === undefined) {
    throw new Error("usage: npm run accuracy -- CORPUS[,CORPUS…] ORACLE [NAME] [--misses]");
  }
  const corpora = list.split(",");
  const all = corpora.map((corpus) => scoresOf(corpus, oracleFolder, name, showsMisses));
  if (corpora.length > 1) {
    console.log(`together: ${corpora.length} checkouts`);
    for (const score of pooled(all.flat())) console.log(row(score));
  }
}

function scoresOf(corpus: string, oracleFolder: string, name: string | undefined, showsMisses: boolean): Score[] {
  const oracle = readOracle(oracleFolder, name ?? basename(resolve(corpus)));
  if (oracle.clean.size === 0) throw new Error(`no cleanly compiled file of ${name ?? corpus} in ${oracleFolder}`);
  const scanned = scanOf(corpus);
  const scores = [
    ...scoreNames(oracle, scanned),
    scoreKernels(oracle, scanned),
    scoreLaunches(oracle, scanned),
    ...scoreFeatures(oracle, scanned),
  ].filter(({ truth, reported }) => truth + reported > 0);
  console.log(`${basename(resolve(corpus))}: ${oracle.clean.size} files compiled without an error`);
  console.log(`${"".padEnd(36)}${"recall".padStart(21)}${"precision".padStart(23)}`);
  for (const score of scores) {
    console.log(row(score));
    if (!showsMisses) continue;
    for (const place of score.missed.slice(0, SHOWN)) console.log(`    missed ${place}`);
    for (const place of score.extra.slice(0, SHOWN)) console.log(`    extra  ${place}`);
  }
  return scores;
}

/** One score for each thing measured, over all checkouts. */
function pooled(scores: readonly Score[]): Score[] {
  const sums = new Map<string, Score>();
  for (const { what, truth, found, reported, right } of scores) {
    const sum = sums.get(what) ?? { what, truth: 0, found: 0, reported: 0, right: 0, missed: [], extra: [] };
    sum.truth += truth;
    sum.found += found;
    sum.reported += reported;
    sum.right += right;
    sums.set(what, sum);
  }
  return [...sums.values()];
}

main(process.argv.slice(2));
