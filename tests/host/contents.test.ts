import { mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { FileRef } from "../../src/discover/discover.ts";
import { Contents, contentsOf } from "../../src/host/contents.ts";
import { jsonStore } from "../../src/host/jsonStore.ts";

const top = mkdtempSync(join(tmpdir(), "portgauge-contents-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const LATER_MS = 60_000;
const later = Date.now() + LATER_MS;
let folder = "";
let refs: FileRef[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(top, "tree-"));
  refs = ["a.cu", "b.cu"].map((path) => ({ path, absolute: join(folder, path), language: "cuda" }));
  for (const { absolute, path } of refs) writeFileSync(absolute, `// ${path}\n`);
});

const isText = (value: unknown): value is Record<string, string> => typeof value === "object";

/** A run over both files at a time when they are long written. */
function run(now = later): { readonly tree: string; readonly read: number } {
  const store = jsonStore({ base: join(folder, "cache"), owner: "files", root: folder, isValue: isText, most: 1 });
  const contents = new Contents(refs, store, now);
  const tree = contents.treeOf(refs);
  contents.save();
  return { tree, read: contents.read };
}

describe("contents", () => {
  it("reads files once, and not again while they are the same", () => {
    const first = run();
    expect(first.read).toBe(2);
    expect(run()).toEqual({ tree: first.tree, read: 0 });
  });

  it("sees a change that keeps size and modification time", () => {
    const { tree } = run();
    const { absolute } = refs[0] as FileRef;
    const { atime, mtime } = statSync(absolute);
    writeFileSync(absolute, "// A.cu\n");
    utimesSync(absolute, atime, mtime);
    const second = run();
    expect(second.read).toBe(1);
    expect(second.tree).not.toBe(tree);
  });

  it("sees another file under the same name, and the same content in a new file", () => {
    const { tree } = run();
    const { absolute } = refs[1] as FileRef;
    writeFileSync(join(folder, "new"), "// b.cu\n");
    renameSync(join(folder, "new"), absolute);
    expect(run()).toEqual({ tree, read: 1 });
  });

  it("does not trust files that were written a moment ago", () => {
    expect(run(Date.now()).read).toBe(2);
    expect(run(Date.now()).read).toBe(2);
  });

  it("names a tree by paths and languages, too", () => {
    const { tree } = run();
    const renamed = refs.map((ref) => ({ ...ref, path: `x/${ref.path}` }));
    const other = refs.map((ref): FileRef => ({ ...ref, language: "cpp" }));
    const names = [renamed, other].map((some) => new Contents(some).treeOf(some));
    expect(new Set([tree, ...names]).size).toBe(3);
  });

  it("names files that cannot be read by why", () => {
    const gone = [...refs, { path: "c.cu", absolute: join(folder, "c.cu"), language: "cuda" as const }];
    const contents = new Contents(gone);
    expect(contents.of(gone[2] as FileRef)).toMatchObject({ kind: "unread", unread: { reason: "vanished" } });
    expect(contents.treeOf(gone)).not.toBe(contents.treeOf(refs));
  });

  it("goes without when its folder cannot be made", () => {
    const blocked = join(folder, "file");
    writeFileSync(blocked, "");
    const contents = contentsOf(refs, blocked, folder);
    expect(contents.isEmpty).toBe(true);
    contents.treeOf(refs);
    expect(() => contents.save()).not.toThrow();
  });
});
