/** Columns of text under heads that span a group of columns. */
import { displayWidth, padded } from "../visible.ts";

export interface Column {
  readonly head: string;
  readonly cells: readonly string[];
  readonly align: "left" | "right";
  readonly paint?: (text: string) => string;
}

export interface Group {
  /** Above all columns of the group; empty: none. */
  readonly head: string;
  readonly columns: readonly Column[];
}

/** Blanks between the columns of a group, and between groups. */
export interface Gaps {
  readonly column: number;
  readonly group: number;
}

export const ROOMY: Gaps = { column: 2, group: 3 };
export const TIGHT: Gaps = { column: 1, group: 2 };

const columnWidth = ({ head, cells }: Column): number => Math.max(displayWidth(head), ...cells.map(displayWidth));

/** Widths of a group's columns: a long head widens the first. */
function widthsOf(group: Group, gaps: Gaps): number[] {
  const widths = group.columns.map(columnWidth);
  const whole = widths.reduce((sum, width) => sum + width, gaps.column * (widths.length - 1));
  const missing = displayWidth(group.head) - whole;
  if (missing > 0) widths[0] = (widths[0] ?? 0) + missing;
  return widths;
}

function groupWidth(group: Group, gaps: Gaps): number {
  return widthsOf(group, gaps).reduce((sum, width) => sum + width, gaps.column * (group.columns.length - 1));
}

/** Packs groups into as many tables as the width needs, each behind the `lead` group. */
export function packed(lead: Group, groups: readonly Group[], width: number, gaps: Gaps): Group[][] {
  const tables: Group[][] = [];
  let room = 0;
  for (const group of groups) {
    const needed = gaps.group + groupWidth(group, gaps);
    const last = tables.at(-1);
    if (last && needed <= room) {
      last.push(group);
      room -= needed;
    } else {
      tables.push([lead, group]);
      room = width - groupWidth(lead, gaps) - needed;
    }
  }
  return tables;
}

/** Lines of one table: group heads (if any), column heads, a line per row. */
export function gridLines(groups: readonly Group[], gaps: Gaps = ROOMY): string[] {
  const widths = groups.map((group) => widthsOf(group, gaps));
  const line = (text: (column: Column) => string): string =>
    groups
      .map((group, at) =>
        group.columns
          .map((column, index) => {
            const cell = padded(text(column), widths[at]?.[index] ?? 0, column.align);
            return column.paint && text !== headOf ? column.paint(cell) : cell;
          })
          .join(" ".repeat(gaps.column)),
      )
      .join(" ".repeat(gaps.group))
      .trimEnd();
  const heads = groups
    .map((group) => padded(group.head, groupWidth(group, gaps), "left"))
    .join(" ".repeat(gaps.group))
    .trimEnd();
  const rows = Math.max(0, ...groups.flatMap(({ columns }) => columns.map(({ cells }) => cells.length)));
  return [
    ...(heads === "" ? [] : [heads]),
    line(headOf),
    ...Array.from({ length: rows }, (_, row) => line((column) => column.cells[row] ?? "")),
  ];
}

const headOf = (column: Column): string => column.head;
