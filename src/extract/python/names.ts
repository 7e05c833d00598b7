import type { Catalog, OperatorForm } from "../../model/catalog.ts";
import { atenName, publicName, torchName } from "./torchNames.ts";

/** A resolved dotted name that the inventory reports. */
export interface KnownName {
  readonly symbol: string;
  readonly family: string;
  readonly operator: boolean;
  readonly unlisted: boolean;
}

export interface Names {
  /** What a resolved dotted name is; undefined: not NVIDIA's, no operator. */
  known(name: string): KnownName | undefined;
  /** Family of a CUDA-only package by its import name, and the name under which it is reported. */
  packageOf(dotted: string): { readonly name: string; readonly family: string } | undefined;
  /** `flag:-lcublas`, where that is a library of NVIDIA's. */
  linkerFlag(library: string): string | undefined;
  /** Forms that an operator's arguments give it. */
  formsOf(symbol: string): readonly OperatorForm[] | undefined;
  readonly models: ModelNames;
  /** Method names that the operators' list knows for tensors. */
  readonly tensorMethods: ReadonlySet<string>;
}

/** Architectures by what code calls them. */
export interface ModelNames {
  ofClass(name: string): string | undefined;
  /** Of an id such as `meta-llama/Llama-3.1-8B`; `bare` where `gpt2` is one too. */
  ofId(text: string, bare?: boolean): string | undefined;
}

const FULL_ID = /^[\w.-]+\/[\w.-]+$/;
const MODEL_ID = /^(?:[\w.-]+\/)?[\w.-]+$/;
/** What follows the architecture in a class's name. */
const CLASS_SUFFIX =
  /(?:(?:For[A-Z]|PreTrained|LMHead|DoubleHeads|Text|Vision|Encoder|Img2Img|Inpaint|Pipeline)\w*|Model(?:With\w+)?|Config|Tokenizer(?:Fast)?|Processor)$/;

/** Ids are told by their beginnings; catalog entries for ids end in `*`. */
function modelNames(models: ReadonlyMap<string, string>): ModelNames {
  const prefixes = [...models]
    .filter(([name]) => name.endsWith("*"))
    .map(([name, to]) => [name.slice(0, -1).toLowerCase(), to] as const)
    .sort((a, b) => b[0].length - a[0].length);
  return {
    ofClass: (name) => models.get(name) ?? models.get(name.replace(/^RBLN/, "").replace(CLASS_SUFFIX, "")),
    ofId(text, bare = false) {
      if (text.length > 120 || !(bare ? MODEL_ID : FULL_ID).test(text)) return undefined;
      const lower = text.toLowerCase();
      const name = lower.slice(lower.indexOf("/") + 1);
      return prefixes.find(([prefix]) => (prefix.includes("/") ? lower : name).startsWith(prefix))?.[1];
    },
  };
}

const TENSOR_PREFIX = "torch.Tensor.";

/** Packages of which only a part is CUDA's (`numba.cuda`, `jax.experimental.pallas`): dotted import names. */
function dottedPackages(packages: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...packages].filter(([name]) => name.includes(".")));
}

function build(catalog: Catalog): Names {
  const packages = new Map<string, string>();
  const modules: [string, string][] = [];
  for (const family of catalog.families) {
    for (const name of family.packages ?? []) packages.set(name, family.id);
    for (const name of family.modules ?? []) modules.push([name, family.id]);
  }
  modules.sort((a, b) => b[0].length - a[0].length);
  const dotted = dottedPackages(packages);
  const tensorMethods = new Set<string>();
  for (const name of catalog.operators.keys()) {
    if (name.startsWith(TENSOR_PREFIX)) tensorMethods.add(name.slice(TENSOR_PREFIX.length));
  }

  const packageOf: Names["packageOf"] = (name) => {
    for (const [prefix, family] of dotted) {
      if (name === prefix || name.startsWith(`${prefix}.`)) return { name: prefix, family };
    }
    const dot = name.indexOf(".");
    const top = dot < 0 ? name : name.slice(0, dot);
    const family = packages.get(top);
    return family === undefined ? undefined : { name: top, family };
  };

  const resolve = (name: string): KnownName | undefined => {
    if (name.startsWith("torch.")) {
      const symbol = publicName(name);
      const aten = atenName(symbol, catalog.operators);
      if (aten !== undefined) {
        return { symbol: aten, family: "torch-op", operator: true, unlisted: !catalog.operators.has(aten) };
      }
      const torch = torchName(symbol, catalog.operators, modules);
      return torch && { symbol, ...torch };
    }
    const inPackage = packageOf(name);
    return inPackage && { symbol: name, family: inPackage.family, operator: false, unlisted: false };
  };

  const cache = new Map<string, KnownName | undefined>();
  return {
    packageOf,
    tensorMethods,
    linkerFlag: (library) => (catalog.entries.has(`flag:-l${library}`) ? `flag:-l${library}` : undefined),
    formsOf: (symbol) => catalog.operatorForms.get(symbol),
    models: modelNames(catalog.models),
    known(name) {
      const cached = cache.get(name);
      if (cached !== undefined || cache.has(name)) return cached;
      const known = resolve(name);
      cache.set(name, known);
      return known;
    },
  };
}

const builtFor = new WeakMap<Catalog, Names>();

/** The catalog's Python names; built once per catalog. */
export function namesOf(catalog: Catalog): Names {
  let names = builtFor.get(catalog);
  if (!names) builtFor.set(catalog, (names = build(catalog)));
  return names;
}
