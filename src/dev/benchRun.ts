/** Runs a command and measures it: CPU of it and its children, wall time, peak memory. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Cost {
  /** Seconds, user and system. */
  readonly cpu: number;
  readonly wall: number;
  /** Megabytes; 0 when the machine cannot tell. */
  readonly peak: number;
}

const GNU_TIME = "/usr/bin/time";
const OUTPUT_LIMIT = 1024 * 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), "portgauge-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** A place for files of this benchmark, gone when it ends. */
export function scratch(name: string): string {
  return join(folder, name);
}

/** GNU time knows memory; bash's own knows CPU. Output goes to a file nobody reads, as in CI. */
export function measure(command: readonly string[], cwd?: string): Cost {
  const start = performance.now();
  const log = scratch("time");
  const timed = existsSync(GNU_TIME)
    ? [GNU_TIME, "-o", log, "-f", "%U %S %M", ...command]
    : ["bash", "-c", `TIMEFORMAT="%U %S 0"; { time "$@" 2>/dev/null >/dev/null; } 2>"${log}"`, "bash", ...command];
  const [program = "", ...args] = timed;
  const { error, stderr } = spawnSync(program, args, {
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ["ignore", "ignore", "pipe"],
    maxBuffer: OUTPUT_LIMIT,
  });
  if (error) throw error;
  const wall = (performance.now() - start) / 1000;
  // A command that exits with 1 (ripgrep without a hit) makes GNU time print a line of its own first.
  const [user = Number.NaN, system = 0, kilobytes = 0] = (readFileSync(log, "utf8").trim().split("\n").at(-1) ?? "")
    .split(" ")
    .map(Number);
  if (Number.isNaN(user)) throw new Error(`${command.join(" ")}: ${stderr}`);
  return { cpu: user + system, wall, peak: kilobytes / 1024 };
}

/** The cheapest of several runs: what disturbs a run only ever adds. */
export function measureBest(runs: number, command: readonly string[], cwd?: string): Cost {
  const costs = Array.from({ length: runs }, () => measure(command, cwd));
  return {
    cpu: Math.min(...costs.map(({ cpu }) => cpu)),
    wall: Math.min(...costs.map(({ wall }) => wall)),
    peak: Math.max(...costs.map(({ peak }) => peak)),
  };
}
