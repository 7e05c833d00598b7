/** What stands below the effort table. Each section is a title and lines, at most as many as it is given. */
import type { Blocker, Report, TargetReport, WorkItem } from "../../../model/report.ts";
import { EVIDENCE_LEVELS } from "../../../model/vocabulary.ts";
import { evenly } from "../evenly.ts";
import type { FormatOptions } from "../format.ts";
import { visible } from "../visible.ts";
import { counted, inDays, inRange, isPathless, plural, shareOf, shortNames } from "../words.ts";
import { gridLines, ROOMY, TIGHT } from "./grid.ts";

/** A report with what several sections look up. */
export interface Digest {
  readonly report: Report;
  readonly options: FormatOptions;
  /** Short names of the targets, in order. */
  readonly names: readonly string[];
  readonly usageOf: ReadonlyMap<string, Report["usages"][number]>;
}

export function digestOf(report: Report, options: FormatOptions): Digest {
  const usageOf = new Map(report.usages.map((usage) => [usage.id, usage]));
  return { report, options, names: shortNames(report), usageOf };
}

/** `a.cu:3, b.cu:9 and 4 more` */
function placesOf(usages: readonly string[], { usageOf }: Digest, most: number): string {
  const found = usages.flatMap((id) => usageOf.get(id) ?? []);
  const places = [...new Set(found.map(({ path, line }) => `${visible(path)}:${line}`))];
  const more = places.length - most;
  return places.slice(0, most).join(", ") + (more > 0 ? ` and ${counted(more)} more` : "");
}

const percent = (share: number): string => (share > 0 && share < 0.005 ? "<1" : String(Math.round(100 * share)));

/** By tool and by hand apart, evidence, assumptions; risks where the table has no room for them. */
export function basisSection({ report: { targets }, names }: Digest, withRisks: boolean): string[] {
  const column = (head: string, text: (target: TargetReport) => string, align: "left" | "right" = "right") => ({
    head,
    align,
    cells: targets.map(text),
  });
  const risks = [
    column("silent", (target) => counted(silentUsages(target).length)),
    column("blockers", ({ blockers }) => counted(blockers.length)),
  ];
  const columns = [
    { head: "target", align: "left" as const, cells: names },
    column("by tool", ({ effort }) => (effort ? inDays(effort.mechanicalP50) : "–")),
    column("by hand", ({ effort }) => (effort ? inDays(effort.manualP50) : "–")),
    ...(withRisks ? risks : []),
    column("evidence %", ({ evidence }) => EVIDENCE_LEVELS.map((level) => percent(evidence[level])).join("/")),
    column("assumes", assumptionsOf, "left"),
  ];
  const title = "By tool and by hand; evidence: tested/implemented/documented/claimed/inferred";
  return [title, ...gridLines([{ heads: [], columns }], withRisks ? TIGHT : ROOMY)];
}

function assumptionsOf({ strategy, workload, goal, runningPort }: TargetReport): string {
  return [...(runningPort ? ["already runs"] : []), strategy, workload, ...(goal === "functional" ? [] : [goal])].join(
    ", ",
  );
}

function priced({ title, p50 }: Blocker["waysOut"][number]): string {
  return `${visible(title)} (${p50 === null ? "no price" : inDays(p50)})`;
}

function blockerLines(name: string, blocker: Blocker, places: number, digest: Digest): string[] {
  const { title, usages, waysOut, evidence } = blocker;
  const mark = isPathless(blocker) ? "no path: " : "";
  const sites = usages.length === 0 ? "" : `, ${plural(usages.length, "usage")}`;
  const at = usages.length === 0 ? "" : `${placesOf(usages, digest, places)}; `;
  const out = waysOut.length === 0 ? "no way out known" : `way out: ${cheapestFirst(waysOut).map(priced).join(" | ")}`;
  return [`${name}  ${mark}${visible(title)}${sites} [${evidence}]`, `    ${at}${out}`];
}

function cheapestFirst(waysOut: Blocker["waysOut"]): Blocker["waysOut"] {
  return [...waysOut].sort((a, b) => (a.p50 ?? Number.POSITIVE_INFINITY) - (b.p50 ?? Number.POSITIVE_INFINITY) || 0);
}

export function blockerSection(digest: Digest, most: number, places: number): string[] {
  const { targets } = digest.report;
  const all = targets.reduce((sum, { blockers }) => sum + blockers.length, 0);
  if (all === 0) return ["Blockers: none"];
  const byTarget = targets.map((target, index) =>
    [...target.blockers]
      .sort((a, b) => Number(isPathless(b)) - Number(isPathless(a)) || b.usages.length - a.usages.length)
      .map((blocker) => ({ name: digest.names[index] ?? target.id, blocker })),
  );
  const shown = evenly(byTarget, most);
  const left = all - shown.length;
  return [
    blockerTitle(digest),
    ...shown.flatMap(({ name, blocker }) => blockerLines(name, blocker, places, digest)),
    ...(left > 0 ? [`… ${counted(left)} more: --format markdown lists them`] : []),
    ...withoutBlocked(digest),
  ];
}

