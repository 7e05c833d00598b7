/** Usages with their verdict and work item on one target: the lines of every listing format. */

import type { Report, TargetReport, WorkItem } from "../../model/report.ts";
import type { FormatOptions } from "./format.ts";

export interface Judged {
  readonly usage: Report["usages"][number];
  readonly finding: TargetReport["findings"][number];
  readonly target: TargetReport;
  /** Absent for `native` and `drop`. */
  readonly item?: WorkItem;
}

type Finding = Judged["finding"];

/** In the report's order of usages; only those whose finding is wanted. */
export function judgedUsages(
  report: Report,
  target: TargetReport,
  wanted: (finding: Finding) => boolean = () => true,
): Judged[] {
  const findings = new Map<string, Finding>();
  for (const finding of target.findings) {
    if (wanted(finding)) for (const id of finding.usages) findings.set(id, finding);
  }
  const items = new Map<string, WorkItem>();
  for (const item of target.workItems) {
    for (const id of item.usages) if (findings.has(id)) items.set(id, item);
  }
  return report.usages.flatMap((usage) => {
    const finding = findings.get(usage.id);
    if (!finding) return [];
    const item = items.get(usage.id);
    return [{ usage, finding, target, ...(item ? { item } : {}) }];
  });
}

/** How much a reader must care: blockers, then what goes wrong unseen, then work by hand, then what nobody knows. */
export const CONCERNS = ["blocked", "silent", "work", "unknown"] as const;
export type Concern = (typeof CONCERNS)[number];

/** None for what needs no attention: it works, a tool does it, or it goes away. */
export function concernOf({
  verdict,
  silentRisk,
}: Pick<Judged["finding"], "verdict" | "silentRisk">): Concern | undefined {
  if (verdict === "blocked") return "blocked";
  if (silentRisk) return "silent";
  if (verdict === "rewrite" || verdict === "adapt") return "work";
  return verdict === "unknown" ? "unknown" : undefined;
}

/** A path as services know it that see the whole repository. */
export function repositoryPath({ prefix = "" }: FormatOptions, path: string): string {
  return prefix + path;
}
