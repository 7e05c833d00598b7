/** A report against the oracle: recall over what the compiler saw, precision over what it could have seen. */
import type { Kernel, Usage } from "../../model/inventory.ts";
import type { KernelFeature } from "../../model/vocabulary.ts";
import type { FeatureRow, NameUse, Oracle } from "./oracle.ts";

export interface Score {
  readonly what: string;
  truth: number;
  found: number;
  reported: number;
  right: number;
  readonly missed: string[];
  readonly extra: string[];
}

export interface Scanned {
  readonly usages: readonly Pick<Usage, "kind" | "symbol" | "family" | "path" | "line">[];
  readonly kernels: readonly Pick<Kernel, "name" | "path" | "line" | "features">[];
}

/** The oracle's categories and our families under one name each; those of neither list are folded or named apart. */
const GROUPS: readonly (readonly [group: string, categories: string, families: string])[] = [
  ["runtime", "runtime legacy_removed", "runtime"],
  ["driver", "driver", "driver"],
  ["cublas", "cublas", "cublas cublaslt"],
  ["cufft", "cufft", "cufft"],
  ["curand", "curand", "curand"],
  ["cusparse", "cusparse", "cusparse"],
  ["cusolver", "cusolver", "cusolver"],
  ["cudnn", "cudnn", "cudnn"],
  ["nccl", "nccl", "nccl"],
  ["nvrtc", "nvrtc", "nvrtc"],
  ["cucomplex", "complex", "cucomplex"],
  ["device intrinsics", "device fp16 bf16 fp8 texture math", "device"],
  ["cub", "cub", "cub"],
  ["thrust", "thrust", "thrust"],
  ["libcudacxx", "libcudacxx", "libcudacxx"],
  ["cooperative groups", "cooperative_groups", "cooperative_groups"],
  ["wmma", "wmma", "wmma"],
];
/** Reported once per function, so that lines prove nothing. */
const FOLDED =
  /^(?:threadIdx|blockIdx|blockDim|gridDim|warpSize|dim3|(?:make_)?(?:u?(?:char|short|int|long|longlong)|float|double)[1-4])$/;
/** Macros that the compiler defines by itself: the oracle saw those of headers only. */
const PREDEFINED = /^__(?:CUDA|NV)\w*$/;

const scoreOf = (what: string): Score => ({ what, truth: 0, found: 0, reported: 0, right: 0, missed: [], extra: [] });
const lastPart = (symbol: string): string => symbol.slice(symbol.lastIndexOf("::") + 1).replace(/^:/, "");
/** `nvcuda::wmma::layout_t::mem_row_major` is one usage and shows each of its parts. */
const partsOf = (symbol: string): string[] => symbol.split("::");
/** The program's own name for a library's thing: a template parameter of a library's type. */
const isOwnName = ({ symbol, decl }: NameUse): boolean => !decl.includes(symbol);
const keyOf = (path: string, line: number): string => `${path}:${line}`;

function collect<T>(
  items: readonly T[],
  key: (item: T) => string,
  names: (item: T) => readonly string[],
): Map<string, Set<string>> {
  const table = new Map<string, Set<string>>();
  for (const item of items) {
    const set = table.get(key(item)) ?? new Set();
    for (const name of names(item)) set.add(name);
    table.set(key(item), set);
  }
  return table;
}

export function scoreNames(oracle: Oracle, { usages }: Scanned): Score[] {
  const named = usages.filter((usage) => usage.kind !== "launch" && usage.kind !== "kernel");
  const ours = collect(
    named,
    (usage) => keyOf(usage.path, usage.line),
    (usage) => partsOf(usage.symbol),
  );
  const theirs = collect(
    oracle.names,
    (use) => keyOf(use.path, use.line),
    (use) => [use.symbol, lastPart(use.decl)],
  );
  return GROUPS.map(([group, categories, families]) => {
    const score = scoreOf(group);
    const cats = new Set(categories.split(" "));
    const fams = new Set(families.split(" "));
    for (const use of oracle.names) {
      if (!cats.has(use.cat) || !oracle.clean.has(use.path) || !/^(?:direct|macro_arg)$/.test(use.how)) continue;
      if (isOwnName(use)) continue;
      const here = ours.get(keyOf(use.path, use.line));
      tally(
        score,
        here?.has(use.symbol) || here?.has(lastPart(use.decl)),
        `${keyOf(use.path, use.line)} ${use.symbol}`,
      );
    }
    for (const { kind, symbol, family, path, line } of named) {
      if (!fams.has(family) || !/^(?:call|type|constant|builtin)$/.test(kind) || FOLDED.test(symbol)) continue;
      if (PREDEFINED.test(symbol)) continue;
      if (!oracle.clean.has(path)) continue;
      const isRight = theirs.get(keyOf(path, line))?.has(lastPart(symbol)) ?? false;
      if (isRight || oracle.isSeen(path, line)) judge(score, isRight, `${keyOf(path, line)} ${symbol}`);
    }
    return score;
  });
}

