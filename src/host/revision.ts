import { execFileSync } from "node:child_process";

/** The commit of the tree, `+dirty` when it has local changes; null outside git or without git. */
export function revisionOf(root: string): string | null {
  try {
    const described = execFileSync("git", ["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return described.replace(/-dirty$/, "+dirty") || null;
  } catch {
    return null;
  }
}
