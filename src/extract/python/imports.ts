/** What imports alone say: CUDA-only packages, and back-ends of other targets. */
import type { CallContext } from "./calls.ts";
import type { ImportedModule, ImportedName } from "./semantics.ts";

/** Packages of the targets' own stacks: the project already has a back-end there. */
const TWINS: readonly (readonly [RegExp, string])[] = [
  [/^(?:ttnn|tt_lib|tt_metal|torch_ttnn|tt_torch|forge|pybuda)(?:\.|$)/, "tt-metalium"],
  [/^(?:torch_rbln|rebel|optimum\.rbln|vllm_rbln)(?:\.|$)/, "rebellions"],
  [/^(?:cerebras|cerebras_pytorch|modelzoo|cstorch)(?:\.|$)/, "cerebras"],
  [/^(?:groqflow|groq)(?:\.|$)/, "groq"],
];

/** What only a build for that target asks of PyTorch. */
const PORT_BUILDS: readonly (readonly [RegExp, string])[] = [
  [/^torch\.utils\.(?:hipify\b|cpp_extension\.(?:ROCM_HOME|HIP_HOME|IS_HIP_EXTENSION)$)/, "port:hip:build"],
];

/** The spelling that everybody uses for these modules. */
const CUSTOMARY: Readonly<Record<string, string>> = { torch: "torch", nn: "torch.nn", F: "torch.nn.functional" };

/** What a name means that nothing but a star import of a module of the project can have brought. */
export function customaryName(name: string): string | undefined {
  return Object.hasOwn(CUSTOMARY, name) ? CUSTOMARY[name] : undefined;
}

export function importedModule(context: CallContext, dotted: string, token: number): void {
  const target = TWINS.find(([pattern]) => pattern.test(dotted))?.[1];
  if (target !== undefined) context.report.signal(`twin:${target}`, token);
  const build = PORT_BUILDS.find(([pattern]) => pattern.test(dotted))?.[1];
  if (build !== undefined) context.report.signal(build, token);
  if (dotted.startsWith("torch.utils.cpp_extension")) return;
  const found = context.names.packageOf(dotted);
  if (!found || context.report.packages.has(found.name)) return;
  context.report.packages.add(found.name);
  context.report.add("import", found.name, found.family, token);
}

/** The package is written in the module's name, except for one that an imported name completes (`from numba import cuda`). */
export function importedFrom(context: CallContext, module: ImportedModule, imported: readonly ImportedName[]): void {
  const written = context.names.packageOf(module.name)?.name;
  for (const { name, token } of imported) {
    const dotted = `${module.name}.${name}`;
    const completes = context.names.packageOf(dotted)?.name !== written;
    importedModule(context, dotted, completes ? token : module.token);
  }
}
