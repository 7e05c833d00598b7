/** What was seen, what the numbers leave out, why the ranges are wide. */
import { isLoss } from "../../model/loss.ts";
import type { Report, TargetReport } from "../../model/report.ts";
import type { FormatOptions } from "./format.ts";
import { visible } from "./visible.ts";
import { counted, inDays, inRange, plural, shortRevision, sizeOf } from "./words.ts";

interface Seen {
  readonly report: Report;
  readonly options: FormatOptions;
  /** Short names of the targets, in order. */
  readonly names: readonly string[];
}

/** Program, rules, what was scanned. */
export function headLine({ tool, root, revision }: Report): string {
  const at = revision === null ? "" : ` @ ${visible(shortRevision(revision))}`;
  return `${tool.name} ${visible(tool.version)}  rules ${visible(tool.ruleset.slice(0, 12))}  ${visible(root)}${at}`;
}

function spread(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? counted(low) : `${counted(low)}–${counted(high)}`;
}

/** Symbols without a rule, per target. */
export function unruled(report: Report): { readonly symbols: number; readonly usages: number }[] {
  return report.targets.map(({ findings, verdicts }) => ({
    symbols: new Set(findings.filter(({ verdict }) => verdict === "unknown").map(({ symbol }) => symbol)).size,
    usages: verdicts.unknown,
  }));
}

export function coverageLine(report: Report): string {
  const { files, bytes, sloc, gpuSloc } = report.coverage;
  const symbols = new Set(report.usages.map(({ symbol }) => symbol)).size;
  const vendored = report.usages.filter((usage) => usage.vendored).length;
  const read = `${plural(files.found, "file")}, ${sizeOf(bytes)}, ${counted(sloc)} code lines, ${counted(gpuSloc)} in GPU files (${counted(files.lexed)} lexed only, ${counted(files.skipped)} skipped)`;
  if (report.usages.length === 0) return read;
  const without =
    report.targets.length === 0 ? "" : `, ${spread(unruled(report).map((one) => one.symbols))} without a rule`;
  const kernels = report.kernels.length === 0 ? "" : `, ${plural(report.kernels.length, "kernel")}`;
  const thirdParty = vendored === 0 ? "" : ` (${counted(vendored)} vendored)`;
  return `${read}; ${plural(report.usages.length, "usage")}${thirdParty}, ${plural(symbols, "symbol")}${without}${kernels}`;
}

/** First words of why and where, for a scan that could not read everything; nothing for a whole one. */
export function incompleteLines({ complete, coverage: { diagnostics, skipped } }: Report): string[] {
  if (complete) return [];
  const losses = diagnostics.filter(isLoss);
  const unread = [
    ...losses.map(({ path, line, code }) => `${visible(path)}${line ? `:${line}` : ""} ${visible(code)}`),
    ...(losses.length === 0 ? skipped.map(({ path, reason }) => `${visible(path)} ${visible(reason)}`) : []),
  ];
  const more = unread.length > 3 ? ` and ${counted(unread.length - 3)} more` : "";
  const what = unread.length === 0 ? "" : `: ${unread.slice(0, 3).join(", ")}${more}`;
  return [`INCOMPLETE: not everything could be read${what}; what it holds is not in the numbers`];
}

/** For a code base in which nothing was found, in place of a table. */
export function nothingFound(report: Report): string[] {
  const { files } = report.coverage;
  if (files.found === 0) return ["No file here is of a kind that portgauge reads: there is nothing to say."];
  return [
    `No use of NVIDIA's stack found${report.complete ? "" : " in what could be read"}: no CUDA, no GPU library call, no PyTorch device code, no build file that names them.`,
    "Nothing to port, so there is no effort to show.",
  ];
}

/** One text for all targets where it is the same, else one each; empty texts are left out. */
function perTarget({ report, names }: Seen, text: (target: TargetReport, index: number) => string): string {
  const texts = report.targets.map(text);
  const [first] = texts;
  if (texts.length > 1 && first && texts.every((one) => one === first)) return `every target ${first}`;
  return texts.flatMap((one, index) => (one === "" ? [] : [`${names[index]} ${one}`])).join(", ");
}

/** Days of items without a rule, of the total where there is one. */
function guessedDays({ workItems, effort }: TargetReport): string {
  const unknown = workItems.filter(({ verdict }) => verdict === "unknown").reduce((sum, { p50 }) => sum + p50, 0);
  return effort ? `${inDays(unknown)} of ${inDays(effort.p50)}` : inDays(unknown);
}