/** How many per target, and how many of them leave it without a path. */
function blockerTitle({ report: { targets }, names }: Digest): string {
  const counts = targets.flatMap(({ blockers }, index) => {
    if (blockers.length === 0) return [];
    const pathless = blockers.filter(isPathless).length;
    const mark = pathless === 0 ? "" : ` (${counted(pathless)} without a priced way out)`;
    return [`${names[index]} ${counted(blockers.length)}${mark}`];
  });
  return `Blockers: ${counts.join(", ")}`;
}

/** Beside the missing numbers, never in their place. */
function withoutBlocked({ report: { targets }, names }: Digest): string[] {
  const rests = targets.flatMap(({ effort, effortWithoutBlocked: rest }, index) =>
    effort || !rest ? [] : [`${names[index]} ${inDays(rest.p50)} (${inRange(rest)})`],
  );
  return rests.length === 0 ? [] : [`work beside what is blocked, which is no total: ${rests.join(", ")}`];
}

function itemsOf(target: TargetReport): Map<string, WorkItem> {
  return new Map(target.workItems.map((item) => [item.id, item]));
}

export function driverSection(digest: Digest, most: number): string[] {
  const byTarget = digest.report.targets.map((target, index) => {
    const items = itemsOf(target);
    return target.drivers.flatMap(({ workItem, shareOfP90, settle }) => {
      const item = items.get(workItem);
      if (!item) return [];
      const days = `${inDays(item.p50)} (${inRange(item)})`;
      const head = `${digest.names[index]}  ${shareOf(shareOfP90)} ${visible(item.title)}, ${days} [${item.id}]`;
      return [[head, `    settle: ${visible(settle)}`]];
    });
  });
  const lines = evenly(byTarget, most).flat();
  return lines.length === 0 ? [] : ["What the P90 hangs on, and how to settle it", ...lines];
}

function silentUsages(target: TargetReport): string[] {
  return target.findings.filter(({ silentRisk }) => silentRisk).flatMap(({ usages }) => usages);
}

function silentLine(target: TargetReport, name: string, digest: Digest): string[] {
  const bySymbol = new Map<string, string[]>();
  for (const { silentRisk, symbol, usages } of target.findings) {
    if (silentRisk) bySymbol.set(symbol, [...(bySymbol.get(symbol) ?? []), ...usages]);
  }
  if (bySymbol.size === 0) return [];
  const sorted = [...bySymbol].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  const shown = sorted.slice(0, 3).map(([symbol, usages]) => {
    return `${visible(symbol)} ${counted(usages.length)} (${placesOf(usages.slice(0, 1), digest, 1)})`;
  });
  const more = sorted.length > 3 ? `, ${plural(sorted.length - 3, "more symbol")}` : "";
  return [`${name}  ${plural(silentUsages(target).length, "usage")}: ${shown.join(", ")}${more}`];
}

export function silentSection(digest: Digest, most: number): string[] {
  const lines = digest.report.targets.flatMap((target, index) =>
    silentLine(target, digest.names[index] ?? target.id, digest),
  );
  if (lines.length === 0) return ["Silent risks: no rule names one"];
  return ["Silent risks: compiles or runs, and may be wrong or fall back unseen", ...lines.slice(0, most)];
}

/** Concerns whose use was found, with every target's answer. */
export function toolchainSection(digest: Digest, most: number): string[] {
  const concerns = new Map<string, { found: Set<string>; answers: string[] }>();
  digest.report.targets.forEach((target, index) => {
    for (const { concern, found, answer, verdict } of target.toolchain) {
      if (found.length === 0) continue;
      const entry = concerns.get(concern) ?? { found: new Set<string>(), answers: [] };
      concerns.set(concern, entry);
      for (const symbol of found) entry.found.add(symbol);
      entry.answers.push(`${digest.names[index]} ${verdict}: ${visible(answer)}`);
    }
  });
  if (concerns.size === 0) return [];
  const lines = [...concerns].map(([concern, { found, answers }]) => {
    const symbols = [...found].sort().slice(0, 3).map(visible).join(", ");
    return `${visible(concern)} (${symbols}${found.size > 3 ? ", …" : ""})  ${answers.join(" | ")}`;
  });
  const left = lines.length - most;
  return [
    "Toolchain in use, and what answers it",
    ...lines.slice(0, most),
    ...(left > 0 ? [`… ${counted(left)} more: --format json lists them`] : []),
  ];
}
