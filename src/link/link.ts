/** Joins what the files say on their own into one inventory: everything that takes more than one file. Pure. */

import type {
  Diagnostic,
  Facts,
  FileInventory,
  FileKernel,
  FileSummary,
  FileUsage,
  Inventory,
  Kernel,
  Usage,
} from "../model/inventory.ts";
import { isLoss } from "../model/loss.ts";
import { KERNEL_FEATURES, type KernelFeature } from "../model/vocabulary.ts";
import type { ComponentOf } from "./components.ts";
import { featureLender } from "./deviceFeatures.ts";
import { buildGuards, underBuild } from "./excludedSources.ts";
import { IdSource } from "./identify.ts";
import { headerWalk } from "./includes.ts";
import { withoutJitHelpers } from "./jitHelpers.ts";
import { kernelClass } from "./kernelClass.ts";
import { aliasResolver } from "./namespaceAliases.ts";
import { optionalIn } from "./optionalPackages.ts";
import { ownLibraryTest } from "./ownLibraries.ts";
import { ownPackageTest } from "./ownPackages.ts";
import { launchOf, parameterLaunches } from "./parameterLaunches.ts";
import { reexportResolver } from "./reexports.ts";
import { underSwitches } from "./switchGuards.ts";

export interface Place {
  readonly vendored: boolean;
  readonly test: boolean;
}

export interface LinkInput {
  readonly files: readonly FileInventory[];
  readonly placeOf: (path: string) => Place;
  readonly componentOf: ComponentOf;
  readonly skipped: Inventory["skipped"];
  readonly diagnostics: readonly Diagnostic[];
}

const FEATURE_ORDER = new Map<KernelFeature, number>(KERNEL_FEATURES.map((feature, index) => [feature, index]));

function inOrder(features: Iterable<KernelFeature>): KernelFeature[] {
  return [...features].sort((a, b) => (FEATURE_ORDER.get(a) ?? 0) - (FEATURE_ORDER.get(b) ?? 0));
}

/** What rules may ask of a kernel usage: the kernel's own facts, features of called device functions included. */
function kernelFacts(kernel: FileKernel, features: readonly KernelFeature[], facts: Facts | undefined): Facts {
  return {
    ...facts,
    features,
    dialect: kernel.dialect,
    complexity: kernel.complexity,
    sloc: kernel.sloc,
    ...(kernel.archetype ? { archetype: kernel.archetype } : {}),
  };
}

