import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ROOT } from "./cli/run.ts";

const readme = readFileSync(`${ROOT}README.md`, "utf8");

it("the README shows the program's own report as it is today", () => {
  const { status, stderr } = spawnSync(process.execPath, ["dist/dev/docs.js", "--check"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

it("every command the README names exists", () => {
  const help = spawnSync(process.execPath, ["bin/portgauge.js", "--help"], { cwd: ROOT, encoding: "utf8" }).stdout;
  const named = new Set([...readme.matchAll(/^portgauge ([a-z]+)/gm)].map(([, command = ""]) => command));
  expect(named.size).toBeGreaterThan(5);
  for (const command of named) expect(help).toMatch(new RegExp(`^ {2}${command}\\b`, "m"));
});
