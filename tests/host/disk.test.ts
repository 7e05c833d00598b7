import { execFileSync, spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { discover } from "../../src/discover/discover.ts";
import { readBytes } from "../../src/host/readSource.ts";
import { takeInventory } from "../../src/host/takeInventory.ts";
import { loadCatalog } from "../../src/rules/load.ts";

const MAIN = fileURLToPath(new URL("../../bin/portgauge.js", import.meta.url));
const SOURCE = fileURLToPath(new URL("../../fixtures/projects/fused-ops/csrc/layer_norm.cu", import.meta.url));
const CODE = "void f(void *p) { cudaMalloc(&p, 1); }\n";
const catalog = loadCatalog();
const top = mkdtempSync(join(tmpdir(), "portgauge-disk-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(top, "tree-"));
});

const found = () => discover({ roots: [root], include: [], exclude: [] });
const taken = (jobs = 1) => takeInventory(found().files, { catalog: () => catalog, jobs });

describe("what a disk can hold", () => {
  it("a file that vanishes after it was found", async () => {
    writeFileSync(join(root, "a.cu"), CODE);
    writeFileSync(join(root, "b.cu"), CODE);
    const { files } = found();
    rmSync(join(root, "a.cu"));
    const result = await takeInventory(files, { catalog: () => catalog });
    expect(result.files.map(({ path }) => path)).toEqual(["b.cu"]);
    expect(result.skipped).toEqual([{ path: "a.cu", reason: "vanished" }]);
    expect(result.diagnostics.map(({ code }) => code)).toEqual(["vanished"]);
  });

  it("a file that becomes a named pipe holds nothing up", () => {
    const path = join(root, "pipe.cu");
    execFileSync("mkfifo", [path]);
    expect(found()).toMatchObject({ files: [], skipped: [{ path: "pipe.cu", reason: "not-a-file" }] });
    expect(readBytes({ path: "pipe.cu", absolute: path, language: "cuda" })).toMatchObject({
      kind: "unread",
      unread: { reason: "not-a-file" },
    });
  });

  it("a folder with a source file's name", async () => {
    mkdirSync(join(root, "x.cu"));
    writeFileSync(join(root, "x.cu", "y.cu"), CODE);
    const result = await taken();
    expect(result.files.map(({ path }) => path)).toEqual(["x.cu/y.cu"]);
    expect(result.skipped).toEqual([]);
  });

  it("a file of 100 MB", async () => {
    writeFileSync(join(root, "data.cu"), "");
    truncateSync(join(root, "data.cu"), 100 * 1024 * 1024);
    const result = await taken();
    expect(result.skipped).toEqual([{ path: "data.cu", reason: "too-large" }]);
  });

  it("folders in folders", async () => {
    const deep = join(root, ...Array.from({ length: 300 }, () => "d"));
    mkdirSync(deep, { recursive: true });
    writeFileSync(join(deep, "x.cu"), CODE);
    const result = await taken();
    expect(result.files.map(({ usages }) => usages.map(({ symbol }) => symbol))).toEqual([["cudaMalloc"]]);
  });

  it("names with line ends, escape sequences, quotes, tabs and other scripts", async () => {
    const names = [
      "a\nb.cu",
      "\u001b[31mred.cu",
      'it\'s "quoted".cu',
      "tab\tbed.cu",
      "核心.cu",
      "$(id) ; x.cu",
      "-flag.cu",
    ];
    for (const name of names) writeFileSync(join(root, name), CODE);
    const result = await taken();
    expect(result.files.map(({ path }) => path).sort()).toEqual([...names].sort());
    for (const { usages } of result.files) expect(usages).toHaveLength(1);
  });

  it("nothing at all", async () => {
    expect(await taken()).toEqual({ files: [], skipped: [], diagnostics: [] });
  });
});

/** More than one thread's worth of sources, most of it comments. */
function wideTree(): void {
  const source = `${readFileSync(SOURCE, "utf8")}/*${" ".repeat(100_000)}*/\n`;
  for (let n = 0; n < 90; n++) writeFileSync(join(root, `${n}.cu`), source);
}

/** More than a second's worth of sources. */
function longTree(): void {
  for (let n = 0; n < 1800; n++) copyFileSync(SOURCE, join(root, `${n}.cu`));
}

describe("threads", () => {
  it("give what one thread gives, in the same order", { timeout: 60_000 }, async () => {
    wideTree();
    const { files } = found();
    const progress: number[] = [];
    const one = await takeInventory(files, { catalog: () => catalog, jobs: 1 });
    const two = await takeInventory(files, {
      catalog: () => catalog,
      jobs: 2,
      progress: (done) => progress.push(done),
    });
    expect(two).toEqual(one);
    expect(progress).toEqual(files.map((_, index) => index + 1));
  });

  it("end at Ctrl-C, at once and without a trace", { timeout: 60_000 }, async () => {
    longTree();
    const cache = join(root, ".cache");
    const output = join(root, "report.json");
    const args = [MAIN, "scan", root, "--jobs", "2", "--cache-dir", cache, "--format", "json", "--output", output];
    const child = spawn(process.execPath, args, { stdio: "ignore" });
    const ended = new Promise<string>((done) => {
      child.on("exit", (code, signal) => done(code === 130 ? "SIGINT" : (signal ?? `exit ${code}`)));
    });
    await new Promise((done) => setTimeout(done, 700));
    const asked = performance.now();
    child.kill("SIGINT");
    // A shell shows death by this signal as 130.
    expect(await ended).toBe("SIGINT");
    expect(performance.now() - asked).toBeLessThan(5000);
    expect(existsSync(output)).toBe(false);
    expect(readdirSync(root).filter((name) => name.includes("partial"))).toEqual([]);
    expect(existsSync(cache) ? readdirSync(cache, { recursive: true }) : []).toEqual([]);
  });
});
