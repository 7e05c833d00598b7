/** A scan of a tree that an earlier run has seen gives the same answer, and only then. */
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { EXAMPLE, portgauge, scratch } from "./run.ts";

const RECALLED = /cache .*: the report of an earlier run; \d+ files read/;
let tree = "";
let cache = "";

beforeEach(() => {
  tree = scratch();
  cache = scratch();
  cpSync(EXAMPLE, tree, { recursive: true });
});

const scan = (...args: string[]) => portgauge(["scan", tree, "--cache-dir", cache, "-v", ...args]);

/** Stderr without what tells of the cache. */
const notes = (text: string) => text.split("\n").filter((line) => !line.startsWith("portgauge: cache "));

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

describe("a second scan of the same tree", () => {
  it.each([["table"], ["json"], ["sarif"]])("gives the same %s without reading sources again", (format) => {
    const first = scan("-f", format);
    const second = scan("-f", format);
    expect(first.stderr).not.toMatch(RECALLED);
    expect(second.stderr).toMatch(RECALLED);
    expect(second.stdout).toBe(first.stdout);
    expect(portgauge(["scan", tree, "--no-cache", "-f", format]).stdout).toBe(first.stdout);
  });

  it("repeats the exit code, the diagnostics and the files", () => {
    writeFileSync(join(tree, "latin.cu"), Buffer.from("// na\xefve\n__global__ void k() {}\n", "latin1"));
    const file = join(scratch(), "report.json");
    const args = ["-f", "table", "-f", `json=${file}`, "--fail-on", "rewrite"];
    const first = scan(...args);
    const written = readFileSync(file);
    rmSync(file);
    const second = scan(...args);
    expect(first.code).toBe(1);
    expect(first.stderr).toContain("latin.cu: encoding");
    expect(second.stderr).toMatch(RECALLED);
    expect(second).toMatchObject({ code: 1, stdout: first.stdout });
    expect(notes(second.stderr)).toEqual(notes(first.stderr));
    expect(readFileSync(file)).toEqual(written);
  });

  it("knows a fresh checkout of the same files", () => {
    const { stdout } = scan();
    const copy = scratch();
    cpSync(tree, copy, { recursive: true });
    rmSync(tree, { recursive: true });
    cpSync(copy, tree, { recursive: true });
    const second = scan();
    expect(second.stderr).toMatch(RECALLED);
    expect(second.stdout).toBe(stdout);
  });

  it.each<[string, () => void]>([
    ["a changed file", () => writeFileSync(join(tree, "extra.cu"), "void f() { cudaDeviceReset(); }\n")],
    ["a file that is gone", () => rmSync(filesUnder(tree).find((file) => file.endsWith(".cu")) as string)],
    ["an ignore file", () => writeFileSync(join(tree, ".gitignore"), "*.cu\n")],
    ["a config", () => writeFileSync(join(tree, "portgauge.config.yaml"), "version: 1\ngoal: tuned\n")],
    ["owners", () => writeFileSync(join(tree, "CODEOWNERS"), "*.cu @kernels\n")],
  ])("answers anew after %s", (_, change) => {
    const first = scan();
    change();
    const second = scan();
    expect(second.stderr).not.toMatch(RECALLED);
    expect(second.stdout).not.toBe(first.stdout);
    expect(second.stdout).toBe(portgauge(["scan", tree, "--no-cache"]).stdout);
  });

  it.each([
    ["another target", ["--target", "hip:gfx1100"]],
    ["another goal", ["--goal", "parity"]],
    ["other rows", ["--by", "file"]],
    ["stricter evidence", ["--min-evidence", "tested"]],
    ["a policy", ["--fail-on", "blocked"]],
  ])("answers anew when asked for %s", (_, args) => {
    scan();
    const second = scan(...args);
    expect(second.stderr).not.toMatch(RECALLED);
    expect(second.stdout).toBe(portgauge(["scan", tree, "--no-cache", ...args]).stdout);
  });

  it("never answers from what was damaged", () => {
    const { stdout } = scan();
    for (const file of filesUnder(cache).filter((name) => name.endsWith(".json"))) {
      const damaged = readFileSync(file);
      damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 0x15;
      writeFileSync(file, damaged);
    }
    const second = scan();
    expect(second.stderr).not.toMatch(RECALLED);
    expect(second.stdout).toBe(stdout);
  });

  it("keeps nothing with --no-cache", () => {
    portgauge(["scan", tree, "--cache-dir", cache, "--no-cache"]);
    expect(filesUnder(cache)).toEqual([]);
  });
});
