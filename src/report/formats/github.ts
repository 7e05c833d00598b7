/** Workflow commands of GitHub Actions: annotations at the sites of what needs a decision. */
import type { Blocker, Report, TargetReport, WorkItem } from "../../model/report.ts";
import { evenly } from "./evenly.ts";
import type { Format } from "./format.ts";
import { repositoryPath } from "./judged.ts";
import { visible } from "./visible.ts";
import { inDays, inRange, isPathless, noPath, plural, shortNames } from "./words.ts";

/** What one step may show of each level; the last notice is the summary. */
export const MOST = { error: 10, warning: 10, notice: 9 } as const;
type Level = keyof typeof MOST;

export interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
  readonly place?: { readonly path: string; readonly line: number };
}

/** Line breaks stay what they are, as codes; other control characters are shown as escapes. */
function messageText(text: string): string {
  return text
    .replaceAll("%", "%25")
    .split(/(\r|\n)/)
    .map((part) => (part === "\r" ? "%0D" : part === "\n" ? "%0A" : visible(part)))
    .join("");
}

function propertyText(text: string): string {
  return messageText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

export function command({ level, title, message, place }: Annotation): string {
  const properties = [
    ...(place ? [`file=${propertyText(place.path)}`, `line=${place.line}`] : []),
    `title=${propertyText(title)}`,
  ];
  return `::${level} ${properties.join(",")}::${messageText(message)}`;
}

interface Context {
  readonly report: Report;
  readonly name: string;
  readonly places: ReadonlyMap<string, NonNullable<Annotation["place"]>>;
}

function at(usages: readonly string[], { places }: Context): Pick<Annotation, "place"> {
  const place = places.get(usages[0] ?? "");
  return place ? { place } : {};
}

function blockerAnnotation(blocker: Blocker, context: Context): Annotation {
  const { title, usages, waysOut, evidence } = blocker;
  const out = waysOut.map((way) => `${way.title} (${way.p50 === null ? "no price" : inDays(way.p50)})`).join("; ");
  const sites = usages.length === 0 ? "" : `${plural(usages.length, "usage")}. `;
  const path = isPathless(blocker) ? "No path: no way out has a price. " : "";
  return {
    level: "error",
    title: `${context.name}: ${title}`,
    message: `${path}${sites}Evidence: ${evidence}. Ways out: ${out || "none known"}.`,
    ...at(usages, context),
  };
}

function itemAnnotation(item: WorkItem, context: Context): Annotation {
  const risk = item.silentRisk ? ", silent risk (it compiles or runs and may be wrong)" : "";
  return {
    level: item.verdict === "unknown" ? "notice" : "warning",
    title: `${context.name}: ${item.title}`,
    message: `${item.verdict}${risk}: ${inDays(item.p50)} (${inRange(item)}), ${plural(item.usages.length, "usage")}, evidence ${item.evidence}. Done when ${item.doneWhen}.`,
    ...at(item.usages, context),
  };
}

/** Work by hand at a place in the code that counts. */
function isListed(item: WorkItem, vendored: ReadonlySet<string>): boolean {
  if (item.usages.length === 0 || item.usages.every((id) => vendored.has(id))) return false;
  if (item.verdict === "blocked") return false;
  return item.silentRisk || item.verdict === "adapt" || item.verdict === "rewrite" || item.verdict === "unknown";
}

function annotationsOf(target: TargetReport, context: Context): Annotation[] {
  const vendored = new Set(context.report.usages.filter((usage) => usage.vendored).map(({ id }) => id));
  const items = target.workItems
    .filter((item) => isListed(item, vendored))
    .sort((a, b) => Number(b.silentRisk) - Number(a.silentRisk) || b.p50 - a.p50);
  const blockers = [...target.blockers].sort((a, b) => Number(isPathless(b)) - Number(isPathless(a)));
  return [
    ...blockers.map((blocker) => blockerAnnotation(blocker, context)),
    ...items.map((item) => itemAnnotation(item, context)),
  ];
}

function summaryOf(report: Report, names: readonly string[], hidden: number): Annotation {
  const targets = report.targets.map((target, index) => {
    const { effort } = target;
    return `${names[index]} ${effort ? `${inDays(effort.p50)} (${inRange(effort)})` : noPath(target)}`;
  });
  const more =
    hidden > 0 ? ` ${plural(hidden, "more entry").replace("entrys", "entries")} not shown: see the report.` : "";
  const unread = report.complete ? "" : " The scan is incomplete: not everything could be read.";
  const what = report.usages.length === 0 ? "no use of NVIDIA's stack found" : targets.join(", ");
  return {
    level: "notice",
    title: "portgauge",
    message: `${plural(report.usages.length, "usage")}; ${what}.${more}${unread}`,
  };
}

export const github: Format = (report, options) => {
  const names = shortNames(report);
  const places = new Map(
    report.usages.map(({ id, path, line }) => [id, { path: repositoryPath(options, path), line }]),
  );
  const byTarget = report.targets.map((target, index) =>
    annotationsOf(target, { report, places, name: names[index] ?? target.id }),
  );
  const shown = (Object.keys(MOST) as Level[]).flatMap((level) =>
    evenly(
      byTarget.map((annotations) => annotations.filter((annotation) => annotation.level === level)),
      MOST[level],
    ),
  );
  return [...shown, summaryOf(report, names, byTarget.flat().length - shown.length)]
    .map((one) => `${command(one)}\n`)
    .join("");
};
