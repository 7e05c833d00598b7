/** Real git repositories in a temporary folder, and the gate on them in this process. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gateRepository } from "../../src/cli/commands/gate.ts";
import type { GateFlags } from "../../src/cli/gateOptions.ts";
import type { GateResult, GateTarget } from "../../src/model/gate.ts";

const IDENTITY = {
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.org",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.org",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
};

/** Path to content; null deletes. */
export type Edits = Readonly<Record<string, string | null>>;

export class Scratch {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "portgauge-gate-")));

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  git(repository: string, ...args: string[]): string {
    return execFileSync("git", ["-c", "protocol.file.allow=always", ...args], {
      cwd: this.path(repository),
      env: { ...process.env, ...IDENTITY },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  }

  init(repository: string): void {
    mkdirSync(this.path(repository), { recursive: true });
    this.git(repository, "init", "--quiet", "--initial-branch=main");
  }

  edit(repository: string, edits: Edits): void {
    for (const [path, text] of Object.entries(edits)) {
      const file = this.path(repository, path);
      if (text === null) {
        rmSync(file);
        continue;
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  commit(repository: string, edits: Edits, message = "change"): string {
    this.edit(repository, edits);
    this.git(repository, "add", "--all");
    this.git(repository, "commit", "--quiet", "--allow-empty", "--no-verify", "--message", message);
    return this.git(repository, "rev-parse", "HEAD");
  }

  async gate(repository: string, flags: Partial<GateFlags> = {}, env: NodeJS.ProcessEnv = {}): Promise<GateResult> {
    const cacheDir = this.path("cache");
    const { result } = await gateRepository(
      this.path(repository),
      { cache: true, cacheDir, target: ["hip"], ...flags },
      env,
    );
    return result;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The only target's part. */
export function only(result: GateResult): GateTarget {
  const [target] = result.targets;
  if (!target || result.targets.length !== 1) throw new Error("expected one target");
  return target;
}