function tally(score: Score, isFound: boolean | undefined, place: string): void {
  score.truth += 1;
  if (isFound) score.found += 1;
  else score.missed.push(place);
}

function judge(score: Score, isRight: boolean, place: string): void {
  score.reported += 1;
  if (isRight) score.right += 1;
  else score.extra.push(place);
}

export function scoreKernels(oracle: Oracle, { kernels }: Scanned): Score {
  const score = scoreOf("kernels");
  const ours = new Set(kernels.map(({ path, name }) => `${path} ${name}`));
  const theirs = new Set(oracle.kernels.map(({ path, name }) => `${path} ${name}`));
  for (const { path, name, definition, how } of oracle.kernels) {
    if (definition && how === "direct" && oracle.clean.has(path))
      tally(score, ours.has(`${path} ${name}`), `${path} ${name}`);
  }
  for (const { path, name, line } of kernels) {
    if (oracle.clean.has(path) && oracle.isSeen(path, line))
      judge(score, theirs.has(`${path} ${name}`), `${path} ${name}`);
  }
  return score;
}

export function scoreLaunches(oracle: Oracle, { usages }: Scanned): Score {
  const score = scoreOf("chevron launches");
  const launches = usages.filter(({ kind }) => kind === "launch");
  const linesOf = collect(
    launches,
    ({ path }) => path,
    ({ line }) => [String(line)],
  );
  for (const { path, first, last, isChevron, how } of oracle.launches) {
    if (!isChevron || how === "macro_body" || !oracle.clean.has(path)) continue;
    const isFound = [...(linesOf.get(path) ?? [])].some((line) => first <= Number(line) && Number(line) <= last);
    tally(score, isFound, keyOf(path, first));
  }
  for (const { path, line } of launches) {
    if (!oracle.clean.has(path)) continue;
    const isRight = oracle.launches.some((one) => one.path === path && one.first <= line && line <= one.last);
    if (isRight || oracle.isSeen(path, line)) judge(score, isRight, keyOf(path, line));
  }
  return score;
}

/** Our feature, what the syntax tree of the kernel's own body shows for it, and what in the PTX also proves it. */
const FEATURES: readonly (readonly [KernelFeature, ast: string, ptx: string])[] = [
  ["warp-shuffle", "shuffle", "shfl"],
  ["warp-vote", "vote", "vote activemask"],
  ["block-sync", "syncthreads", "bar_sync"],
  ["atomics", "atomic", "atom red"],
  ["texture", "texture", "tex"],
  ["memory-fence", "fence", "fence"],
  ["fp16", "fp16", "f16"],
  ["bf16", "bf16", "bf16"],
  ["fp64", "f64", "f64_arith"],
  ["cooperative-groups", "cooperative_groups", ""],
  ["launch-bounds", "launch_bounds", "launch_bounds"],
  ["read-only-cache", "ldg", "ld_nc"],
];

export function scoreFeatures(oracle: Oracle, { kernels }: Scanned): Score[] {
  const rows = new Map<string, FeatureRow[]>();
  for (const row of oracle.features) {
    if (!row.clean) continue;
    const key = `${row.path} ${row.kernel}`;
    rows.set(key, [...(rows.get(key) ?? []), row]);
  }
  const scores = [
    ...FEATURES.map(([feature]) => scoreOf(`feature ${feature}`)),
    scoreOf("feature shared memory, either kind"),
  ];
  for (const kernel of kernels) {
    const row = nearest(rows.get(`${kernel.path} ${kernel.name}`), kernel.line);
    if (!row) continue;
    const place = `${keyOf(kernel.path, kernel.line)} ${kernel.name}`;
    const has = new Set(kernel.features);
    const seen = (names: string): boolean => names.split(" ").some((name) => Boolean(row.ptx?.[name]));
    FEATURES.forEach(([feature, ast, ptx], at) => {
      note(scores[at] as Score, (row.ast[ast] ?? 0) > 0, has.has(feature), seen(ptx), place);
    });
    const shares = (row.ast.shared_static ?? 0) + (row.ast.shared_dynamic ?? 0) > 0;
    const reported = has.has("shared-memory") || has.has("dynamic-shared-memory");
    note(scores.at(-1) as Score, shares, reported, seen("static_shared_bytes dynamic_shared"), place);
  }
  return scores;
}

function note(score: Score, isTrue: boolean, isReported: boolean, isProven: boolean, place: string): void {
  if (isTrue) tally(score, isReported, place);
  if (isReported) judge(score, isTrue || isProven, place);
}

function nearest(rows: readonly FeatureRow[] | undefined, line: number): FeatureRow | undefined {
  return rows?.toSorted((a, b) => Math.abs(a.line - line) - Math.abs(b.line - line))[0];
}