export function link(input: LinkInput): Inventory {
  const read = withoutJitHelpers([...input.files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)));
  const leftOut = buildGuards(read);
  const files = underSwitches(read).map((file) => underBuild(file, leftOut.get(file.path)));
  const ownNames = new Set(files.flatMap((file) => file.defines));
  const reached = headerWalk(files);
  const lend = featureLender(reached);
  const aliased = aliasResolver(files, reached);
  const kernelsOf = parameterLaunches(files, reached);
  const isOwnPackage = ownPackageTest(files);
  const isOwnLibrary = ownLibraryTest(files, (path) => input.placeOf(path).vendored);
  const reexported = reexportResolver(files);
  const optionalsOf = optionalIn(files, (path) => input.placeOf(path).test);
  const usageIds = new IdSource("u");
  const kernelIds = new IdSource("k");
  const usages: Usage[] = [];
  const kernels: Omit<Kernel, "launches">[] = [];
  const summaries: FileSummary[] = [];
  const launches = new Map<string, number>();

  for (const file of files) {
    const place = input.placeOf(file.path);
    const component = input.componentOf(file.path);
    const usageOf = usageMaker({ path: file.path, component, ...place });
    const tags = {
      component,
      ...(place.vendored ? { vendored: true as const } : {}),
      ...(place.test ? { test: true as const } : {}),
    };
    summaries.push({
      path: file.path,
      language: file.language,
      reader: file.reader,
      bytes: file.bytes,
      sloc: file.sloc,
      gpu: file.gpu,
      component,
      ...place,
    });
    usageIds.open(file.path);
    kernelIds.open(file.path);
    const factsAt = new Map<string, { kernel: FileKernel; features: KernelFeature[] }>();
    for (const kernel of file.kernels) {
      const { column: _, calls, features, ...own } = kernel;
      const lent = inOrder(lend(file.path, calls, features));
      const rest = { ...own, ...kernelClass(kernel, lent) };
      factsAt.set(`${kernel.line}:${kernel.name}`, {
        kernel: { ...kernel, ...kernelClass(kernel, lent) },
        features: lent,
      });
      kernels.push({
        id: kernelIds.next(kernel.name),
        path: file.path,
        ...rest,
        features: lent,
        ...tags,
      });
    }
    const isOptional = optionalsOf(file);
    const own = file.usages.filter(isOwnPackage);
    const foreign = own.length === 0 ? file.usages : file.usages.filter((usage) => !isOwnPackage(usage));
    const resolved = reexported(file.path, [...(file.references ?? []), ...own]).filter(
      (usage) => !isOwnPackage(usage),
    );
    for (const written of inOrderOfPlace([...foreign, ...resolved, ...aliased(file)])) {
      if ((written.unlisted && ownNames.has(written.symbol)) || isOwnLibrary(written)) continue;
      const given = kernelsOf(file.path, written);
      const usage = given ? launchOf(written, given) : written;
      if (usage.kind === "launch") {
        for (const kernel of given ?? [usage.symbol]) launches.set(kernel, (launches.get(kernel) ?? 0) + 1);
      }
      const own = usage.kind === "kernel" ? factsAt.get(`${usage.line}:${usage.symbol}`) : undefined;
      const told = isOptional(usage) ? { ...usage.facts, optional: true } : usage.facts;
      const facts = own ? kernelFacts(own.kernel, own.features, told) : told;
      usages.push(usageOf(usageIds.next(`${usage.symbol}\0${usage.scope ?? ""}\0${usage.kind}`), usage, facts));
    }
  }

  const diagnostics = [...input.diagnostics, ...files.flatMap((file) => file.diagnostics)].sort(byPathAndLine);
  return {
    files: summaries,
    skipped: [...input.skipped].sort((a, b) => (a.path < b.path ? -1 : 1)),
    diagnostics,
    usages,
    kernels: kernels.map((kernel) => ({ ...kernel, launches: launches.get(kernel.name) ?? 0 })),
    unknownSymbols: unknownSymbols(usages),
    suppressions: files.flatMap((file) => file.suppressions.map((s) => ({ ...s, path: file.path }))),
    signals: files.flatMap((file) => file.signals.map((s) => ({ ...s, path: file.path }))),
    complete: !diagnostics.some(isLoss),
  };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type UsageOf = (id: string, usage: FileUsage, facts: Facts | undefined) => Usage;

/** Usages of one file. Fields stand in the order of the report, which takes the objects as they are. */
function usageMaker({ path, component, vendored, test }: Pick<Usage, "path" | "component"> & Place): UsageOf {
  return (id, { kind, symbol, family, line, column, scope, guard, unlisted }, facts) => {
    const usage = { id, kind, symbol, family, path, line, column } as Mutable<Usage>;
    if (scope !== undefined) usage.scope = scope;
    if (guard !== undefined) usage.guard = guard;
    if (vendored) usage.vendored = true;
    if (test) usage.test = true;
    usage.component = component;
    if (facts !== undefined && Object.keys(facts).length > 0) usage.facts = facts;
    if (unlisted) usage.unlisted = unlisted;
    return usage;
  };
}

function inOrderOfPlace(usages: readonly FileUsage[]): FileUsage[] {
  return [...usages].sort(
    (a, b) => a.line - b.line || a.column - b.column || (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0),
  );
}

function byPathAndLine(a: Diagnostic, b: Diagnostic): number {
  return a.path === b.path ? (a.line ?? 0) - (b.line ?? 0) : a.path < b.path ? -1 : 1;
}

function unknownSymbols(usages: readonly Usage[]): Inventory["unknownSymbols"] {
  const counts = new Map<string, { symbol: string; family: string; occurrences: number }>();
  for (const usage of usages) {
    if (!usage.unlisted) continue;
    const known = counts.get(usage.symbol);
    if (known) known.occurrences += 1;
    else counts.set(usage.symbol, { symbol: usage.symbol, family: usage.family, occurrences: 1 });
  }
  return [...counts.values()].sort((a, b) => b.occurrences - a.occurrences || (a.symbol < b.symbol ? -1 : 1));
}
