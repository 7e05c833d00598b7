import { execFileSync } from "node:child_process";

function ask(root: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

/** The commit of the tree, `+dirty` when it has local changes; null outside git or without git. */
export function revisionOf(root: string): string | null {
  const described = ask(root, ["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]);
  return described?.replace(/-dirty$/, "+dirty") || null;
}

/** Where a folder stands below the top of its repository (`sub/folder/`); empty at the top or outside git. */
export function prefixOf(root: string): string {
  return ask(root, ["rev-parse", "--show-prefix"]) ?? "";
}
