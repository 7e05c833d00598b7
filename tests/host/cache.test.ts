import { spawn } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { cacheKey, InventoryCache } from "../../src/host/cache.ts";

const MAIN = fileURLToPath(new URL("../../bin/portgauge.js", import.meta.url));
const top = mkdtempSync(join(tmpdir(), "portgauge-cache-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));

let base = "";
beforeEach(() => {
  base = mkdtempSync(join(top, "base-"));
});

const open = (version = "v1", root = "/project") => new InventoryCache(base, root, version);
const values = new Map(
  Array.from({ length: 40 }, (_, n): [string, string] => [
    cacheKey({ path: `src/${n}.cu`, language: "cuda", blob: `blob${n}` }),
    JSON.stringify({ path: `src/${n}.cu`, text: `naïve\t\n${"x".repeat(n)}` }),
  ]),
);

function filled(): InventoryCache {
  const cache = open();
  for (const [key, json] of values) cache.set(key, json);
  cache.save();
  return cache;
}

function packs(): string[] {
  return readdirSync(base).flatMap((project) =>
    readdirSync(join(base, project)).map((name) => join(base, project, name)),
  );
}

/** How many values a fresh cache answers; whatever it answers must be right. */
function answered(cache = open()): number {
  let hits = 0;
  for (const [key, json] of values) {
    const found = cache.get(key);
    if (found === undefined) continue;
    expect(found).toBe(json);
    hits += 1;
  }
  return hits;
}

describe("cache", () => {
  it("answers what an earlier run wrote, and nothing else", () => {
    filled();
    expect(answered()).toBe(values.size);
    expect(open().get(cacheKey({ path: "src/0.cu", language: "cpp", blob: "blob0" }))).toBeUndefined();
    expect(open().use).toMatchObject({ hits: 0, misses: 0, packs: 1 });
  });

  it("knows nothing of another version or another root", () => {
    filled();
    expect(answered(open("v2"))).toBe(0);
    expect(answered(open("v1", "/elsewhere"))).toBe(0);
  });

  it("survives a pack that is cut anywhere", () => {
    filled();
    const [pack = ""] = packs();
    const whole = readFileSync(pack);
    for (let length = 0; length < whole.length; length += 97) {
      writeFileSync(pack, whole.subarray(0, length));
      expect(answered()).toBeLessThanOrEqual((values.size * length) / whole.length + 10);
    }
    writeFileSync(pack, whole.subarray(0, whole.length - 1));
    expect(answered()).toBe(values.size - 1);
  });

  it("never answers from a line with a changed byte", () => {
    filled();
    const [pack = ""] = packs();
    const whole = readFileSync(pack);
    for (let at = 0; at < whole.length; at += 53) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x15;
      writeFileSync(pack, damaged);
      expect(answered()).toBeGreaterThanOrEqual(values.size - 2);
    }
  });

  it("writes an entry again whose line was damaged", () => {
    filled();
    const [pack = ""] = packs();
    const damaged = readFileSync(pack);
    damaged[damaged.length - 10] = 0;
    writeFileSync(pack, damaged);
    const repairing = open();
    expect(answered(repairing)).toBe(values.size - 1);
    const [key = "", json = ""] = [...values].at(-1) ?? [];
    repairing.set(key, json);
    repairing.save();
    expect(answered()).toBe(values.size);
  });

  it("takes text for a pack that is none", () => {
    filled();
    writeFileSync(join(packs()[0] ?? "", "..", "notes.pack"), "\n\n\t\n\u0000\tno\tline\n");
    expect(answered()).toBe(values.size);
  });

  it("keeps what runs at the same time write, and melts many packs into one", () => {
    const runs = Array.from({ length: 8 }, () => open());
    for (const [n, [key, json]] of [...values].entries()) runs[n % runs.length]?.set(key, json);
    for (const run of runs) run.save();
    expect(packs()).toHaveLength(8);
    const next = open();
    expect(answered(next)).toBe(values.size);
    next.save();
    expect(packs()).toHaveLength(1);
    expect(answered()).toBe(values.size);
  });

  it("goes without when its folder cannot be made or read", () => {
    const blocked = join(base, "file");
    writeFileSync(blocked, "");
    const cache = new InventoryCache(blocked, "/project", "v1");
    cache.set("key", "{}");
    expect(() => cache.save()).not.toThrow();
    expect(cache.get("other")).toBeUndefined();
  });

  it("removes what a killed run left, when it is old enough to be nobody's", () => {
    filled();
    const folder = join(packs()[0] ?? "", "..");
    const [old, young] = [join(folder, "old.partial"), join(folder, "young.partial")];
    writeFileSync(old, "half");
    writeFileSync(young, "half");
    utimesSync(old, new Date(0), new Date(0));
    open();
    expect(readdirSync(folder)).toContain("young.partial");
    expect(readdirSync(folder)).not.toContain("old.partial");
  });

  it("forgets the projects that were not used for longest when all are too large", () => {
    for (const [n, root] of ["/a", "/b", "/c"].entries()) {
      const cache = new InventoryCache(base, root, "v1", 2500);
      cache.set("key", JSON.stringify("x".repeat(1000)));
      cache.save();
      for (const pack of packs()) if (n < 2) utimesSync(join(pack, ".."), new Date(n * 1000), new Date(n * 1000));
    }
    const known = ["/a", "/b", "/c"].filter((root) => new InventoryCache(base, root, "v1").get("key") !== undefined);
    expect(known).toEqual(["/b", "/c"]);
  });
});

/** A tree large enough that a scan of it can be killed in the middle. */
function tree(copies: number): string {
  const folder = join(base, "tree");
  const source = fileURLToPath(new URL("../../fixtures/projects/fused-ops/csrc/layer_norm.cu", import.meta.url));
  mkdirSync(folder);
  for (let n = 0; n < copies; n++) copyFileSync(source, join(folder, `${n}.cu`));
  return folder;
}

function scan(folder: string, cache: string, killAfter?: number): Promise<string> {
  const args = [MAIN, "scan", folder, "--target", "hip", "--format", "csv", "--quiet", "--cache-dir", cache];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  const pieces: Buffer[] = [];
  child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
  return new Promise((done) => {
    child.on("close", () => {
      clearTimeout(timer);
      done(Buffer.concat(pieces).toString());
    });
  });
}

describe("cache of real runs", () => {
  it("gives the same report after kills and for runs at the same time", { timeout: 60_000 }, async () => {
    const folder = tree(120);
    const expected = await scan(folder, join(base, "fresh"));
    expect(expected.length).toBeGreaterThan(100);
    const shared = join(base, "shared");
    for (const delay of [350, 500, 650]) await scan(folder, shared, delay);
    const together = await Promise.all([scan(folder, shared), scan(folder, shared)]);
    expect(together).toEqual([expected, expected]);
    expect(await scan(folder, shared)).toBe(expected);
  });
});
