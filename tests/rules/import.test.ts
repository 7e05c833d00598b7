import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hipify, versionOf } from "../../src/rules/import/hipify.ts";
import { portgauge } from "../cli/run.ts";

/** Tables in the form of the upstream's, with names of our own. */
const FUNCTIONS = `
// {"cudaCommented", {"hipCommented", "", CONV_MEMORY, API_RUNTIME, SEC::MEMORY}},
const std::map<llvm::StringRef, hipCounter> CUDA_RUNTIME_FUNCTION_MAP {
  {"cudaPlain",      {"hipPlain",      "", CONV_MEMORY, API_RUNTIME, SEC::MEMORY}},
  {"cudaNoAnswer",   {"hipNoAnswer",   "", CONV_MEMORY, API_RUNTIME, SEC::MEMORY, HIP_UNSUPPORTED | CUDA_DEPRECATED}},
  {"cudaMoved",      {"hipMovedNow",   "", CONV_MEMORY, API_RUNTIME, SEC::MEMORY}},
  {"cudaByHand",     {"hipByTable",    "", CONV_MEMORY, API_RUNTIME, SEC::MEMORY}},
  {"sameEverywhere", {"sameEverywhere", "", CONV_DEVICE_FUNC, API_RUNTIME, 1}},
  {"cudaRocOnly",    {"hipRocOnly",    "roc_only", CONV_LIB_FUNC, API_BLAS, 2, HIP_UNSUPPORTED}},
  {"<<<>>>",         {"hipLaunch",     "", CONV_KERNEL_LAUNCH, API_RUNTIME, SEC::EXECUTION}},
};
const std::map<llvm::StringRef, cudaAPIversions> CUDA_RUNTIME_FUNCTION_VER_MAP {
  {"cudaPlain",      {CUDA_112, CUDA_120, CUDA_0}},
};
const std::map<llvm::StringRef, hipAPIversions> HIP_RUNTIME_FUNCTION_VER_MAP {
  {"hipPlain",       {HIP_5020, HIP_0, HIP_0}},
  {"sameEverywhere", {HIP_3100, HIP_0, HIP_0, HIP_LATEST}},
};
`;

describe("the HIPIFY importer", () => {
  const rows = hipify.parse([{ path: "src/CUDA2HIP_X.cpp", text: FUNCTIONS }]);
  const row = (symbol: string) => rows.find((each) => each.symbol === symbol);

  it("reads names, and nothing in comments or about syntax", () => {
    expect(rows.map(({ symbol }) => symbol).sort()).toEqual(
      ["cudaByHand", "cudaMoved", "cudaNoAnswer", "cudaPlain", "cudaRocOnly", "sameEverywhere"].sort(),
    );
  });

  it("tells kinds, families and versions of either side apart", () => {
    expect(row("cudaPlain")).toMatchObject({
      kind: "call",
      family: "runtime",
      versions: "since CUDA 11.2, deprecated CUDA 12.0; ROCm 5.2.0+",
    });
    expect(row("sameEverywhere")).toMatchObject({ kind: "builtin", versions: "ROCm 3.10.0+" });
  });

  it("takes a flag for what it says: no name of HIP's, or ROCm's own instead", () => {
    expect(row("cudaNoAnswer")?.counterpart).toBeUndefined();
    expect(row("cudaRocOnly")?.counterpart).toBe("roc_only");
  });

  it.each([
    ["CUDA_80", "8.0"],
    ["CUDA_126", "12.6"],
    ["CUDNN_765", "7.6.5"],
    ["HIP_1064", "1.6.4"],
    ["HIP_6030", "6.3.0"],
    ["CUDA_0", undefined],
  ])("reads the version %s", (word, version) => expect(versionOf(word)).toBe(version));
});

