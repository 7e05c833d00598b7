import { type Profile, STAGES } from "../host/stopwatch.ts";

/** A path as one line, whatever its name holds. */
function oneLine(path: string): string {
  return path.replace(/[\p{Cc}\u2028\u2029]/gu, "?");
}

const milliseconds = (ms: number) => `${ms.toFixed(1).padStart(10)} ms`;

/** `--profile`: wall time of every stage, CPU and memory of the whole, the files that took longest. */
export function profileText({ stages, slowest, fileMs, files }: Profile): string {
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  const staged = [...stages.values()].reduce((sum, ms) => sum + ms, 0);
  return [
    "profile (wall time)",
    ...STAGES.flatMap((stage) => {
      const ms = stages.get(stage);
      return ms === undefined ? [] : [`  ${stage.padEnd(18)}${milliseconds(ms)}`];
    }),
    `  ${"start, rules, git".padEnd(18)}${milliseconds(performance.now() - staged)}`,
    `  ${"whole run".padEnd(18)}${milliseconds(performance.now())}, CPU ${((user + system) / 1e6).toFixed(2)} s, peak memory ${Math.round(maxRSS / 1024)} MB`,
    files === 0
      ? "no file was inspected: all came from the cache"
      : `slowest of ${files} inspected files (${(fileMs / 1000).toFixed(2)} s on all threads)`,
    ...slowest.map(({ path, ms }) => `  ${milliseconds(ms)}  ${oneLine(path)}`),
  ].join("\n");
}
