/** Checks the shape of a folder of rule sources as people write them: `DIR/<target>/*.yaml`. */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import fastGlob from "fast-glob";
import { parseChecked } from "./checkedYaml.ts";
import { RuleFileSchema } from "./schema.ts";

export function checkRuleFolder(dir: string): string[] {
  const files = fastGlob.sync("*/*.yaml", { cwd: dir, ignore: ["catalog/**"] }).sort();
  return files
    .filter((file) => basename(file) !== "target.yaml")
    .flatMap((file) => {
      const checked = parseChecked(readFileSync(join(dir, file), "utf8"), `rules/${file}`, RuleFileSchema);
      return checked.ok ? [] : checked.problems;
    });
}
