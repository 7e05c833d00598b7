/**
 * A revision's work on one target, counted instead of listed: small enough to keep per revision, enough to price what a
 * change adds to it.
 */
import type { Finding } from "../model/finding.ts";
import type { Kernel } from "../model/inventory.ts";
import type { KernelWork, TestsMode } from "../model/plan.ts";
import type { PriceClass } from "../model/rule.ts";
import type { Verdict } from "../model/vocabulary.ts";
import { decisionOf, isOpen, type Placement, placeOf, priceOf } from "../plan/cause.ts";

/** Device code that is written again; `item` is the work item whose frame it shares. */
export interface Piece extends Pick<KernelWork, "sloc" | "complexity"> {
  readonly item: string;
  /** Usages that ask for it. */
  uses: number;
}

/** One work item: how often each symbol or package stands in it by price class, and its device code. */
export interface CauseTally {
  readonly cause: string;
  readonly verdict: Verdict;
  readonly classes: Partial<Record<PriceClass, Record<string, number>>>;
  readonly pieces: Record<string, Piece>;
  /** Price classes of the ways out of a blocker. */
  readonly waysOut: PriceClass[];
}

/** By cause and verdict. Kernels of one cause share an entry, whatever their files. */
export type Tally = Record<string, CauseTally>;

/** The entry that a finding counts in; undefined when it asks for no work. */
export function causeKey(finding: Finding, tests: TestsMode): string | undefined {
  if (!isOpen(finding)) return undefined;
  const placement = placeOf(finding, tests);
  if (placement.kind === "free") return undefined;
  return placement.kind === "kernel" ? `kernel\0${placement.cause}\0${finding.verdict}` : placement.key;
}

/** Finds the kernel that encloses a place. */
export type KernelAt = (path: string, line: number) => Kernel | undefined;

export function kernelAt(kernels: readonly Kernel[]): KernelAt {
  const byPath = new Map<string, Kernel[]>();
  for (const kernel of kernels) {
    const known = byPath.get(kernel.path);
    if (known) known.push(kernel);
    else byPath.set(kernel.path, [kernel]);
  }
  return (path, line) => byPath.get(path)?.find((kernel) => kernel.line <= line && line <= kernel.endLine);
}

/** The device code that a finding asks to write again; outside every known kernel its size is assumed (`sloc` 0). */
function pieceOf({ usage }: Finding, placement: Placement, kernelOf: KernelAt): [string, Piece] | undefined {
  const kernel = kernelOf(usage.path, usage.line);
  if (!kernel && placement.kind !== "kernel") return undefined;
  const { sloc, complexity } = kernel ?? { sloc: 0, complexity: "tile" as const };
  const name = kernel?.name ?? usage.scope ?? "";
  return [`${usage.path}\0${name}`, { sloc, complexity, item: placement.key, uses: 0 }];
}

function entryIn(tally: Tally, key: string, cause: string, verdict: Verdict): CauseTally {
  return (tally[key] ??= { cause, verdict, classes: {}, pieces: {}, waysOut: [] });
}

/** Counts findings in (`step` 1) or out (-1). */
export function count(
  tally: Tally,
  findings: readonly Finding[],
  kernelOf: KernelAt,
  tests: TestsMode,
  step: 1 | -1,
): void {
  for (const finding of findings) {
    const key = causeKey(finding, tests);
    if (key === undefined) continue;
    const placement = placeOf(finding, tests);
    const entry = entryIn(tally, key, placement.cause, finding.verdict);
    const symbols = (entry.classes[priceOf(finding)] ??= {});
    const decision = decisionOf(finding.usage);
    symbols[decision] = (symbols[decision] ?? 0) + step;
    for (const { price } of finding.rule?.waysOut ?? []) {
      if (price && !entry.waysOut.includes(price)) entry.waysOut.push(price);
    }
    if (placement.kind !== "kernel" && finding.verdict !== "blocked") continue;
    const found = pieceOf(finding, placement, kernelOf);
    if (!found) continue;
    const [name, fresh] = found;
    const piece = entry.pieces[name];
    // The counted-in revision decides the size: a kernel that stayed and grew is counted out old and in new.
    entry.pieces[name] = { ...(step === 1 || !piece ? fresh : piece), uses: (piece?.uses ?? 0) + step };
  }
}

/** Some entries, free to be counted in and out of. */
export function entriesOf(tally: Tally, keys: ReadonlySet<string>): Tally {
  return structuredClone(Object.fromEntries(Object.entries(tally).filter(([key]) => keys.has(key))));
}
