/** Predicted against observed at three levels. Pure: predictions and data in, rows and figures out. */
import type { Report } from "../model/report.ts";
import type { BacktestData } from "./data.ts";
import { auc, coverage, errorFactor, fitPower, luck, median, pinball, type Ranged, spearman } from "./metrics.ts";

/** A report at a repository's commit, or why there is none. */
export type Predicted = (repository: string, commit: string) => Report | undefined;

export interface Figure {
  readonly name: string;
  readonly value: number | null;
  /** 80 % bootstrap interval over the rows. */
  readonly luck: readonly [number, number] | null;
  /** What a plain size fit reaches on the same rows, leave-one-out. */
  readonly bySize: number | null;
  readonly wanted: string;
  readonly reached: boolean | null;
}

export interface PortRow extends Ranged {
  readonly name: string;
  readonly ksloc: number;
  /** What was observed is the least that it took: shown, but in no figure. */
  readonly lowerBound: boolean;
  readonly sizeFit: number;
  readonly factor: number;
  readonly inRange: boolean;
}

export interface FilesRow {
  readonly name: string;
  readonly files: number;
  readonly edited: number;
  readonly auc: number | null;
  readonly aucBySize: number | null;
}

export interface BacktestResult {
  readonly target: string;
  readonly ports: readonly PortRow[];
  readonly files: readonly FilesRow[];
  readonly programs: { readonly programs: number; readonly edited: number } | null;
  readonly figures: readonly Figure[];
  /** Rows that could not be predicted: no clone. */
  readonly missing: readonly string[];
}

function total(report: Report): Report["targets"][number]["effort"] {
  const [target] = report.targets;
  return target?.effort ?? target?.effortWithoutBlocked ?? null;
}

function manualDaysByFile(report: Report): ReadonlyMap<string, number> {
  return new Map(report.targets[0]?.hotspots.map(({ path, p50 }) => [path, p50]) ?? []);
}

export function backtest(data: BacktestData, predicted: Predicted): BacktestResult {
  const missing: string[] = [];
  const ports = portRows(data, predicted, missing);
  const files = filesRows(data, predicted, missing);
  const programs = programScores(data, predicted, missing);
  return {
    target: data.target,
    ports,
    files: files.map(({ scores: _scores, ...row }) => row),
    programs: programs && { programs: programs.length, edited: programs.filter(({ positive }) => positive).length },
    figures: [
      ...portFigures(ports.filter((port) => !port.lowerBound)),
      ...fileFigures(files),
      ...programFigures(programs),
    ],
    missing,
  };
}

function portRows(data: BacktestData, predicted: Predicted, missing: string[]): PortRow[] {
  const perAuthorDay = data.engineerDaysPerAuthorDay.value;
  const found = data.ports.flatMap((port) => {
    const report = predicted(port.repository, port.commit);
    const effort = report && total(report);
    if (!report || !effort) {
      missing.push(`${port.name}: no clone of ${port.repository} with ${port.commit}`);
      return [];
    }
    const observed = port.authorDays * perAuthorDay;
    return [
      {
        name: port.name,
        ksloc: port.gpuKsloc,
        lowerBound: port.lowerBound === true,
        observed,
        predicted: effort.p50,
        p10: effort.p10,
        p90: effort.p90,
      },
    ];
  });
  return found.map((row) => {
    const others = found.filter((other) => other !== row && !other.lowerBound);
    const bySizeOf = fitPower(others.map(({ ksloc, observed }) => ({ x: ksloc + 0.1, y: observed })));
    return {
      ...row,
      sizeFit: bySizeOf(row.ksloc + 0.1),
      factor: errorFactor(row),
      inRange: row.observed <= row.p90 && (row.lowerBound || row.p10 <= row.observed),
    };
  });
}

function figure<T>(
  name: string,
  rows: readonly T[],
  of: (rows: readonly T[]) => number | undefined,
  bySize: number | undefined,
  wanted: string,
  isReached: (value: number) => boolean,
): Figure {
  const value = of(rows);
  return {
    name,
    value: value ?? null,
    luck: rows.length > 2 ? (luck(rows, of) ?? null) : null,
    bySize: bySize ?? null,
    wanted,
    reached: value === undefined ? null : isReached(value),
  };
}

/** Log-sd of real ports around a power of their size: the width of the size fit's range (effort.yaml, repair). */
const SIZE_LOG_SD = 0.65;
const Z90 = 1.2816;