describe("rules import", () => {
  let dir = "";
  const file = (...path: string[]) => readFileSync(join(dir, ...path), "utf8");
  const put = (path: string, text: string) => {
    mkdirSync(join(dir, path, ".."), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  const TABLE = [
    "# symbol\tverdict\treplacement\tprice\tnote\tlevel\tsource\tversions",
    '# source s1 {"source":"ROCm/HIPIFY@0000001:src/CUDA2HIP_X.cpp","asOf":"2020-01-01"}',
    '# source s2 {"source":"ROCm/HIP@0000002:hip.h","asOf":"2020-01-01"}',
    "cudaByHand\trename\thipByHand\trename\t\tinferred\ts2\t",
    "cudaGone\trename\thipGone\trename\t\tinferred\ts1\t",
    "cudaMoved\trename\thipMoved\trename\t\tinferred\ts1\t",
    "cudaPlain\trename\thipPlain\trename\t\timplemented\ts2\tROCm 5.2.0+",
  ].join("\n");

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "portgauge-import-"));
    put("upstream/src/CUDA2HIP_X.cpp", FUNCTIONS);
    put("rules/hip/target.yaml", "id: hip\n");
    put("rules/hip/symbols/runtime.tsv", `${TABLE}\n`);
    put("rules/catalog/families.yaml", "[]\n");
    put("rules/catalog/operators.tsv", "");
    put("rules/catalog/operatorForms.tsv", "");
    put("rules/catalog/models.tsv", "");
    put("rules/catalog/symbols/runtime.tsv", "cudaByHand\tcall\ncudaNoAnswer\tcall\ncudaPlain\tcall\n");
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const run = (...more: string[]) =>
    portgauge(["rules", "import", "hipify", join(dir, "upstream"), "--into", join(dir, "rules"), ...more]);

  it("prints new and gone names and changed answers, and writes nothing", () => {
    const { stdout, code } = run();
    expect(code).toBe(0);
    expect(
      stdout
        .split("\n")
        .filter((line) => /^[+~-] /.test(line))
        .sort(),
    ).toEqual(
      [
        "+ cublas cudaRocOnly -> roc_only",
        "+ runtime sameEverywhere -> sameEverywhere",
        "- runtime cudaGone",
        "~ runtime cudaByHand: counterpart hipByHand -> hipByTable (kept: rests on more than this table)",
        "~ runtime cudaMoved: counterpart hipMoved -> hipMovedNow",
        "~ runtime cudaPlain: versions ROCm 5.2.0+ -> since CUDA 11.2, deprecated CUDA 12.0; ROCm 5.2.0+ (kept: rests on more than this table)",
      ].sort(),
    );
    expect(file("rules/hip/symbols/runtime.tsv")).toBe(`${TABLE}\n`);
  });

  it("needs a commit for its evidence", () => {
    const { stderr, code } = run("--write");
    expect(code).toBe(2);
    expect(stderr).toContain("--commit");
  });

  it("writes what no other source answers, keeps the rest, and finds nothing the second time", () => {
    expect(run("--write", "--commit", "abcdef0123456789").code).toBe(0);
    const lines = file("rules/hip/symbols/runtime.tsv").split("\n");
    expect(lines).toContain("cudaByHand\trename\thipByHand\trename\t\tinferred\ts2\t");
    expect(lines).toContain("cudaMoved\trename\thipMovedNow\trename\t\tinferred\ts3\t");
    expect(lines).toContain("sameEverywhere\tnative\tsameEverywhere\tnone\t\tinferred\ts3\tROCm 3.10.0+");
    expect(lines.find((line) => line.startsWith("# source s3"))).toContain(
      "ROCm/HIPIFY@abcdef012345:src/CUDA2HIP_X.cpp",
    );
    expect(lines.some((line) => line.startsWith("cudaNoAnswer"))).toBe(false);
    expect(file("rules/catalog/symbols/runtime.tsv")).toBe(
      "cudaByHand\tcall\ncudaNoAnswer\tcall\ncudaPlain\tcall\nsameEverywhere\tbuiltin\n",
    );
    expect(file("rules/catalog/symbols/cublas.tsv")).toBe("cudaRocOnly\tcall\n");
    const again = run();
    expect(again.stdout).not.toContain("\n+ ");
    expect(again.stdout).not.toContain("cudaMoved");
  });

  it("says which upstreams it knows", () => {
    const { stderr, code } = portgauge(["rules", "import", "hippify", dir]);
    expect(code).toBe(2);
    expect(stderr).toContain("did you mean hipify?");
  });
});
