/** A user's own rules: `DIR/<target>/*.yaml`, or files that name their `target`. They win over shipped rules. */
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import fastGlob from "fast-glob";
import type { CauseWords, Rule } from "../model/rule.ts";
import { UserError } from "../model/userError.ts";
import { parseChecked } from "./checkedYaml.ts";
import { resolvedRules, worded } from "./ruleSource.ts";
import { type RuleFile, RuleFileSchema } from "./schema.ts";

/** Rules by target, with the file each came from. */
export type UserRules = ReadonlyMap<string, readonly Rule[]>;

interface Loaded {
  readonly file: string;
  readonly target: string;
  readonly content: RuleFile;
}

/** Reads all folders; one UserError names every problem in every file. */
export function loadUserRules(dirs: readonly string[], targets: readonly string[]): UserRules {
  const problems: string[] = [];
  const rules = new Map<string, Rule[]>();
  for (const { file, target, content } of dirs.flatMap((dir) => readFolder(dir, problems))) {
    if (!targets.includes(target)) {
      problems.push(
        `${file}: unknown target "${target}"; put it under DIR/TARGET/ or set target: to one of ${targets.join(", ")}`,
      );
      continue;
    }
    const own = resolvedRules(content, { target, file, sources: {} });
    const causes = (content.causes ?? {}) as Record<string, CauseWords>;
    const known = rules.get(target) ?? [];
    rules.set(target, [...known, ...own.map((rule): Rule => ({ ...worded(rule, causes), overlay: true }))]);
  }
  if (problems.length > 0) throw new UserError(problems.join("\n"), "portgauge schema rules prints the schema");
  return rules;
}

function readFolder(dir: string, problems: string[]): Loaded[] {
  const files = fastGlob.sync("**/*.{yaml,yml}", { cwd: dir, suppressErrors: true }).sort();
  if (files.length === 0) problems.push(`${dir}: no rule files (*.yaml) there`);
  return files.flatMap((name) => {
    const file = join(dir, name);
    const checked = parseChecked(readFileSync(file, "utf8"), file, RuleFileSchema);
    if (!checked.ok) {
      problems.push(...checked.problems);
      return [];
    }
    return [{ file, target: checked.value.target ?? basename(dirname(file)), content: checked.value }];
  });
}
