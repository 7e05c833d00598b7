/**
 * What a warm gate costs: `npm run bench:gate -- REPOSITORY [COMMITS]`. For each of the last commits of the first-parent
 * history: CPU of `gate --base C^ --head C` against that of `portgauge --version` plus `git diff --stat` of the same
 * range. Prints every ratio and the median.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PORTGAUGE = fileURLToPath(new URL("../../bin/portgauge.js", import.meta.url));
const REPEATS = 3;

/** CPU seconds, user and system, of a command and its children, as the shell counts them. */
function cpuOf(command: readonly string[], cwd: string): number {
  const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>/dev/null';
  const { stderr } = spawnSync("bash", ["-c", script, "bash", ...command], { cwd, encoding: "utf8" });
  const [user = Number.NaN, system = Number.NaN] = stderr.trim().split(" ").map(Number);
  return user + system;
}

function least(command: readonly string[], cwd: string): number {
  return Math.min(...Array.from({ length: REPEATS }, () => cpuOf(command, cwd)));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function main([repository, commits = "20"]: readonly string[]): void {
  if (repository === undefined) throw new Error("usage: npm run bench:gate -- REPOSITORY [COMMITS]");
  const git = (...args: string[]) => execFileSync("git", args, { cwd: repository, encoding: "utf8" }).trim();
  const range = git("rev-list", "--first-parent", `--max-count=${commits}`, "HEAD").split("\n");
  const cache = mkdtempSync(join(tmpdir(), "portgauge-bench-"));
  const portgauge = (...args: string[]) => [process.execPath, PORTGAUGE, ...args];
  console.log(
    `${git("ls-tree", "-r", "--name-only", "HEAD").split("\n").length} files, ${range.length} commits, least of ${REPEATS} runs each`,
  );
  const start = least(portgauge("--version"), repository);
  const ratios: number[] = [];
  for (const commit of range) {
    const gate = portgauge("gate", "--base", `${commit}^`, "--head", commit, "--report-only", "--cache-dir", cache);
    const cold = cpuOf(gate, repository);
    const warm = least(gate, repository);
    const stat = least(["git", "diff", "--stat", `${commit}^`, commit], repository);
    const ratio = warm / (start + stat);
    ratios.push(ratio);
    const shown = [cold, warm, start + stat].map((seconds) => `${Math.round(seconds * 1000)} ms`.padStart(8));
    console.log(
      `${commit.slice(0, 12)}  cold ${shown[0]}  warm ${shown[1]}  floor ${shown[2]}  ratio ${ratio.toFixed(2)}`,
    );
  }
  rmSync(cache, { recursive: true, force: true });
  console.log(`median ratio ${median(ratios).toFixed(2)} (at most 5), largest ${Math.max(...ratios).toFixed(2)}`);
}

main(process.argv.slice(2));
