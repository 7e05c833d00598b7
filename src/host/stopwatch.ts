/** Where the time of a scan goes: handed from stage to stage, so that two scans in one process do not meet. */

export const STAGES = [
  "discover",
  "recall",
  "read + inspect",
  "link",
  "match",
  "plan",
  "estimate",
  "report",
  "format",
] as const;
export type Stage = (typeof STAGES)[number];

export interface Stopwatch {
  /** Runs a piece of a stage and adds its time; a promise counts until it settles. */
  readonly stage: <T>(stage: Stage, work: () => T) => T;
  /** Time of one file on its thread. */
  readonly file: (path: string, ms: number) => void;
}

/** Measures nothing. */
export const UNWATCHED: Stopwatch = { stage: (_, work) => work(), file: () => {} };

export interface Profile {
  /** Wall milliseconds. */
  readonly stages: ReadonlyMap<Stage, number>;
  /** Longest first. */
  readonly slowest: readonly { readonly path: string; readonly ms: number }[];
  /** Of all files, on whatever thread. */
  readonly fileMs: number;
  readonly files: number;
}

const MOST_FILES = 10;

export function startStopwatch(): Stopwatch & { readonly read: () => Profile } {
  const stages = new Map<Stage, number>();
  const files: { path: string; ms: number }[] = [];
  const add = (stage: Stage, since: number) => {
    stages.set(stage, (stages.get(stage) ?? 0) + performance.now() - since);
  };
  return {
    stage: (stage, work) => {
      const since = performance.now();
      const result = work();
      if (result instanceof Promise) return result.finally(() => add(stage, since)) as typeof result;
      add(stage, since);
      return result;
    },
    file: (path, ms) => {
      files.push({ path, ms });
    },
    read: () => ({
      stages,
      slowest: files.toSorted((a, b) => b.ms - a.ms).slice(0, MOST_FILES),
      fileMs: files.reduce((sum, { ms }) => sum + ms, 0),
      files: files.length,
    }),
  };
}
