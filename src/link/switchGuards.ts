/** Gives code under `#ifdef PTX_AVAILABLE` the condition under which the project defines `PTX_AVAILABLE`. */
import type { FileInventory, SwitchBranch } from "../model/inventory.ts";

/** Macros that are defined against a target only, with that condition. */
function switchGuards(files: readonly FileInventory[]): ReadonlyMap<string, string> {
  const guards = new Map<string, string>();
  const elsewhere = new Set<string>();
  for (const { handsOn } of files) {
    for (const { name, guard } of handsOn?.switches ?? []) {
      if (guard?.startsWith("!") && (guards.get(name) ?? guard) === guard) guards.set(name, guard);
      else elsewhere.add(name);
    }
  }
  for (const name of elsewhere) guards.delete(name);
  return guards;
}

/** Files with the conditions of their switches; usages and kernels that have one of their own keep it. */
export function underSwitches(files: readonly FileInventory[]): readonly FileInventory[] {
  const guards = switchGuards(files);
  if (guards.size === 0) return files;
  return files.map((file) => {
    const branches = file.handsOn?.branches?.filter(({ name }) => guards.has(name)) ?? [];
    return branches.length === 0 ? file : guarded(file, branches, guards);
  });
}

function guarded(
  file: FileInventory,
  branches: readonly SwitchBranch[],
  guards: ReadonlyMap<string, string>,
): FileInventory {
  const at = <T extends { readonly line: number; readonly guard?: string }>(place: T): T => {
    if (place.guard !== undefined) return place;
    const branch = branches.find(({ from, to }) => from < place.line && place.line < to);
    const guard = branch && guards.get(branch.name);
    return guard === undefined ? place : { ...place, guard };
  };
  return { ...file, usages: file.usages.map(at), kernels: file.kernels.map(at) };
}
