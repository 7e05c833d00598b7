/**
 * Is every name of another tool's API lists known to the catalog, and answered on a target?
 *   npm run accuracy:lists -- FOLDER [TARGET]
 * FOLDER holds tables such as SYCLomatic's `docs/dev_guide/api-mapping-status/*.csv`: the name in the first column.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { candidateIndex } from "../match/select.ts";
import type { ResolvedTarget } from "../model/target.ts";
import { loadCatalog, loadRuleSetData } from "../rules/load.ts";
import { buildRuleSet } from "../rules/ruleSet.ts";
import { type ListedName, namesOf, scoreList, scoreOpcodes } from "./accuracy/apiLists.ts";

const catalog = loadCatalog();

/** The names that no rule of the target answers, whatever the facts. */
function unansweredOn(target: string): (names: readonly ListedName[]) => readonly string[] {
  const data = loadRuleSetData(target);
  const { id, version, variant } = data.manifest;
  const resolved = { id, version, variant } as ResolvedTarget;
  const candidatesOf = candidateIndex(buildRuleSet(data), resolved, (symbol) => catalog.operators.get(symbol));
  return (names) =>
    names
      .filter(({ name, family }) => {
        const kind = catalog.entries.get(name)?.kind ?? (family === "ptx" ? "asm" : "call");
        const rule = candidatesOf({ symbol: name, family, kind }).find((candidate) => !candidate.rule.where)?.rule;
        return rule === undefined || rule.verdict === "unknown";
      })
      .map(({ name }) => name);
}

function main([folder, target = "hip"]: readonly string[]): void {
  if (folder === undefined) throw new Error("usage: npm run accuracy:lists -- FOLDER [TARGET]");
  const unanswered = unansweredOn(target);
  const columns = (cells: readonly (string | number)[]) =>
    cells.map((cell, at) => (at === 0 ? String(cell).padEnd(26) : String(cell).padStart(14))).join("");
  console.log(columns(["list", "names", "listed", "recognised", "unknown", `no ${target} rule`]));
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".csv"))
    .sort()) {
    const names = namesOf(readFileSync(join(folder, file), "utf8"));
    const score = (file.startsWith("ASM_") ? scoreOpcodes : scoreList)(names, catalog);
    const silent = unanswered([...score.listed, ...score.recognised]);
    const list = file.replace(/_API_migration_status\.csv$/, "");
    const { listed, recognised, unknown } = score;
    console.log(columns([list, names.length, listed.length, recognised.length, unknown.length, silent.length]));
    for (const { name } of recognised) console.log(`    recognised ${name}`);
    for (const name of unknown) console.log(`    unknown    ${name}`);
    for (const name of silent) console.log(`    no rule    ${name}`);
  }
}

main(process.argv.slice(2));
