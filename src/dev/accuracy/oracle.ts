/** What a compiler saw in a corpus: JSON lines, plain or gzipped, one fact each (see the oracle's own README). */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

export interface NameUse {
  readonly path: string;
  readonly line: number;
  readonly symbol: string;
  readonly decl: string;
  readonly cat: string;
  readonly how: string;
}

export interface Oracle {
  /** Files that compiled without an error. */
  readonly clean: ReadonlySet<string>;
  readonly names: readonly NameUse[];
  readonly kernels: readonly {
    readonly path: string;
    readonly name: string;
    readonly how: string;
    readonly definition: number;
  }[];
  readonly launches: readonly {
    readonly path: string;
    readonly first: number;
    readonly last: number;
    readonly isChevron: boolean;
    readonly how: string;
  }[];
  readonly features: readonly FeatureRow[];
  /** False where the compiler saw nothing: skipped branches, macro bodies. */
  readonly isSeen: (path: string, line: number) => boolean;
}

export interface FeatureRow {
  readonly path: string;
  readonly kernel: string;
  readonly line: number;
  readonly clean: number;
  readonly ast: Readonly<Record<string, number>>;
  readonly ptx: Readonly<Record<string, unknown>> | null;
}

interface Region {
  readonly path: string;
  readonly clean: number;
  readonly inactive: readonly (readonly [number, number])[];
  readonly macro_defs?: readonly (readonly [number, number])[];
}

interface LaunchRow {
  readonly path: string;
  readonly line: number;
  readonly chev_line: number;
  readonly end_line: number;
  readonly form: string;
  readonly how: string;
}

export function readOracle(folder: string, repo: string): Oracle {
  const rows = <T>(name: string): T[] =>
    readRows<T & { repo: string }>(folder, name).filter((row) => row.repo === repo);
  const regions = new Map(rows<Region>("regions").map((region) => [region.path, region]));
  const isIn = (spans: Region["inactive"] | undefined, line: number): boolean =>
    spans?.some(([from, to]) => from <= line && line <= to) ?? false;
  return {
    clean: new Set([...regions.values()].filter((region) => region.clean).map((region) => region.path)),
    names: rows<NameUse>("api_calls"),
    kernels: rows<Oracle["kernels"][number]>("kernels"),
    launches: rows<LaunchRow>("launches").map((row) => ({
      path: row.path,
      first: Math.min(row.line, row.chev_line),
      last: Math.max(row.line, row.end_line, row.chev_line),
      isChevron: row.form === "chevron",
      how: row.how,
    })),
    features: rows<FeatureRow>("features"),
    isSeen: (path, line) => {
      const region = regions.get(path);
      return !isIn(region?.inactive, line) && !isIn(region?.macro_defs, line);
    },
  };
}

function readRows<T>(folder: string, name: string): T[] {
  const plain = join(folder, `${name}.jsonl`);
  const text = existsSync(plain)
    ? readFileSync(plain, "utf8")
    : gunzipSync(readFileSync(`${plain}.gz`)).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}
