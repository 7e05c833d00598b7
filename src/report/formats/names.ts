/** The report formats by name: `--format` offers exactly these. Apart from the formats, so that knowing them costs nothing. */
export const FORMAT_NAMES = [
  "table",
  "json",
  "markdown",
  "csv",
  "csv:workitems",
  "csv:findings",
  "sarif",
  "github",
] as const;

export type FormatName = (typeof FORMAT_NAMES)[number];
