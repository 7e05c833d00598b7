import type { TestsMode } from "../../model/plan.ts";
import type { Report } from "../../model/report.ts";
import type { Rule } from "../../model/rule.ts";

/** What the rows of the effort table stand for. */
export const GROUPINGS = ["component", "file", "category", "rule", "symbol"] as const;
export type Grouping = (typeof GROUPINGS)[number];

/**
 * How a report is shown, and what the JSON contract leaves in the rules. A format works without any of it: it then says
 * less, never something else.
 */
export interface FormatOptions {
  /** Columns of the terminal. Default: 140, which holds five targets side by side. */
  readonly width?: number;
  readonly color?: boolean;
  readonly by?: Grouping;
  /** How the scan counted test code. Default: `separate`. */
  readonly tests?: TestsMode;
  /** From the top of the repository to the scanned root (`csrc/`), for services that see the whole repository. */
  readonly prefix?: string;
  /** Vendor's name by target id, for table heads. */
  readonly vendors?: Readonly<Record<string, string>>;
  /** Of the rules that took part, as ISO dates. */
  readonly evidenceDates?: { readonly oldest: string; readonly newest: string };
  /** How many constants of the effort model are assumed, of how many. */
  readonly constants?: { readonly assumed: number; readonly all: number };
  /** A rule's own words: why, silent risk, replacement, evidence. */
  readonly ruleOf?: (id: string) => Rule | undefined;
}

/** Turns a report into text. Pure: the same report and options give the same bytes. */
export type Format = (report: Report, options: FormatOptions) => string;
