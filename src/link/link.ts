/** Joins what the files say on their own into one inventory: everything that takes more than one file. Pure. */

import type {
  Diagnostic,
  Doubles,
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
function kernelFacts({ kernel, features, doubles }: LinkedKernel, facts: Facts | undefined): Facts {
  return {
    ...facts,
    features,
    ...(doubles ? { fp64: doubles } : {}),
    dialect: kernel.dialect,
    complexity: kernel.complexity,
    sloc: kernel.sloc,
    ...(kernel.archetype ? { archetype: kernel.archetype } : {}),
  };
}

export function link(input: LinkInput): Inventory {
  const files = withBuildGuards(input.files);
  const project = new Project(files, input);
  for (const file of files) project.add(file);
  const diagnostics = [...input.diagnostics, ...files.flatMap((file) => file.diagnostics)].sort(byPathAndLine);
  return {
    files: project.files,
    skipped: [...input.skipped].sort((a, b) => (a.path < b.path ? -1 : 1)),
    diagnostics,
    usages: project.usages,
    kernels: project.kernels(),
    unknownSymbols: unknownSymbols(project.usages),
    suppressions: files.flatMap((file) => file.suppressions.map((s) => ({ ...s, path: file.path }))),
    signals: files.flatMap((file) => file.signals.map((s) => ({ ...s, path: file.path }))),
    complete: !diagnostics.some(isLoss),
  };
}

/** Files in order of their paths, with the conditions that other files put them under. */
function withBuildGuards(files: readonly FileInventory[]): FileInventory[] {
  const read = withoutJitHelpers([...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)));
  const leftOut = buildGuards(read);
  return underSwitches(read).map((file) => underBuild(file, leftOut.get(file.path)));
}

function summaryOf(file: FileInventory, place: Place, component: string): FileSummary {
  const { path, language, reader, bytes, sloc, gpu } = file;
  return { path, language, reader, bytes, sloc, gpu, component, ...place };
}

/** A kernel with what its device functions lend it. */
interface LinkedKernel {
  readonly kernel: FileKernel;
  readonly features: readonly KernelFeature[];
  readonly doubles: Doubles | undefined;
}

/** Takes file after file; what it asks about other files was read from all of them before. */
class Project {
  readonly files: FileSummary[] = [];
  readonly usages: Usage[] = [];
  readonly #kernels: Omit<Kernel, "launches">[] = [];
  readonly #launches = new Map<string, number>();
  readonly #usageIds = new IdSource("u");
  readonly #kernelIds = new IdSource("k");
  readonly #input: LinkInput;
  /** Names shaped like NVIDIA's that some file defines. */
  readonly #ownNames: ReadonlySet<string>;
  readonly #lend: ReturnType<typeof featureLender>;
  readonly #aliased: ReturnType<typeof aliasResolver>;
  readonly #kernelsOf: ReturnType<typeof parameterLaunches>;
  readonly #isOwnPackage: ReturnType<typeof ownPackageTest>;
  readonly #isOwnLibrary: ReturnType<typeof ownLibraryTest>;
  readonly #reexported: ReturnType<typeof reexportResolver>;
  readonly #optionalsOf: ReturnType<typeof optionalIn>;

  constructor(files: readonly FileInventory[], input: LinkInput) {
    const reached = headerWalk(files);
    this.#input = input;
    this.#ownNames = new Set(files.flatMap((file) => file.defines));
    this.#lend = featureLender(reached);
    this.#aliased = aliasResolver(files, reached);
    this.#kernelsOf = parameterLaunches(files, reached);
    this.#isOwnPackage = ownPackageTest(files);
    this.#isOwnLibrary = ownLibraryTest(files, (path) => input.placeOf(path).vendored);
    this.#reexported = reexportResolver(files);
    this.#optionalsOf = optionalIn(files, (path) => input.placeOf(path).test);
  }

  add(file: FileInventory): void {
    const place = this.#input.placeOf(file.path);
    const component = this.#input.componentOf(file.path);
    this.files.push(summaryOf(file, place, component));
    const kernels = this.#addKernels(file, place, component);
    const usageOf = usageMaker({ path: file.path, component, ...place });
    const isOptional = this.#optionalsOf(file);
    this.#usageIds.open(file.path);
    for (const written of this.#foreignUsages(file)) {
      const usage = this.#launched(file.path, written);
      const id = this.#usageIds.next(`${usage.symbol}\0${usage.scope ?? ""}\0${usage.kind}`);
      const own = usage.kind === "kernel" ? kernels.get(`${usage.line}:${usage.symbol}`) : undefined;
      const told = isOptional(usage) ? { ...usage.facts, optional: true } : usage.facts;
      this.usages.push(usageOf(id, usage, own ? kernelFacts(own, told) : told));
    }
  }

  /** Known when the last file was added. */
  kernels(): Kernel[] {
    return this.#kernels.map((kernel) => ({ ...kernel, launches: this.#launches.get(kernel.name) ?? 0 }));
  }

  /** By line and name, which is how a usage finds its kernel. */
  #addKernels(file: FileInventory, { vendored, test }: Place, component: string): Map<string, LinkedKernel> {
    const linked = new Map<string, LinkedKernel>();
    this.#kernelIds.open(file.path);
    for (const kernel of file.kernels) {
      const { column: _, calls: _calls, doubles: _own, features: _written, ...own } = kernel;
      const reached = this.#lend(file.path, kernel);
      const features = inOrder(reached.features);
      const told = kernelClass(kernel, features);
      linked.set(`${kernel.line}:${kernel.name}`, {
        kernel: { ...kernel, ...told },
        features,
        doubles: reached.doubles,
      });
      this.#kernels.push({
        id: this.#kernelIds.next(kernel.name),
        path: file.path,
        ...own,
        ...told,
        features,
        component,
        ...(vendored ? { vendored } : {}),
        ...(test ? { test } : {}),
      });
    }
    return linked;
  }

  /** What the file uses of others' stacks, under the names that the project's other files give to it, in order of place. */
  #foreignUsages(file: FileInventory): FileUsage[] {
    const own = file.usages.filter(this.#isOwnPackage);
    const foreign = own.length === 0 ? file.usages : file.usages.filter((usage) => !this.#isOwnPackage(usage));
    const resolved = this.#reexported(file.path, [...(file.references ?? []), ...own]).filter(
      (usage) => !this.#isOwnPackage(usage),
    );
    return inOrderOfPlace([...foreign, ...resolved, ...this.#aliased(file)]).filter(
      (usage) => !(usage.unlisted && this.#ownNames.has(usage.symbol)) && !this.#isOwnLibrary(usage),
    );
  }

  /** A launch of a parameter or variable becomes one of the kernels it can stand for; every launch is counted. */
  #launched(path: string, written: FileUsage): FileUsage {
    const given = this.#kernelsOf(path, written);
    const usage = given ? launchOf(written, given) : written;
    if (usage.kind !== "launch") return usage;
    for (const kernel of given ?? [usage.symbol]) this.#launches.set(kernel, (this.#launches.get(kernel) ?? 0) + 1);
    return usage;
  }
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
