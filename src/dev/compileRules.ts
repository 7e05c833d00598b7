/**
 * Compiles `rules/` into `dist/rules/`: one JSON for the catalog, one per target, one for the effort model, and a digest.
 * YAML parsing and schema validation cost more than a whole small scan, so shipped rules pay them here, at build time.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { readCatalogSource } from "../rules/catalogSource.ts";
import { isTargetFolder, readTargetSource } from "../rules/ruleSource.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const rulesDir = join(root, "rules");
const outDir = join(root, "dist", "rules");

function digestOf(dir: string): string {
  const hash = createHash("sha256");
  const names = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsv|ya?ml|js)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const name of names) hash.update(name.slice(dir.length)).update(readFileSync(name));
  return hash.digest("hex");
}

mkdirSync(outDir, { recursive: true });
const catalogDigest = digestOf(join(rulesDir, "catalog"));
writeFileSync(
  join(outDir, "catalog.json"),
  JSON.stringify({ digest: catalogDigest, ...readCatalogSource(join(rulesDir, "catalog")) }),
);
const targets = readdirSync(rulesDir)
  .filter((name) => isTargetFolder(join(rulesDir, name)))
  .sort();
const sources = targets.map((target) => readTargetSource(join(rulesDir, target)));
for (const source of sources) writeFileSync(join(outDir, `${source.manifest.id}.json`), JSON.stringify(source));
writeFileSync(join(outDir, "manifests.json"), JSON.stringify(sources.map((source) => source.manifest)));
const effort = parse(readFileSync(join(rulesDir, "effort.yaml"), "utf8"));
writeFileSync(join(outDir, "effort.json"), JSON.stringify(effort));
const reader = createHash("sha256")
  .update(digestOf(join(root, "dist", "extract")))
  .update(catalogDigest)
  .digest("hex");
const tool = digestOf(join(root, "dist"));
writeFileSync(join(outDir, "index.json"), JSON.stringify({ ruleset: digestOf(rulesDir), reader, tool, targets }));
