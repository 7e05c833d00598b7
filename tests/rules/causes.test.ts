import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Rule } from "../../src/model/rule.ts";
import { isTargetFolder, readTargetSource } from "../../src/rules/ruleSource.ts";
import { loadUserRules } from "../../src/rules/userRules.ts";
import { scratch } from "../cli/run.ts";

const RULES = fileURLToPath(new URL("../../rules/", import.meta.url));
const TARGETS = readdirSync(RULES).filter((name) => isTargetFolder(join(RULES, name)));

/** Kernels are titled by archetype and file, what a tool renames by the tool. */
function needsTitle({ verdict, price }: Rule): boolean {
  return verdict !== "native" && verdict !== "drop" && verdict !== "rename" && price !== "kernel" && price !== "rename";
}

describe.each(TARGETS)("causes of %s", (target) => {
  const { rules, tables } = readTargetSource(join(RULES, target));

  it("have a title that a tracker can show", () => {
    const untitled = [
      ...rules.filter((rule) => needsTitle(rule) && !rule.title).map(({ id }) => id),
      ...tables.flatMap(({ family, notes }) =>
        Object.entries(notes).flatMap(([key, note]) => (note.cause && !note.title ? [`${family} ${key}`] : [])),
      ),
    ];
    expect(untitled).toEqual([]);
  });

  it("with words of their own are causes of rules", () => {
    const known = [...rules, ...tables.flatMap(({ notes }) => Object.values(notes))].map(({ cause }) => cause);
    const named = readdirSync(join(RULES, target))
      .filter((name) => name.endsWith(".yaml"))
      .flatMap((name) => Object.keys(parse(readFileSync(join(RULES, target, name), "utf8"))?.causes ?? {}));
    expect(named.filter((cause) => !known.includes(cause))).toEqual([]);
  });
});

const USER = `
target: hip
causes:
  our-allocator: { title: Take our allocator, settle: count its calls }
rules:
  - id: ours
    match: [cudaMalloc]
    verdict: adapt
    cause: our-allocator
    settle: ask us
    evidence: [{ level: inferred, source: our wiki, asOf: 2026-11-01 }]
`;

describe("words of a cause", () => {
  it("go to its rules, whose own words win", () => {
    const dir = join(scratch(), "rules");
    mkdirSync(dir);
    writeFileSync(join(dir, "ours.yaml"), USER);
    expect(loadUserRules([dir], ["hip"]).get("hip")).toMatchObject([{ title: "Take our allocator", settle: "ask us" }]);
  });
});
