import type { Format } from "./format.ts";

/** The contract with everything outside; its order is the order in which the report was built. */
export const json: Format = (report) => `${JSON.stringify(report, null, 2)}\n`;
