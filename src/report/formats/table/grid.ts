/** Columns of text under heads that span a group of columns. */
import { displayWidth, padded } from "../visible.ts";

export interface Column {
  readonly head: string;
  readonly cells: readonly string[];
  readonly align: "left" | "right";
  readonly paint?: (text: string) => string;
}

export interface Group {
  /** Lines above all columns of the group. */
  readonly heads: readonly string[];
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
const headOf = (column: Column): string => column.head;

function groupWidth({ heads, columns }: Group, gaps: Gaps): number {
  const body = columns.reduce((sum, column) => sum + columnWidth(column), gaps.column * (columns.length - 1));
  return Math.max(body, ...heads.map(displayWidth));
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

/** One line through all groups; `text` gives what a column shows on it. */
function lineOf(groups: readonly Group[], gaps: Gaps, text: (column: Column) => string): string {
  const cells = groups.map((group) => {
    const columns = group.columns.map((column) => {
      const cell = padded(text(column), columnWidth(column), column.align);
      return column.paint && text !== headOf ? column.paint(cell) : cell;
    });
    const body = columns.join(" ".repeat(gaps.column));
    const bare = group.columns.reduce((sum, column) => sum + columnWidth(column) + gaps.column, -gaps.column);
    return body + " ".repeat(groupWidth(group, gaps) - bare);
  });
  return cells.join(" ".repeat(gaps.group)).trimEnd();
}

/** Lines of one table: heads of groups (where there are any), heads of columns, a line per row. */
export function gridLines(groups: readonly Group[], gaps: Gaps = ROOMY): string[] {
  const between = " ".repeat(gaps.group);
  const depth = Math.max(0, ...groups.map(({ heads }) => heads.length));
  const heads = Array.from({ length: depth }, (_, at) =>
    groups
      .map((group) => padded(group.heads[at] ?? "", groupWidth(group, gaps), "left"))
      .join(between)
      .trimEnd(),
  );
  const rows = Math.max(0, ...groups.flatMap(({ columns }) => columns.map(({ cells }) => cells.length)));
  return [
    ...heads,
    lineOf(groups, gaps, headOf),
    ...Array.from({ length: rows }, (_, row) => lineOf(groups, gaps, (column) => column.cells[row] ?? "")),
  ];
}
