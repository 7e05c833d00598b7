/** How usages and days are cut into rows: by component, file or category. */
import type { Days, Report, TargetReport } from "../../model/report.ts";
import type { FormatOptions } from "./format.ts";

type Usage = Report["usages"][number];

/** P50, and a range where the row has one of its own. */
export interface RowDays {
  readonly p50: number;
  readonly p10?: number;
  readonly p90?: number;
}

/** `part`: a component, file or category. The others stand below them, in this order. */
export const ROLES = ["part", "rest", "tests", "vendored", "free", "project", "total"] as const;
export type Role = (typeof ROLES)[number];

/** Which row a usage belongs to, and the days of the rows, on one target. */
export interface Division {
  readonly rowOf: (usage: Usage) => readonly [Role, string];
  readonly daysOf: ReadonlyMap<string, RowDays>;
}

/** Row of what belongs to no part of the code: fixed cost, validation, tuning. */
export const PROJECT = "project";
const TESTS = "tests";
/** Key of a row: two rows of different role may have one name. */
export const rowKey = (role: Role, name: string) => `${role}\0${name}`;

/** Row of a name in `byComponent` or `byCategory`. */
function roleOf(name: string): Role {
  if (name === PROJECT) return "project";
  return name === TESTS ? "tests" : "part";
}

function named(days: Readonly<Record<string, Days>> | undefined): Division["daysOf"] {
  return new Map(Object.entries(days ?? {}).map(([name, range]) => [rowKey(roleOf(name), name), range]));
}

function byComponent(target: TargetReport, options: FormatOptions): Division {
  const apart = options.tests !== "include";
  return {
    rowOf: (usage) => {
      if (usage.vendored) return ["vendored", "vendored"];
      const name = usage.test && apart ? TESTS : usage.component;
      return [roleOf(name), name];
    },
    daysOf: named(target.effort?.byComponent),
  };
}

function byCategory(target: TargetReport): Division {
  const categories = new Map(target.workItems.flatMap((item) => item.usages.map((id) => [id, item.category])));
  return {
    rowOf: (usage) => {
      if (usage.vendored) return ["vendored", "vendored"];
      const category = categories.get(usage.id);
      return category === undefined ? ["free", "no work"] : [category === PROJECT ? "project" : "part", category];
    },
    daysOf: new Map(
      Object.entries(target.effort?.byCategory ?? {}).map(([name, range]) => [
        rowKey(name === PROJECT ? "project" : "part", name),
        range,
      ]),
    ),
  };
}

/** Manual work by file; what belongs to no file (project, tool runs) is the difference to the total. */
function byFile(target: TargetReport): Division {
  const { effort } = target;
  const spots = effort ? target.hotspots : [];
  const inFiles = spots.reduce((sum, { p50 }) => sum + p50, 0);
  const days = new Map<string, { p50: number }>(spots.map(({ path, p50 }) => [rowKey("part", path), { p50 }]));
  if (effort) days.set(rowKey("project", PROJECT), { p50: Math.max(0, effort.p50 - inFiles) });
  return {
    rowOf: (usage) => (usage.vendored ? ["vendored", "vendored"] : ["part", usage.path]),
    daysOf: days,
  };
}

/** The groupings that have rows with days. */
export const DIVISIONS = { component: byComponent, category: byCategory, file: byFile };
export type RowGrouping = keyof typeof DIVISIONS;

/** What rows are called when they are counted. */
export const ROW_NOUNS: Readonly<Record<RowGrouping, string>> = {
  component: "components",
  file: "files",
  category: "categories",
};

/** The asked grouping where it has rows with days, else by component. */
export function rowGrouping({ by }: FormatOptions): RowGrouping {
  return by === "file" || by === "category" ? by : "component";
}
