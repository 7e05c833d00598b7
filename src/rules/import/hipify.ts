/**
 * HIPIFY's tables: `src/CUDA2HIP*.cpp` hold a map from CUDA's name to HIP's and ROCm's own, with flags, and maps of the
 * versions on both sides. What a converter's table says is never more than `inferred`.
 */
import type { UsageKind } from "../../model/vocabulary.ts";
import type { Importer, UpstreamFile, UpstreamRow } from "./importer.ts";

/** `{"cudaMalloc", {"hipMalloc", "", CONV_MEMORY, API_RUNTIME, SEC::MEMORY, FLAGS}}` */
const NAME =
  /\{\s*"([^"]+)"\s*,\s*\{\s*"([^"]*)"\s*,\s*"([^"]*)"\s*,\s*CONV_(\w+)\s*,\s*API_(\w+)\s*,\s*[\w:]+\s*(?:,\s*([\w\s|]+?)\s*)?\}\s*\}/g;
/** `{"cudaMalloc", {CUDA_0, CUDA_112, CUDA_0}}`: appeared, deprecated, removed; a fourth is of no interest. */
const VERSION =
  /\{\s*"([^"]+)"\s*,\s*\{\s*([A-Z]+_\d+)\s*,\s*([A-Z]+_\d+)\s*,\s*([A-Z]+_\d+)\s*(?:,\s*[A-Z]+_\w+\s*)?,?\s*\}\s*\}/g;
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

const FAMILIES: Readonly<Record<string, string>> = {
  DRIVER: "driver",
  RUNTIME: "runtime",
  COMPLEX: "cucomplex",
  BLAS: "cublas",
  RAND: "curand",
  DNN: "cudnn",
  FFT: "cufft",
  SPARSE: "cusparse",
  SPARSELT: "cusparselt",
  SOLVER: "cusolver",
  TENSOR: "cutensor",
  FILE: "cufile",
  CUB: "cub",
  CAFFE2: "caffe2",
  RTC: "nvrtc",
};

const KINDS: readonly (readonly [RegExp, UsageKind])[] = [
  [/^INCLUDE/, "include"],
  [/DEVICE_FUNC$/, "builtin"],
  [/TYPE$/, "type"],
  [/LITERAL$|^DEFINE$/, "constant"],
];

/** Syntax that the converter rewrites, no names. */
const NO_NAME = new Set(["EXTERN_SHARED", "KERNEL_LAUNCH"]);

/** By name; CUDA's and HIP's apart, for many names are the same on both sides. */
interface Versions {
  readonly cuda: ReadonlyMap<string, readonly string[]>;
  readonly hip: ReadonlyMap<string, readonly string[]>;
}

const DIGITS: Readonly<Record<string, (digits: string) => string>> = {
  // 112 is 11.2, 80 is 8.0
  CUDA: (digits) => `${digits.slice(0, -1)}.${digits.slice(-1)}`,
  // 765 is 7.6.5, 20 is 2.0
  CUDNN: (digits) => [...digits].join("."),
  // 5020 is 5.2.0, 3100 is 3.10.0
  HIP: (digits) => `${digits.slice(0, -3)}.${Number(digits.slice(-3, -1))}.${digits.slice(-1)}`,
};

/** `CUDA_112` as `11.2`; nothing for an unknown version (`CUDA_0`). */
export function versionOf(word: string): string | undefined {
  const [product = "", digits = ""] = word.split("_");
  if (digits.length < 2) return undefined;
  return (DIGITS[product] ?? DIGITS.CUDA)?.(digits);
}

function versionsIn(texts: readonly string[]): Versions {
  const entries = texts.flatMap((text) =>
    [...text.matchAll(VERSION)].map(([, name = "", ...words]): [string, string[]] => [name, words]),
  );
  const isHip = ([, words]: [string, string[]]) => words[0]?.startsWith("HIP_") ?? false;
  return { cuda: new Map(entries.filter((entry) => !isHip(entry))), hip: new Map(entries.filter(isHip)) };
}

/** `since CUDA 11.2, deprecated CUDA 12.0; ROCm 5.2.0+`, as the shipped tables write it. */
function versionsText(cuda: readonly string[] | undefined, hip: readonly string[] | undefined): string {
  const product = cuda?.find((word) => versionOf(word))?.startsWith("CUDNN") ? "cudnn" : "CUDA";
  const there = ["since", "deprecated", "removed"].flatMap((word, place) => {
    const version = versionOf(cuda?.[place] ?? "");
    return version ? [`${word} ${product} ${version}`] : [];
  });
  const here = ["ROCm", "deprecated", "removed"].flatMap((word, place) => {
    const version = versionOf(hip?.[place] ?? "");
    return version ? [`${word} ${version}${place === 0 ? "+" : ""}`] : [];
  });
  return [there.join(", "), here.join(", ")].filter((part) => part !== "").join("; ");
}

function familyOf(symbol: string, api: string, path: string): string {
  if (/^cublasLt|^CUBLASLT_/.test(symbol)) return "cublaslt";
  if (path.includes("_Device_")) return "device";
  return FAMILIES[api] ?? api.toLowerCase();
}

/** Names of the API that the converter writes: HIP's first, else ROCm's own. */
function counterpartsOf(hip: string, roc: string, flags: ReadonlySet<string>): string[] {
  if (flags.has("UNSUPPORTED") || flags.has("HIP_REMOVED") || flags.has("REMOVED")) return [];
  return [flags.has("HIP_UNSUPPORTED") ? "" : hip, flags.has("ROC_UNSUPPORTED") ? "" : roc].filter(
    (name) => name !== "",
  );
}

function rowsOf({ path, text }: UpstreamFile, versions: Versions): UpstreamRow[] {
  return [...text.matchAll(NAME)].flatMap(
    ([, symbol = "", hip = "", roc = "", conversion = "", api = "", flags = ""]) => {
      if (NO_NAME.has(conversion)) return [];
      const [counterpart, ...also] = counterpartsOf(hip, roc, new Set(flags.split(/[\s|]+/)));
      return [
        {
          symbol,
          family: familyOf(symbol, api, path),
          kind: KINDS.find(([pattern]) => pattern.test(conversion))?.[1] ?? "call",
          ...(counterpart !== undefined && { counterpart }),
          ...(also.length > 0 && { also }),
          versions: versionsText(versions.cuda.get(symbol), versions.hip.get(counterpart ?? "")),
          path,
        },
      ];
    },
  );
}

function parse(files: readonly UpstreamFile[]): UpstreamRow[] {
  const plain = files.map(({ path, text }) => ({ path, text: text.replace(COMMENT, "") }));
  const versions = versionsIn(plain.map(({ text }) => text));
  const rows = new Map<string, UpstreamRow>();
  for (const row of plain.flatMap((file) => rowsOf(file, versions))) {
    // One name in the tables of two APIs: the one that knows a counterpart speaks.
    if (rows.get(row.symbol)?.counterpart === undefined) rows.set(row.symbol, row);
  }
  return [...rows.values()];
}

export const hipify: Importer = {
  id: "hipify",
  repository: "ROCm/HIPIFY",
  target: "hip",
  files: ["src/CUDA2HIP*.cpp"],
  parse,
};
