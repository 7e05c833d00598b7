import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const EXAMPLE = join(ROOT, "fixtures/projects/fused-ops");
const BIN = join(ROOT, "bin/portgauge.js");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the program as a user would, with a cache of its own. */
export function portgauge(args: readonly string[], { cwd = ROOT, env = {} }: RunOptions = {}): Ran {
  const result = spawnSync(process.execPath, [BIN, ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    env: { PATH: process.env.PATH ?? "", HOME: tmpdir(), XDG_CACHE_HOME: CACHE, ...env },
  });
  return { code: result.status, stdout: result.stdout, stderr: result.stderr };
}

const scratches: string[] = [];
process.on("exit", () => {
  for (const folder of scratches) rmSync(folder, { recursive: true, force: true });
});

/** A new folder that goes with the test run. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "portgauge-test-"));
  scratches.push(folder);
  return folder;
}

const CACHE = scratch();
