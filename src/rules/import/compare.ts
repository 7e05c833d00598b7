/** What an upstream says otherwise than the shipped tables, family by family. Pure. */
import type { Catalog } from "../../model/catalog.ts";
import type { SymbolRow, SymbolTable } from "../../model/rule.ts";
import type { UpstreamRow } from "./importer.ts";

export interface Difference {
  readonly symbol: string;
  readonly was: string;
  readonly now: string;
  /** Rests on more than this upstream's tables: the row stays, and is only reported. */
  readonly kept: boolean;
}

export interface FamilyDifferences {
  readonly family: string;
  readonly names: number;
  readonly added: readonly UpstreamRow[];
  /** Rows that rest on this upstream, which no longer has the name. */
  readonly gone: readonly string[];
  readonly counterparts: readonly Difference[];
  readonly versions: readonly Difference[];
}

interface Shipped extends SymbolRow {
  readonly family: string;
  /** Where its evidence comes from. */
  readonly repository: string;
}

export function cellsOf(line: string): SymbolRow {
  const [symbol, verdict, replacement, price, note, level, source, versions = ""] = line.split("\t");
  return { symbol, verdict, replacement, price, note, level, source, versions } as SymbolRow;
}

function shippedRows(tables: readonly SymbolTable[]): Map<string, Shipped> {
  const rows = new Map<string, Shipped>();
  for (const { family, sources, rows: text } of tables) {
    for (const row of text.split("\n").map(cellsOf)) {
      const repository = sources[row.source]?.source.split("@")[0] ?? "";
      rows.set(row.symbol, { ...row, family, repository });
    }
  }
  return rows;
}

/** `hipblas.h` and `hipblas/hipblas.h` are one header. */
const sameName = (a: string, b: string) => a === b || a.endsWith(`/${b}`) || b.endsWith(`/${a}`);

/** A name without counterpart in the upstream says nothing against one that another source gave. */
function counterpartDiffers(row: UpstreamRow, shipped: Shipped, repository: string): boolean {
  const { counterpart, also = [] } = row;
  if (counterpart === undefined) return shipped.replacement !== "" && shipped.repository === repository;
  return ![counterpart, ...also].some((name) => sameName(name, shipped.replacement));
}

/** Families in alphabetical order; a name that a table already holds stays in that table's family. */
export function compareRows(
  upstream: readonly UpstreamRow[],
  tables: readonly SymbolTable[],
  { entries }: Pick<Catalog, "entries">,
  repository: string,
): FamilyDifferences[] {
  const shipped = shippedRows(tables);
  const kept = ({ level, repository: from }: Shipped) => level !== "inferred" || from !== repository;
  // A known name that nobody has a counterpart for is left to the rules for its family.
  const isNew = (row: UpstreamRow) =>
    !shipped.has(row.symbol) && (row.counterpart !== undefined || !entries.has(row.symbol));
  const known = new Map(upstream.map((row) => [row.symbol, row]));
  const familyOf = (row: UpstreamRow) =>
    shipped.get(row.symbol)?.family ?? entries.get(row.symbol)?.family ?? row.family;
  const goneRows = [...shipped.values()].filter((row) => row.repository === repository && !known.has(row.symbol));
  const families = new Set([...upstream.map(familyOf), ...goneRows.map(({ family }) => family)]);
  return [...families].sort().map((family) => {
    const rows = upstream.filter((row) => familyOf(row) === family);
    const pairs = rows.flatMap((row) => {
      const old = shipped.get(row.symbol);
      return old ? [{ row, old }] : [];
    });
    return {
      family,
      names: rows.length,
      added: rows.filter(isNew),
      gone: goneRows.filter((row) => row.family === family).map(({ symbol }) => symbol),
      counterparts: pairs
        .filter(({ row, old }) => counterpartDiffers(row, old, repository))
        .map(({ row, old }) => ({
          symbol: row.symbol,
          was: old.replacement,
          now: row.counterpart ?? "",
          kept: kept(old),
        })),
      versions: pairs
        .filter(({ row, old }) => row.versions !== "" && !old.versions.includes(row.versions))
        .map(({ row, old }) => ({ symbol: row.symbol, was: old.versions, now: row.versions, kept: kept(old) })),
    };
  });
}
