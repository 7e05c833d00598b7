/** New text of a table and of the catalog after an import. Pure; everything that a person wrote stays as it is. */
import type { FamilyDifferences } from "./compare.ts";
import type { UpstreamRow } from "./importer.ts";

const HEADER = "# symbol\tverdict\treplacement\tprice\tnote\tlevel\tsource\tversions";
const NO_ANALOGUE = "No analogue found in the headers read.";

/** The commit that was read and its date. */
export interface Snapshot {
  readonly repository: string;
  readonly commit: string;
  readonly asOf: string;
}

/** Lines of a table, with the keys of sources and notes that an import may add. */
class TableLines {
  readonly #head: string[];
  readonly #rows: Map<string, string>;

  constructor(text: string) {
    const lines = text.split("\n").filter((line) => line !== "");
    this.#head = lines.filter((line) => line.startsWith("#"));
    this.#rows = new Map(
      lines.filter((line) => !line.startsWith("#")).map((line) => [line.slice(0, line.indexOf("\t")), line]),
    );
    if (this.#head.length === 0) this.#head.push(HEADER);
  }

  /** Key of an entry of the head, which is added when it is not there. */
  key(kind: "source" | "note", value: Readonly<Record<string, string>>): string {
    const said = JSON.stringify(value);
    const entries = this.#head.flatMap((line) => {
      const [, key = "", json = ""] = new RegExp(`^# ${kind} (\\S+) (\\{.*\\})$`).exec(line) ?? [];
      return key === "" ? [] : [{ key, said: JSON.stringify(JSON.parse(json)) }];
    });
    const known = entries.find((entry) => entry.said === said);
    if (known) return known.key;
    const taken = entries.map(({ key }) => Number(key.slice(1)) || 0);
    const key = `${kind.charAt(0)}${Math.max(0, ...taken) + 1}`;
    this.#head.push(`# ${kind} ${key} ${said}`);
    return key;
  }

  set(symbol: string, cells: readonly string[]): void {
    this.#rows.set(symbol, [symbol, ...cells].join("\t"));
  }

  text(): string {
    const rows = [...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
    return `${[...this.#head, ...rows].join("\n")}\n`;
  }
}

/** Cells after the symbol. A converter's word alone is `inferred`. */
function cellsFor(row: UpstreamRow, lines: TableLines, { repository, commit, asOf }: Snapshot): string[] {
  const source = lines.key("source", { source: `${repository}@${commit.slice(0, 12)}:${row.path}`, asOf });
  const end = ["inferred", source, row.versions];
  if (row.counterpart === row.symbol) return ["native", row.counterpart, "none", "", ...end];
  if (row.counterpart !== undefined) return ["rename", row.counterpart, "rename", "", ...end];
  const note = lines.key("note", { why: NO_ANALOGUE });
  const isCode = row.kind === "call" || row.kind === "builtin";
  return isCode ? ["rewrite", "", "missing", note, ...end] : ["adapt", "", "local", note, ...end];
}

/** The table of one family: new names, and answers of the converter that changed. */
export function tableAfter(
  text: string,
  differences: FamilyDifferences,
  upstream: ReadonlyMap<string, UpstreamRow>,
  snapshot: Snapshot,
): string {
  const lines = new TableLines(text);
  const changed = [...differences.counterparts, ...differences.versions].filter(({ kept }) => !kept);
  const symbols = new Set([...differences.added, ...changed].map(({ symbol }) => symbol));
  for (const symbol of symbols) {
    const row = upstream.get(symbol);
    if (row) lines.set(symbol, cellsFor(row, lines, snapshot));
  }
  return symbols.size > 0 ? lines.text() : text;
}

/** The catalog's names of one family: new ones in their place. */
export function catalogAfter(text: string, added: readonly UpstreamRow[]): string {
  const lines = text.split("\n").filter((line) => line !== "");
  const known = new Set(lines.map((line) => line.split("\t")[0]));
  const fresh = added.filter(({ symbol }) => !known.has(symbol)).map(({ symbol, kind }) => `${symbol}\t${kind}`);
  if (fresh.length === 0) return text;
  const head = lines.filter((line) => line.startsWith("#"));
  const names = [...lines.filter((line) => !line.startsWith("#")), ...fresh];
  return `${[...head, ...names.sort()].join("\n")}\n`;
}
