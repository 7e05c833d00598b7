/** A back-test as a table for people; red rows stand beside the others. */
import type { BacktestResult, Figure, PortRow } from "./backtest.ts";

const shown = (value: number | null, digits = 2) => (value === null ? "–" : value.toFixed(digits));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => (row[i] ?? "").length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join("  ")
      .trimEnd();
  return [line(head), ...rows.map(line)];
}

function portLine({ name, ksloc, observed, lowerBound, predicted, ...row }: PortRow): string[] {
  const { p10, p90, factor, inRange, sizeFit } = row;
  const range = `${p10.toFixed(1)}–${p90.toFixed(1)}`;
  return [
    name,
    shown(ksloc, 1),
    `${lowerBound ? "≥ " : ""}${shown(observed, 1)}`,
    shown(predicted, 1),
    range,
    lowerBound && predicted >= observed ? "–" : shown(factor),
    inRange ? "yes" : "NO",
    shown(sizeFit, 1),
  ];
}

function figureLine({ name, value, luck, bySize, wanted, reached }: Figure): string[] {
  const interval = luck ? `${luck[0].toFixed(2)}–${luck[1].toFixed(2)}` : "–";
  return [name, shown(value), interval, shown(bySize), wanted, reached === null ? "–" : reached ? "yes" : "NO"];
}

export function backtestText(result: BacktestResult): string {
  const { target, ports, files, programs, figures, missing } = result;
  const sections: string[][] = [];
  if (ports.length > 0) {
    sections.push([
      `Ports to ${target}: engineer-days observed and predicted from the code before the port`,
      ...table(["port", "KSLOC", "observed", "P50", "P10–P90", "factor", "in range", "size fit"], ports.map(portLine)),
    ]);
  }
  if (files.length > 0) {
    sections.push([
      "Files that engineers had to edit: does the ranking by manual days find them?",
      ...table(
        ["port", "files", "edited", "AUC", "by size"],
        files.map((row) => [row.name, String(row.files), String(row.edited), shown(row.auc), shown(row.aucBySize)]),
      ),
    ]);
  }
  if (programs)
    sections.push([`Programs: ${programs.programs}, of which ${programs.edited} have lines left after renames`]);
  sections.push(table(["figure", "value", "80 % by luck", "size alone", "wanted", "reached"], figures.map(figureLine)));
  if (missing.length > 0) sections.push(["Not predicted:", ...missing.map((line) => `  ${line}`)]);
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
