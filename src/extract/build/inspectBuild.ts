import type { Catalog } from "../../model/catalog.ts";
import { emptyInventory } from "../../model/emptyInventory.ts";
import type { FileInventory, FileUsage, Signal } from "../../model/inventory.ts";
import type { SourceFile } from "../source.ts";
import { suppressionIn } from "../suppressions.ts";
import { type GuardedRange, guardedRanges } from "./branches.ts";
import { buildSources } from "./buildSources.ts";
import { type Comment, logicalText } from "./logicalLines.ts";
import { UsageFinder } from "./pattern.ts";
import { fileKindOf } from "./patterns/kinds.ts";
import { distribution } from "./patterns/packages.ts";
import { CI_FILE, portSigns } from "./ports.ts";
import { Positions } from "./positions.ts";

/** Build, packaging, container and CI files, by a line scanner per kind of file. */
export function inspectBuild(file: SourceFile, catalog: Catalog): FileInventory {
  const empty = emptyInventory(file, "lexed");
  const kind = fileKindOf(file.language, file.text);
  if (kind === undefined) return empty;
  const { text, comments } = logicalText(file.text, kind.syntax);
  const positions = new Positions(file.text);
  let ranges: GuardedRange[] | undefined;
  const guards = () => (ranges ??= kind.branches ? guardedRanges(text, kind.branches) : []);
  const finder = new UsageFinder(positions, new Positions(text), guards, catalog);
  finder.searchRegions(text, kind.regions ?? []);
  finder.search(text, kind.patterns);
  const own = ownDistribution(file);
  const sources = file.language === "cmake" ? buildSources(text, guards()) : [];
  const usages = finder.usages.filter(({ symbol }) => symbol !== own);
  return {
    ...empty,
    sloc: codeLines(file.text, comments),
    usages,
    ...(sources.length > 0 ? { sources } : {}),
    suppressions: comments.flatMap(({ text, offset }) => suppressionIn(text, positions.at(offset).line) ?? []),
    signals: [...signalsOf(file.path, usages), ...portSigns(file, text, (offset) => positions.at(offset).line)],
  };
}

const DISTRIBUTION = /^name[ \t]*=[ \t]*["']?([\w.-]+)/m;

/** A project's own metadata names the project again: as a package to search, as an extra of itself. */
function ownDistribution({ path, text }: SourceFile): string | undefined {
  const name = /(?:^|\/)(?:pyproject\.toml|setup\.cfg)$/.test(path) ? DISTRIBUTION.exec(text)?.[1] : undefined;
  return name && `pip:${distribution(name)}`;
}

const countLines = (text: string): number => text.match(/[^\s][^\n]*/g)?.length ?? 0;

/** Lines that are neither blank nor only comment; a comment counts as such only where nothing stands before it. */
function codeLines(text: string, comments: readonly Comment[]): number {
  const alone = comments.filter(
    ({ offset }) => text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset).trim() === "",
  );
  return countLines(text) - alone.reduce((sum, comment) => sum + countLines(comment.text), 0);
}

const CMAKE_WITH_CUDA =
  /^cmake:(?:enable_language\(CUDA\)|LANGUAGE\(CUDA\)|find_package\(CUDA(?:Toolkit)?\)|cuda_add_\w+)$/;

function signalsOf(path: string, usages: readonly FileUsage[]): Signal[] {
  const cmake = usages.find(({ symbol }) => CMAKE_WITH_CUDA.test(symbol));
  return [
    ...(CI_FILE.test(path) ? [{ name: "ci", line: 1 }] : []),
    ...(cmake ? [{ name: "cmake-cuda", line: cmake.line }] : []),
  ];
}
