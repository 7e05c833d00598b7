import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Report, ReportSchema } from "../../src/model/report.ts";
import { EXAMPLE, portgauge, scratch } from "./run.ts";

function project(files: Readonly<Record<string, string | Buffer>>): string {
  const dir = scratch();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(dir, path, ".."), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
  return dir;
}

function jsonOf(args: readonly string[], cwd?: string): Report {
  const { stdout, stderr, code } = portgauge([...args, "--format", "json"], cwd === undefined ? {} : { cwd });
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return ReportSchema.parse(JSON.parse(stdout));
}

const CUDA = "#include <cuda_runtime.h>\nvoid f(void** p) { cudaMalloc(p, 64); }\n";

describe("scan", () => {
  it("reports the example on five targets, valid against the schema", () => {
    const report = jsonOf(["scan", EXAMPLE]);
    expect(report.targets.map(({ id }) => id)).toEqual(["hip", "tt-metalium", "groq", "cerebras", "rebellions"]);
    expect(report.root).toBe("fused-ops");
    expect(report.complete).toBe(true);
    expect(report.kernels.length).toBeGreaterThan(4);
  });

  it("gives the same bytes with threads, without cache, and warm", () => {
    const first = portgauge(["scan", EXAMPLE, "-f", "json", "--no-cache", "-j", "1"]).stdout;
    const cold = portgauge(["scan", EXAMPLE, "-f", "json"]).stdout;
    const warm = portgauge(["scan", EXAMPLE, "-f", "json", "-v"]);
    expect(cold === first).toBe(true);
    expect(warm.stdout === first).toBe(true);
    expect(warm.stderr).toMatch(/cache .*: [1-9]\d* hits, 0 misses/);
  });

  it("scans the current folder by default", () => {
    const report = jsonOf(["-t", "hip"], project({ "a.cu": CUDA }));
    expect(report.root).toBe(".");
    expect(report.usages.map(({ symbol }) => symbol)).toContain("cudaMalloc");
  });

  it("says so when there is no CUDA", () => {
    const dir = project({ "main.py": "print('hello')\n", "lib.cpp": "int main() { return 0; }\n" });
    const { stdout, code } = portgauge(["scan", dir]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/No use of NVIDIA's stack found/);
    const report = jsonOf(["scan", dir]);
    expect(report.usages).toEqual([]);
    expect(report.targets.map(({ effort }) => effort?.p50)).toEqual([0, 0, 0, 0, 0]);
  });

  it("says what guards leave out of a target, since it costs nothing there", () => {
    const dir = project({ "a.cu": `#ifndef USE_ROCM\n${CUDA}#endif\n` });
    const { stdout } = portgauge(["scan", dir, "-t", "hip"]);
    expect(stdout).toMatch(/guards such as !USE_ROCM leave out there: hip \d+ usages/);
    expect(portgauge(["scan", project({ "a.cu": CUDA }), "-t", "hip"]).stdout).not.toMatch(/leave out/);
  });

  it("begins paths with the root's name when there are several", () => {
    const [a, b] = [project({ "x.cu": CUDA }), project({ "x.cu": CUDA })];
    const { usages } = jsonOf(["scan", a, b, "-t", "hip"]);
    const paths = [...new Set(usages.map(({ path }) => path))];
    expect(paths).toHaveLength(2);
    expect(paths.every((path) => /^portgauge-test-\w+\/x\.cu$/.test(path))).toBe(true);
  });

  it("counts a file once when the roots overlap", () => {
    const dir = project({ "a.cu": CUDA, "sub/b.cu": CUDA });
    const whole = jsonOf(["scan", dir, "-t", "hip"]);
    for (const roots of [
      [dir, join(dir, "sub")],
      [join(dir, "sub"), dir],
      [dir, dir, join(dir, "a.cu")],
    ]) {
      const { usages, coverage } = jsonOf(["scan", ...roots, "-t", "hip"]);
      expect(usages).toHaveLength(whole.usages.length);
      expect(coverage.files.found).toBe(2);
    }
  });

  it("writes several formats at once and nothing into the scanned tree", () => {
    const dir = project({ "x.cu": CUDA });
    const out = join(scratch(), "report.json");
    const { stdout, code } = portgauge(["scan", dir, "-f", "table", "-f", `json=${out}`]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/AMD/);
    expect(ReportSchema.parse(JSON.parse(readFileSync(out, "utf8"))).usages.length).toBeGreaterThan(0);
    expect(existsSync(join(dir, "report.json"))).toBe(false);
  });

  it("writes through a link or a device and never puts a file in its place", () => {
    const out = scratch();
    const [target, link] = [join(out, "real.json"), join(out, "link.json")];
    writeFileSync(target, "old");
    symlinkSync(target, link);
    expect(portgauge(["scan", EXAMPLE, "-t", "hip", "-f", `json=${link}`]).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(ReportSchema.parse(JSON.parse(readFileSync(target, "utf8"))).targets).toHaveLength(1);
  });

  it("is quiet in a pipe: no escape sequences, nothing on stderr", () => {
    const { stdout, stderr } = portgauge(["scan", EXAMPLE]);
    expect(stderr).toBe("");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what the test looks for
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });
});

describe("bad input is reported and the scan goes on", () => {
  it.each([
    ["latin-1", { "a.cu": Buffer.from(`// caf\u00e9\n${CUDA}`, "latin1") }, "encoding"],
    ["utf-16", { "a.cu": Buffer.from(`\ufeff${CUDA}`, "utf16le") }, "encoding"],
  ] as const)("%s", (_, files, code) => {
    const report = jsonOf(["scan", project(files), "-t", "hip"]);
    expect(report.usages.map(({ symbol }) => symbol)).toContain("cudaMalloc");
    expect(report.coverage.diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    expect(report.complete).toBe(true);
  });

  it("names as lost only what was lost, in a form that a terminal shows", () => {
    const dir = project({ "a.cu": CUDA, "wide.cu": Buffer.from(`\ufeff${CUDA}`, "utf16le") });
    writeFileSync(Buffer.concat([Buffer.from(join(dir, "\x1b[31m")), Buffer.from([0xff]), Buffer.from(".cu")]), CUDA);
    const { stdout, stderr, code } = portgauge(["scan", dir, "-t", "hip", "--strict"]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/INCOMPLETE: not everything could be read: \S+\.cu unreadable; what it holds/);
    expect(stderr).toContain("\\x1b[31m\ufffd.cu: unreadable: its name is not UTF-8");
    expect(stderr).not.toContain("\x1b");
  });

  it("lists binary files as skipped", () => {
    const report = jsonOf([
      "scan",
      project({ "a.cu": CUDA, "b.cu": Buffer.from([1, 0, 2, 0, 0, 3, 0, 0, 9]) }),
      "-t",
      "hip",
    ]);
    expect(report.coverage.skipped).toEqual([{ path: "b.cu", reason: "binary" }]);
    expect(report.coverage.files).toMatchObject({ found: 2, skipped: 1 });
  });

  it("does not follow symbolic links", () => {
    const dir = project({ "a.cu": CUDA });
    symlinkSync(dir, join(dir, "loop"));
    symlinkSync(join(dir, "a.cu"), join(dir, "b.cu"));
    const report = jsonOf(["scan", dir, "-t", "hip"]);
    expect(report.coverage.files.parsed).toBe(1);
    expect(report.coverage.skipped).toEqual([{ path: "b.cu", reason: "symbolic-link" }]);
  });

  it.skipIf(process.getuid?.() === 0)("says what it could not read, and --strict exits 3", () => {
    const dir = project({ "a.cu": CUDA, "b.cu": CUDA });
    chmodSync(join(dir, "b.cu"), 0);
    const { code, stderr } = portgauge(["scan", dir, "--strict"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/b\.cu: unreadable/);
  });

  it("respects .gitignore, --exclude and --include", () => {
    const dir = project({ ".gitignore": "build/\n", "build/gen.cu": CUDA, "a.cu": CUDA, "sub/b.cu": CUDA });
    const paths = (args: readonly string[]) =>
      [...new Set(jsonOf(["scan", dir, "-t", "hip", ...args]).usages.map(({ path }) => path))].sort();
    expect(paths([])).toEqual(["a.cu", "sub/b.cu"]);
    expect(paths(["--exclude", "sub"])).toEqual(["a.cu"]);
    expect(paths(["--include", "sub/**"])).toEqual(["sub/b.cu"]);
  });
});

it("takes a patch release for its minor release", () => {
  expect(portgauge(["scan", EXAMPLE, "-t", "hip@10.2.3", "-f", "csv"]).code).toBe(0);
});

describe("the user's mistakes: one message, exit 2", () => {
  it.each([
    [["scan", "no/such/folder"], /no such file or folder: no\/such\/folder/],
    [
      ["scan", "-t", "hipp,grok"],
      /unknown target "hipp"\. Did you mean hip\?[\s\S]*unknown target "grok"\. Did you mean groq\?/,
    ],
    [["scan", "-t", "hip:gfx943"], /no variant "gfx943"\. Did you mean gfx942\?/],
    [["scan", "-t", "hip@99"], /hip has no rules for version 99\. Known: 6\.0 to 10\.2/],
    [["scan", "--goall", "tuned"], /unknown option '--goall'[\s\S]*--goal/],
    [["scan", "--goal", "fast"], /functional, tuned, parity/],
    [["scan", "-f", "jsn"], /unknown format "jsn"\. Did you mean json\?/],
    [["scan", "-f", "json", "-f", "csv"], /json and csv both go to stdout/],
    [["scan", "--fail-on", "blockd"], /Did you mean blocked\?/],
    [["scan", "-j", "0"], /whole number/],
    [["scan", "-t", ""], /'--?t?,? ?--target[\s\S]*names nothing/],
    [["scan", "-f", ","], /names nothing/],
    [["diff", "no/such.json", "HEAD"], /no such report: no\/such\.json/],
    [["explain", "no/such.cu:3"], /no such file: no\/such\.cu/],
    [["explain", "cudaMalocAsync"], /Did you mean cudaMallocAsync/],
  ] as const)("%j", (args, message) => {
    const { code, stdout, stderr } = portgauge(args);
    expect(stderr).toMatch(message);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("names file, line and remedy for every problem of a config", () => {
    const dir = project({
      "a.cu": CUDA,
      "portgauge.config.yaml": "version: 1\ngoall: tuned\ntargets:\n  - id: hip\n    mode: warn\n",
    });
    const { code, stderr } = portgauge(["scan", dir]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/portgauge\.config\.yaml:5: targets\.0\.mode:/);
    expect(stderr).toMatch(/unknown key "goall"; did you mean goal\?/);
  });
});

describe("policies", () => {
  it("--fail-on exits 1 with a line that says why", () => {
    const dir = project({ "a.cu": "__global__ void k(int* x) { x[0] = __shfl_down_sync(0xffffffff, x[1], 16); }\n" });
    const broken = portgauge(["scan", dir, "-t", "groq", "--fail-on", "blocked"]);
    expect(broken.code).toBe(1);
    expect(broken.stderr).toMatch(/--fail-on blocked: 1 blocked usage on groq:cloud, first a\.cu:1/);
    const fine = portgauge(["scan", project({ "a.cu": CUDA }), "-t", "hip", "--fail-on", "blocked"]);
    expect(fine.code).toBe(0);
  });

  it("--fail-on names the first place in reading order, and says that vendored code is left out", () => {
    const dir = project({ "b.cu": CUDA, "a.cu": `void g() { cudaFree(0); }\n`, "third_party/x/c.cu": CUDA });
    const { stderr } = portgauge(["scan", dir, "-t", "hip", "--fail-on", "rename"]);
    expect(stderr).toMatch(/rename usages on hip:gfx942 outside vendored code, first a\.cu:1 cudaFree/);
  });

  it("variables that are empty or say no are as good as unset", () => {
    const dir = project({ "a.cu": CUDA });
    const env = { PORTGAUGE_TARGET: "", PORTGAUGE_FAIL_ON: "", PORTGAUGE_PROFILE: "0", PORTGAUGE_VERBOSE: "false" };
    const { code, stderr } = portgauge(["scan", dir], { env });
    expect([code, stderr]).toEqual([0, ""]);
    expect(portgauge(["scan", dir], { env: { PORTGAUGE_PROFILE: "1" } }).stderr).toMatch(/profile/);
  });

  it("flags beat variables, which beat the config", () => {
    const dir = project({ "a.cu": CUDA, "portgauge.config.yaml": "version: 1\ntargets: [{ id: groq }]\n" });
    const targets = (args: readonly string[], env: Readonly<Record<string, string>>) =>
      (JSON.parse(portgauge(["scan", dir, "-f", "json", ...args], { env }).stdout) as Report).targets.map(
        ({ id }) => id,
      );
    expect(targets([], {})).toEqual(["groq"]);
    expect(targets([], { PORTGAUGE_TARGET: "hip" })).toEqual(["hip"]);
    expect(targets(["-t", "cerebras"], { PORTGAUGE_TARGET: "hip" })).toEqual(["cerebras"]);
  });
});

describe("help teaches", () => {
  it("lists commands, examples and exit codes", () => {
    const { stdout, code } = portgauge(["--help"]);
    expect(code).toBe(0);
    for (const word of ["scan", "explain", "rules", "Exit codes", "portgauge explain __shfl_down_sync"]) {
      expect(stdout).toContain(word);
    }
  });
});
