/** Numbers and names as every readable format writes them. */
import type { Blocker, Days, Report, TargetReport } from "../../model/report.ts";
import type { FormatOptions } from "./format.ts";

const INTEGER = new Intl.NumberFormat("en-US");

/** `9,842` */
export function counted(value: number): string {
  return INTEGER.format(value);
}

/** `1 usage`, `9,842 usages` */
export function plural(value: number, noun: string): string {
  return `${counted(value)} ${noun}${value === 1 ? "" : "s"}`;
}

function dayCount(value: number): string {
  if (value === 0) return "0";
  if (value < 0.05) return "<0.1";
  return value < 9.95 ? String(Math.round(value * 10) / 10) : counted(Math.round(value));
}

/** `33 d`, `0.4 d`: a tenth below ten days, whole days above. */
export function inDays(value: number): string {
  return `${dayCount(value)} d`;
}

/** `6–31 d` */
export function inRange({ p10, p90 }: Pick<Days, "p10" | "p90">): string {
  const [low, high] = [dayCount(p10), dayCount(p90)];
  return low === high || high.startsWith("<") ? `${high} d` : `${low}–${high} d`;
}

/** Rounded down, so that only all is 100% and only none is 0%. */
export function percentage(part: number, whole: number): string {
  if (whole === 0) return "–";
  const share = Math.floor((100 * part) / whole + 1e-9);
  return share === 0 && part > 0 ? "<1%" : `${share}%`;
}

/** A share between 0 and 1, rounded to the nearest percent. */
export function shareOf(share: number): string {
  if (share > 0 && share < 0.005) return "<1%";
  return `${Math.round(100 * share)}%`;
}

/** `18.2 MB` */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return plural(bytes, "byte");
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** `hip@7.0:gfx942` */
export function keyOf({ id, version, variant }: Pick<TargetReport, "id" | "version" | "variant">): string {
  return `${id}@${version}:${variant}`;
}

/** A commit's first ten digits, with what follows it: `4f1c2e8d90+dirty`. */
export function shortRevision(revision: string): string {
  return revision.replace(/^([0-9a-f]{10})[0-9a-f]{30}/, "$1");
}

/** The id where that tells the report's targets apart, else the whole key. */
export function shortNames(report: Report): string[] {
  const ids = report.targets.map((target) => target.id);
  const alone = (id: string) => ids.indexOf(id) === ids.lastIndexOf(id);
  return report.targets.map((target) => (alone(target.id) ? target.id : keyOf(target)));
}

/** `AMD hip@7.0:gfx942` */
export function headingOf(target: TargetReport, options: FormatOptions): string {
  const vendor = options.vendors?.[target.id];
  return vendor ? `${vendor} ${keyOf(target)}` : keyOf(target);
}

/** Without a way out that has a price there is no path, whatever the rest costs. */
export function isPathless(blocker: Blocker): boolean {
  return blocker.waysOut.every((way) => way.p50 === null);
}

/** `no path: 2 blockers` */
export function noPath(target: TargetReport): string {
  return `no path: ${plural(target.blockers.filter(isPathless).length, "blocker")}`;
}
