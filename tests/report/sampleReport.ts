/** Small reports that are valid by the contract, from a few literals. */
import { type Days, type Report, ReportSchema, type TargetReport } from "../../src/model/report.ts";
import { VERDICTS, type Verdict } from "../../src/model/vocabulary.ts";

type Usage = Report["usages"][number];

export function usage(id: string, symbol: string, place: string, more: Partial<Usage> = {}): Usage {
  const cut = place.lastIndexOf(":");
  const path = place.slice(0, cut);
  const component = path.split("/")[0] ?? "(root)";
  const line = Number(place.slice(cut + 1));
  return { id, kind: "call", symbol, family: "runtime", path, line, column: 3, component, ...more };
}

interface Judgement {
  readonly verdict: Verdict;
  readonly silentRisk?: boolean;
}

/** Symbol → verdict; what is not named is `rename`. */
export type Judgements = Readonly<Record<string, Judgement>>;

function findingsOf(id: string, usages: readonly Usage[], judgements: Judgements): TargetReport["findings"] {
  const bySymbol = new Map<string, Usage[]>();
  for (const one of usages) bySymbol.set(one.symbol, [...(bySymbol.get(one.symbol) ?? []), one]);
  return [...bySymbol].map(([symbol, own]) => {
    const { verdict, silentRisk = false } = judgements[symbol] ?? { verdict: "rename" };
    const known = verdict !== "unknown";
    return {
      rule: known ? `${id}:${symbol.replaceAll(":", "-")}` : null,
      symbol,
      verdict,
      evidence: known ? ("documented" as const) : null,
      silentRisk,
      usages: own.map((one) => one.id),
    };
  });
}

export const days = (p10: number, p50: number, p90: number): Days => ({ p10, p50, p90 });

export function effort(total: Days, byComponent: Readonly<Record<string, Days>>): NonNullable<TargetReport["effort"]> {
  return {
    unit: "engineer-days",
    ...total,
    mechanicalP50: 0.5,
    manualP50: total.p50 - 0.5,
    byCategory: { kernels: days(1, total.p50 - 3, 20), project: days(1, 3, 6) },
    byComponent: { ...byComponent },
  };
}

export function targetReport(
  id: string,
  usages: readonly Usage[],
  judgements: Judgements,
  more: Partial<TargetReport> = {},
): TargetReport {
  const findings = findingsOf(id, usages, judgements);
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as TargetReport["verdicts"];
  for (const { verdict, usages: own } of findings) counts[verdict] += own.length;
  return {
    id,
    variant: "one",
    version: "1.0",
    strategy: "in-place",
    workload: "inference",
    goal: "functional",
    verdicts: counts,
    evidence: { tested: 0.41, implemented: 0.33, documented: 0.14, claimed: 0, inferred: 0.12 },
    effort: null,
    effortWithoutBlocked: null,
    tail12Months: null,
    runningPort: null,
    blockers: [],
    workItems: [],
    findings,
    hotspots: [],
    drivers: [],
    toolchain: [],
    availability: [],
    analogues: [],
    ...more,
  };
}

export function reportOf(usages: readonly Usage[], targets: readonly TargetReport[], more: Partial<Report> = {}) {
  const files = new Set(usages.map(({ path }) => path)).size;
  const report = {
    schemaVersion: 1,
    tool: { name: "portgauge", version: "0.1.0", ruleset: "4f1c2e8d90ab77" },
    root: "acme/serve",
    revision: "4f1c2e8",
    complete: true,
    coverage: {
      files: { found: files, parsed: files, lexed: 0, skipped: 0 },
      bytes: 18_200_000,
      sloc: 5000,
      gpuSloc: 1200,
      languages: { cuda: { files, sloc: 5000 } },
      skipped: [],
      diagnostics: [],
      unknownSymbols: [],
    },
    usages: [...usages],
    kernels: [],
    targets: [...targets],
    ...more,
  };
  return ReportSchema.parse(report);
}

export const USAGES: readonly Usage[] = [
  usage("u1", "cudaMalloc", "attention/fwd.cu:12"),
  usage("u2", "__shfl_down_sync", "attention/fwd.cu:40", { kind: "builtin", family: "device" }),
  usage("u3", "ptx:mma.sync", "attention/fwd.cu:88", { kind: "asm", family: "ptx" }),
  usage("u4", "cudaMalloc", "runtime/pool.cpp:7"),
  usage("u5", "cudaFree", "runtime/pool.cpp:9"),
  usage("u6", "cudaMemcpy", "tests/test_pool.cpp:5", { test: true }),
  usage("u7", "cudaMalloc", "third_party/lib/a.cu:1", { vendored: true }),
];

const MMA = { id: "wmma", verdict: "rewrite", category: "kernels", doneWhen: "its test passes" } as const;