function portFigures(rows: readonly PortRow[]): Figure[] {
  if (rows.length < 3) return [];
  const spread = Math.exp(Z90 * SIZE_LOG_SD);
  const bySize = rows.map(({ observed, sizeFit }) => ({
    observed,
    predicted: sizeFit,
    p10: sizeFit / spread,
    p90: sizeFit * spread,
  }));
  const factor = (some: readonly Ranged[]) => median(some.map(errorFactor));
  return [
    figure("ports: median error factor", rows, factor, factor(bySize), "≤ 1.6", (value) => value <= 1.6),
    {
      ...figure("ports: the same, rescaled on the others", rescaled(rows), factor, undefined, "–", () => true),
      reached: null,
    },
    figure("ports: Spearman", rows, spearman, spearman(bySize), "≥ 0.7", (value) => value >= 0.7),
    figure("ports: observed within P10–P90", rows, coverage, coverage(bySize), "70–90 %", (v) => v >= 0.7 && v <= 0.9),
    figure(
      "ports: pinball loss (log)",
      rows,
      pinball,
      pinball(bySize),
      "below size",
      (v) => v < (pinball(bySize) ?? 0),
    ),
  ];
}

/**
 * Leave-one-out: each prediction times the median of what the other ports would have needed. When this helps, the
 * constants are off as a whole.
 */
function rescaled(rows: readonly PortRow[]): PortRow[] {
  return rows.map((row) => {
    const others = rows.filter((other) => other !== row);
    const scale = Math.exp(median(others.map(({ observed, predicted }) => Math.log(observed / predicted))) ?? 0);
    return { ...row, predicted: row.predicted * scale, p10: row.p10 * scale, p90: row.p90 * scale };
  });
}

interface Scored {
  readonly score: number;
  readonly size: number;
  readonly positive: boolean;
}

const bySizeAuc = (rows: readonly Scored[]) => auc(rows.map(({ size, positive }) => ({ score: size, positive })));

function filesRows(data: BacktestData, predicted: Predicted, missing: string[]): (FilesRow & { scores: Scored[] })[] {
  const { editedAbove = 0, ports = [] } = data.files ?? {};
  return ports.flatMap(({ name, repository, commit, files }) => {
    const report = predicted(repository, commit);
    if (!report) {
      missing.push(`files of ${name}: no clone of ${repository} with ${commit}`);
      return [];
    }
    const days = manualDaysByFile(report);
    const scores = files.map(
      ([path, sloc, residual]): Scored => ({
        score: days.get(path) ?? 0,
        size: sloc,
        positive: residual > editedAbove,
      }),
    );
    return [
      {
        name,
        files: files.length,
        edited: scores.filter(({ positive }) => positive).length,
        auc: auc(scores) ?? null,
        aucBySize: bySizeAuc(scores) ?? null,
        scores,
      },
    ];
  });
}

function fileFigures(rows: readonly FilesRow[]): Figure[] {
  if (rows.length === 0) return [];
  const medianAuc = (some: readonly FilesRow[]) =>
    median(some.flatMap(({ auc: value }) => (value === null ? [] : [value])));
  const sizes = median(rows.flatMap(({ aucBySize }) => (aucBySize === null ? [] : [aucBySize])));
  const above = rows.filter((row) => (row.auc ?? 0) > (row.aucBySize ?? 1)).length;
  return [
    figure("files: median AUC over ports", rows, medianAuc, sizes, "≥ 0.80", (value) => value >= 0.8),
    {
      name: "files: ports ranked better than by size",
      value: above,
      luck: null,
      bySize: null,
      wanted: `${rows.length} of ${rows.length}`,
      reached: above === rows.length,
    },
  ];
}

function programScores(data: BacktestData, predicted: Predicted, missing: string[]): Scored[] | null {
  if (!data.programs) return null;
  const { repository, commit, folder, editedAbove, programs } = data.programs;
  const report = predicted(repository, commit);
  if (!report) {
    missing.push(`programs: no clone of ${repository} with ${commit}`);
    return null;
  }
  const byFolder = new Map<string, number>();
  for (const [path, days] of manualDaysByFile(report)) {
    const parts = path.split("/").slice(0, -1);
    for (let depth = 1; depth <= parts.length; depth++) {
      const name = parts.slice(0, depth).join("/");
      byFolder.set(name, (byFolder.get(name) ?? 0) + days);
    }
  }
  return programs.map(([name, sloc, residual]) => ({
    score: byFolder.get(folder.replace("{name}", name)) ?? 0,
    size: sloc,
    positive: residual > editedAbove,
  }));
}

function programFigures(scores: readonly Scored[] | null): Figure[] {
  if (!scores) return [];
  return [figure("programs: AUC", scores, auc, bySizeAuc(scores), "≥ 0.80", (value) => value >= 0.8)];
}
