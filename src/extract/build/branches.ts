/** Branches of a build file that are for AMD or against it: code in them is already ported there. */

export interface GuardedRange {
  readonly start: number;
  readonly end: number;
  readonly guard: string;
}

/** Every project names its own switch (`GGML_HIP`, `FAISS_ENABLE_ROCM`): in usages they all read as this one. */
const GUARD = "USE_ROCM";
const SWITCH = /(?:^|[^a-z\d])(?:rocm|hip)(?:[^a-z\d]|$)/i;
const NEGATION = /\bNOT\b|^[^\n]*,[ \t]*(?:0|OFF|no|false)?\)[ \t]*$/;

type Side = "for" | "against" | "unsaid";

interface Branch {
  readonly start: number;
  readonly side: Side;
  readonly isElse: boolean;
}

function sideOf(keyword: string, condition: string): Side {
  // `USE_CUDA OR USE_ROCM` holds for both.
  if (!SWITCH.test(condition) || /\bOR\b|\|\|/.test(condition)) return "unsaid";
  const negated = keyword.includes("ifn") !== NEGATION.test(condition.trimEnd());
  return negated ? "against" : "for";
}

/** What the branches of one `if` say once all of them are known: the rest of a chain with one for AMD is against it. */
function settle(branches: readonly Branch[], end: number): GuardedRange[] {
  const hasFor = branches.some(({ side }) => side === "for");
  const hasAgainst = branches.some(({ side }) => side === "against");
  return branches.flatMap(({ start, side, isElse }, index) => {
    const settled = side !== "unsaid" ? side : hasFor ? "against" : hasAgainst && isElse ? "for" : undefined;
    if (settled === undefined) return [];
    return [{ start, end: branches[index + 1]?.start ?? end, guard: settled === "for" ? GUARD : `!${GUARD}` }];
  });
}

/** `keywords` has the groups `open`, `next` (`else`, `elseif`), `close` and `condition`. */
export function guardedRanges(text: string, keywords: RegExp): GuardedRange[] {
  const ranges: GuardedRange[] = [];
  const open: Branch[][] = [];
  for (const match of text.matchAll(keywords)) {
    const { close, next, condition = "" } = match.groups ?? {};
    const chain = open.at(-1);
    const branch = {
      start: match.index,
      side: sideOf(match[0], condition),
      isElse: next === "else" && !SWITCH.test(condition),
    };
    if (close !== undefined) ranges.push(...settle(open.pop() ?? [], match.index));
    else if (next === undefined) open.push([branch]);
    else chain?.push(branch);
  }
  for (const chain of open) ranges.push(...settle(chain, text.length));
  return ranges;
}

/** The guard of the innermost range around an offset. */
export function guardAt(ranges: readonly GuardedRange[], offset: number): string | undefined {
  let inner: GuardedRange | undefined;
  for (const range of ranges) {
    if (range.start <= offset && offset < range.end && range.start >= (inner?.start ?? 0)) inner = range;
  }
  return inner?.guard;
}
