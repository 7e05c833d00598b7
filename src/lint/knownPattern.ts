import type { Catalog } from "../model/catalog.ts";

/** Open sets of names, each made by a detector: `pip:nvidia-cublas-cu12`, `cmake:enable_language(CUDA)`, `ptx:mma.sync`. */
const OPEN =
  /^(?:ptx|pip|conda|apt|docker|compose|cmake|make|flag|bazel|meson|ninja|setup\.py|pyproject|k8s|slurm|ci|device|backend|dynamic|onnx|aten|env|tool|module|shell|yum|spack|dynamic|dtype|mode|arch):?:/;

/** True when a rule's pattern can match something that a scan reports. */
export function isKnownPattern(pattern: string, catalog: Catalog): boolean {
  if (pattern === "*") return true;
  if (pattern.startsWith("family:")) return catalog.families.some(({ id }) => id === pattern.slice("family:".length));
  if (OPEN.test(pattern)) return true;
  const name = pattern.replace(/\*$/, "");
  if (catalog.entries.has(name) || catalog.operators.has(name) || isScoped(name, catalog)) return true;
  if (pattern.endsWith("*")) return [...catalog.entries.keys()].some((entry) => entry.startsWith(name));
  return catalog.familyByShape(name) !== undefined;
}

function isScoped(name: string, { families }: Catalog): boolean {
  return families.some(
    ({ modules = [], namespaces = [], packages = [], headers = [] }) =>
      [...modules, ...packages].some(
        (prefix) => name === prefix || name.startsWith(`${prefix}.`) || name === `${prefix}.`,
      ) ||
      namespaces.some((prefix) => name.startsWith(`${prefix}::`)) ||
      headers.some((prefix) => name.startsWith(prefix)),
  );
}
