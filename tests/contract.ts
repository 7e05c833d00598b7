import type { Report, TargetReport } from "../src/model/report.ts";

const NEEDS_WORK = new Set(["rename", "adapt", "rewrite", "blocked", "unknown"]);
const cents = (days: number) => Math.round(days * 100);
const total = (rows: Iterable<{ p50: number }>) => [...rows].reduce((sum, { p50 }) => sum + cents(p50), 0);

/** What a report says against the product's contract, in words; empty when it keeps all of it. */
export function contractProblems(report: Report): string[] {
  const problems: string[] = [];
  const ids = report.usages.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) problems.push("usage ids are not unique");
  if (report.root.startsWith("/")) problems.push("root is absolute");
  for (const { path, line, column } of report.usages) {
    if (path.startsWith("/") || path.includes("\\")) problems.push(`path ${path} is not relative POSIX`);
    if (line < 1 || column < 1) problems.push(`${path}:${line}:${column} is not 1-based`);
  }
  const { found, parsed, lexed, skipped } = report.coverage.files;
  if (found !== parsed + lexed + skipped)
    problems.push(`files: ${found} found, ${parsed} + ${lexed} + ${skipped} told apart`);
  const keys = report.targets.map(({ id, version, variant }) => `${id}@${version}:${variant}`);
  if (new Set(keys).size !== keys.length) problems.push("targets are not told apart");
  for (const target of report.targets) {
    problems.push(...targetProblems(target, report).map((problem) => `${target.id}: ${problem}`));
  }
  return problems;
}

function partitionProblems(what: string, listed: readonly string[], wanted: ReadonlySet<string>): string[] {
  const seen = new Set(listed);
  const problems: string[] = [];
  if (seen.size !== listed.length) problems.push(`some usage is in two ${what}`);
  const lost = [...wanted].filter((id) => !seen.has(id));
  const extra = [...seen].filter((id) => !wanted.has(id));
  if (lost.length > 0) problems.push(`${lost.length} usages are in no ${what}, first ${lost[0]}`);
  if (extra.length > 0) problems.push(`${extra.length} usages do not belong in ${what}, first ${extra[0]}`);
  return problems;
}

function targetProblems(target: TargetReport, report: Report): string[] {
  const problems: string[] = [];
  const all = new Set(report.usages.map(({ id }) => id));
  const counted = Object.values(target.verdicts).reduce((sum, count) => sum + count, 0);
  if (counted !== report.usages.length) problems.push(`verdicts count ${counted} of ${report.usages.length} usages`);
  problems.push(
    ...partitionProblems(
      "findings",
      target.findings.flatMap(({ usages }) => usages),
      all,
    ),
  );
  const open = new Set(
    target.findings.filter(({ verdict }) => NEEDS_WORK.has(verdict)).flatMap(({ usages }) => usages),
  );
  problems.push(
    ...partitionProblems(
      "work items",
      target.workItems.flatMap(({ usages }) => usages),
      open,
    ),
  );
  const vendored = new Set(report.usages.filter((usage) => usage.vendored).map(({ id }) => id));
  for (const item of target.workItems) {
    if (item.p50 > 0 && item.usages.length > 0 && item.usages.every((id) => vendored.has(id)))
      problems.push(`${item.id} prices vendored code`);
    if (item.p10 > item.p50 + 0.01 || item.p50 > item.p90 + 0.01) problems.push(`${item.id} range is out of order`);
    for (const id of item.after)
      if (!target.workItems.some((other) => other.id === id)) problems.push(`${item.id} comes after unknown ${id}`);
    if (item.doneWhen === "") problems.push(`${item.id} has no done-check`);
  }
  return [...problems, ...effortProblems(target), ...blockerProblems(target)];
}

function effortProblems(target: TargetReport): string[] {
  const problems: string[] = [];
  const pathless = target.blockers.some(({ waysOut }) => waysOut.every(({ p50 }) => p50 === null));
  if ((target.effort === null) !== pathless)
    problems.push(`effort is ${target.effort === null ? "null" : "a number"} against the null rule`);
  if ((target.effortWithoutBlocked === null) !== (target.blockers.length === 0))
    problems.push("effortWithoutBlocked is null against the contract");
  for (const effort of [target.effort, target.effortWithoutBlocked]) {
    if (!effort) continue;
    const p50 = cents(effort.p50);
    if (total(Object.values(effort.byComponent)) !== p50) problems.push("components do not add up");
    if (total(Object.values(effort.byCategory)) !== p50) problems.push("categories do not add up");
    if (cents(effort.mechanicalP50) + cents(effort.manualP50) !== p50)
      problems.push("mechanical and manual do not add up");
    if (effort.p10 > effort.p50 || effort.p50 > effort.p90) problems.push("total range is out of order");
  }
  const shown = target.effort ?? target.effortWithoutBlocked;
  if (shown && total(target.workItems) !== cents(shown.p50)) problems.push("work items do not add up to the total");
  const evidence = Object.values(target.evidence).reduce((sum, share) => sum + share, 0);
  if (shown && shown.p50 > 0 && Math.abs(evidence - 1) > 1e-6) problems.push(`evidence shares add up to ${evidence}`);
  return problems;
}

function blockerProblems(target: TargetReport): string[] {
  const blocked = target.workItems.filter(({ verdict }) => verdict === "blocked").map(({ id }) => id);
  const blockers = target.blockers.map(({ id }) => id);
  return blocked.sort().join() === blockers.sort().join() ? [] : ["blockers and blocked work items differ"];
}