/** `hip` with a total; `groq` with a blocker that has no priced way out. */
export function twoTargets(more: Partial<Report> = {}): Report {
  const hip = targetReport(
    "hip",
    USAGES,
    { "ptx:mma.sync": { verdict: "rewrite" }, __shfl_down_sync: { verdict: "adapt", silentRisk: true } },
    {
      effort: effort(days(15, 33.1, 71), {
        attention: days(6, 14.2, 31),
        project: days(4, 9, 20),
        runtime: days(3, 9.4, 20),
        tests: days(0.2, 0.5, 1),
      }),
      tail12Months: days(3, 8, 20),
      workItems: [
        {
          ...MMA,
          after: [],
          title: "Write attention kernels again",
          rules: ["hip:mma"],
          usages: ["u3"],
          files: 1,
          ...days(4, 10, 26),
          basis: "1 kernel",
          evidence: "documented",
          silentRisk: false,
        },
        {
          ...MMA,
          after: [],
          id: "wshfl",
          verdict: "adapt",
          title: "Adapt lane masks",
          rules: ["hip:shfl"],
          usages: ["u2"],
          files: 1,
          ...days(0.3, 0.6, 1.3),
          basis: "1 site",
          evidence: "tested",
          silentRisk: true,
        },
        {
          ...MMA,
          after: [],
          id: "wtool",
          verdict: "rename",
          category: "mechanical",
          title: "Run the converter",
          rules: [],
          usages: ["u1", "u4", "u5", "u6", "u7"],
          files: 4,
          ...days(0.2, 0.5, 1),
          basis: "5 sites",
          evidence: "tested",
          silentRisk: false,
        },
      ],
      hotspots: [
        { path: "attention/fwd.cu", p50: 10.6, workItems: ["wmma", "wshfl"] },
        { path: "runtime/pool.cpp", p50: 9.4, workItems: ["wshfl"] },
      ],
      drivers: [{ workItem: "wmma", shareOfP90: 0.38, settle: "write fwd for AMD first" }],
      toolchain: [
        { concern: "profiler", found: ["nsys"], answer: "rocprofv3", verdict: "adapt", evidence: "documented" },
        { concern: "debugger", found: [], answer: "rocgdb", verdict: "rename", evidence: "documented" },
      ],
    },
  );
  const groq = targetReport(
    "groq",
    USAGES,
    {
      "ptx:mma.sync": { verdict: "blocked" },
      cudaMalloc: { verdict: "drop" },
      __shfl_down_sync: { verdict: "unknown" },
    },
    {
      effortWithoutBlocked: effort(days(2, 5, 12), { project: days(2, 5, 12) }),
      blockers: [
        {
          id: "wcustom",
          title: "Custom kernels have no interface",
          cause: "custom-kernel",
          usages: ["u3"],
          waysOut: [{ title: "Keep on another device", p50: null }],
          evidence: "documented",
        },
      ],
      workItems: [
        {
          ...MMA,
          after: [],
          id: "wcustom",
          verdict: "blocked",
          title: "Custom kernels have no interface",
          rules: ["groq:kernel"],
          usages: ["u3"],
          files: 1,
          ...days(0, 0, 0),
          basis: "no way out has a price",
          evidence: "documented",
          silentRisk: false,
        },
      ],
    },
  );
  return reportOf(USAGES, [hip, groq], more);
}

/** As wide and as long as reports get: every section is full. */
export function manyTargets(targets: number, components: number): Report {
  const usages = Array.from({ length: components * 3 }, (_, index) =>
    usage(
      `u${index}`,
      `symbol${index % 50}`,
      `component-${index % components}/some/deep/folder/file${index}.cu:${index + 1}`,
    ),
  );
  const rows = Object.fromEntries(
    Array.from({ length: components }, (_, index) => [`component-${index}`, days(1, 2, 5)]),
  );
  return reportOf(
    usages,
    Array.from({ length: targets }, (_, index) =>
      targetReport(
        `target-${index}`,
        usages,
        { symbol1: { verdict: "adapt", silentRisk: true }, symbol2: { verdict: "unknown" } },
        {
          effort: effort(days(100, 2 * components + 10, 300), { ...rows, project: days(4, 10, 20) }),
          tail12Months: days(3, 8, 20),
          blockers: Array.from({ length: 9 }, (_, b) => ({
            id: `b${index}-${b}`,
            title: `Root cause number ${b} that takes a whole sentence to be told`,
            cause: `cause-${b}`,
            usages: usages.slice(b, b + 12).map(({ id }) => id),
            waysOut: [
              { title: "Guard it off and keep that part on another device", p50: 2 },
              { title: "Replace it by an operator", p50: 30 },
            ],
            evidence: "documented" as const,
          })),
          workItems: [1, 2, 3].map((w) => ({
            ...MMA,
            after: [],
            id: `w${w}`,
            title: `Write kernels of component-${w}/file.cu for the target`,
            rules: [],
            usages: [],
            files: 1,
            ...days(1, 2, 3),
            basis: "",
            evidence: "inferred" as const,
            silentRisk: false,
          })),
          drivers: [1, 2, 3].map((w) => ({
            workItem: `w${w}`,
            shareOfP90: 0.2,
            settle: "port one site and compile it for the target",
          })),
          toolchain: [
            "profiler",
            "debugger",
            "sanitizer",
            "multi-node",
            "CI",
            "containers",
            "monitoring",
            "quantization",
          ].map((concern) => ({
            concern,
            found: ["nsys", "ncu"],
            answer: "something else of the vendor",
            verdict: "adapt" as const,
            evidence: "documented" as const,
          })),
        },
      ),
    ),
  );
}
