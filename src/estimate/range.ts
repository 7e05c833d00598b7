/**
 * Ranges of sums of lognormals that share one common factor. Fenton-Wilkinson on the independent parts, the common
 * factor on top: closed form, so the same input gives the same digits.
 */
import type { EffortModel } from "../model/effortModel.ts";
import type { Days } from "../model/report.ts";
import type { PortUnit } from "../model/rule.ts";

export interface Part {
  readonly days: number;
  readonly logSd: number;
}

/** Log-sd of the sum of independent lognormals given by median and log-sd. */
export function logSdOfSum(parts: readonly Part[]): number {
  let mean = 0;
  let variance = 0;
  for (const { days, logSd } of parts) {
    const square = logSd * logSd;
    const partMean = days * Math.exp(square / 2);
    mean += partMean;
    variance += partMean * partMean * (Math.exp(square) - 1);
  }
  return mean === 0 ? 0 : Math.sqrt(Math.log(1 + variance / (mean * mean)));
}

/** P10 and P90 around the sum of the medians. */
export function rangeOf(parts: readonly Part[], unit: PortUnit, { range }: EffortModel): Days {
  const p50 = parts.reduce((sum, part) => sum + part.days, 0);
  const floor = unit === "source" ? range.floor.value : range.floorNonGpu.value;
  const logSd = Math.max(floor, Math.hypot(range.common.value, logSdOfSum(parts)));
  const spread = Math.exp(range.z90.value * logSd);
  return { p10: p50 / spread, p50, p90: p50 * spread };
}