/** Code that a guard keeps from the target is handled, and so free; what it does may be missing there all the same. */
function leftOutByGuards(report: Report, target: TargetReport): number {
  const byGuard = new Set(
    target.findings
      .filter(({ rule, verdict }) => rule === null && verdict === "native")
      .flatMap(({ usages }) => usages),
  );
  return report.usages.filter(({ id, guard, vendored }) => !vendored && guard?.includes("!") && byGuard.has(id)).length;
}

/** What runs today is no port: said with its signs, and with the number that holds if they deceive. */
function runningLines({ report, names }: Seen): string[] {
  return report.targets.flatMap(({ runningPort: port, id, strategy }, index) => {
    if (!port) return [];
    const total = port.asPort ? `${inDays(port.asPort.p50)} (${inRange(port.asPort)})` : "no path";
    const looked = `${plural(port.usages, "usage")} in that code count as a look at each cause, not as a port`;
    return [
      `${names[index] ?? id} already builds or runs here [A]: ${looked}; priced as a port it is ${total}, --strategy ${strategy}. Signs: ${port.signs.map(visible).join("; ")}`,
    ];
  });
}

/** One line per kind of work that the days only guess or leave out. */
export function notInNumbers(seen: Seen): string[] {
  const { report } = seen;
  const without = unruled(report);
  const guessed = perTarget(seen, (target, index) => {
    const { symbols, usages } = without[index] ?? { symbols: 0, usages: 0 };
    return usages === 0 ? "" : `${guessedDays(target)} for ${plural(usages, "usage")} (${plural(symbols, "symbol")})`;
  });
  const leftOut = perTarget(seen, (target) => {
    const count = leftOutByGuards(report, target);
    return count === 0 ? "" : plural(count, "usage");
  });
  const tails = perTarget(seen, ({ tail12Months: tail }) => (tail ? `${inDays(tail.p50)} (${inRange(tail)})` : ""));
  const vendored = report.usages.filter((usage) => usage.vendored).length;
  const unlisted = report.coverage.unknownSymbols.length;
  const untuned = report.targets.some(({ goal }) => goal === "functional");
  return [
    ...runningLines(seen),
    ...(guessed === "" ? [] : [`no rule, so priced as a guess: ${guessed}`]),
    ...(unlisted > 0 ? [`${plural(unlisted, "name")} of NVIDIA's shape that no catalog lists`] : []),
    ...(leftOut === "" ? [] : [`features that guards such as !USE_ROCM leave out there: ${leftOut}`]),
    ...(vendored > 0 ? [`vendored code, ${plural(vendored, "usage")} (--vendored scan prices it)`] : []),
    ...(untuned ? ["tuning to the original's speed (the goal is functional; --goal tuned or parity prices it)"] : []),
    ...(tails === "" ? [] : [`upkeep in the first 12 months: ${tails}`]),
  ];
}

/** Why a range is wide, and how old the evidence is. */
export function rangeLines({ report, options }: Seen): string[] {
  const { constants, evidenceDates: dates } = options;
  const assumed = constants
    ? `${counted(constants.assumed)} of ${counted(constants.all)} constants of the effort model are assumptions [A]`
    : "most constants of the effort model are assumptions [A]";
  return [
    `wide because ${assumed}, few real ports publish their days, and team, code quality and toolchain age move all rows together`,
    ...(dates ? [`evidence dates from ${dates.oldest} to ${dates.newest}`] : []),
    "row P50s add up to the total (shown rounded, exact in json), P10 and P90 do not; auto is (native + rename) / usages",
    ...analogueLines(report),
  ];
}

/** The nearest real ports that state their effort. */
function analogueLines({ targets }: Report): string[] {
  const shown = targets
    .flatMap(({ analogues }) => analogues.filter(({ effort }) => effort !== null).slice(0, 1))
    .map(({ project, effort, unit, ksloc }) => {
      const size = ksloc === null ? "" : ` for ${ksloc} thousand lines`;
      return `${visible(project)} ${counted(effort ?? 0)} ${visible(unit)}${size}`;
    });
  return shown.length === 0 ? [] : [`nearest real ports: ${[...new Set(shown)].join(" | ")}`];
}
