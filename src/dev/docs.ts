/** Writes what the README shows of the program's own output. `--check` fails when it is stale. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const README = `${root}README.md`;

/** The report of the shipped example; the commit in its head line is not part of what it shows. */
function exampleReport(): string {
  const args = ["bin/portgauge.js", "scan", "fixtures/projects/fused-ops", "--no-cache"];
  const { stdout, status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.replace(/^(portgauge \S+ {2}rules \S+ {2}\S+) @ \S+/, "$1");
}

function withBlock(text: string, name: string, block: string): string {
  const pattern = new RegExp(`(<!-- ${name}:begin -->\n)[\\s\\S]*?(<!-- ${name}:end -->)`);
  return text.replace(
    pattern,
    (_, begin: string, end: string) => `${begin}\`\`\`text\n${block.trimEnd()}\n\`\`\`\n${end}`,
  );
}

const text = readFileSync(README, "utf8");
const fresh = withBlock(text, "report", exampleReport());
if (!process.argv.includes("--check")) writeFileSync(README, fresh);
else if (fresh !== text) {
  console.error("README.md shows an old report; run: npm run docs");
  process.exitCode = 1;
}
