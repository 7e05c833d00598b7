import type { Finding } from "../model/finding.ts";
import { causeOf } from "../plan/cause.ts";
import type { KernelAt } from "./tally.ts";

/**
 * What is left when accepted findings are taken out. A kernel that a rule judges by its features is as accepted as the
 * code that gives it the feature: who accepts the only inline PTX of a kernel need not accept the kernel too.
 */
export function unaccepted(
  findings: readonly Finding[],
  accepts: (finding: Finding) => boolean,
  kernelOf: KernelAt,
): Finding[] {
  const inKernel = (finding: Finding): string | undefined => {
    const kernel = kernelOf(finding.usage.path, finding.usage.line);
    return kernel && `${kernel.id}\0${causeOf(finding)}`;
  };
  const accepted = new Set<string>();
  const left = findings.filter((finding) => {
    const taken = accepts(finding);
    const place = taken ? inKernel(finding) : undefined;
    if (place) accepted.add(place);
    return !taken;
  });
  const open = new Set(left.filter(({ usage }) => usage.kind !== "kernel").map(inKernel));
  return left.filter((finding) => {
    const place = finding.usage.kind === "kernel" ? inKernel(finding) : undefined;
    return place === undefined || !accepted.has(place) || open.has(place);
  });
}
