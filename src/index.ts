/** Public API: the pipeline and the vocabulary. */
export type { Inventory, Kernel, Usage } from "./model/inventory.ts";
export type { Report, TargetReport, WorkItem } from "./model/report.ts";
export { ReportSchema } from "./model/report.ts";
export type { AssessOptions, Knowledge, Scan } from "./pipeline.ts";
export { assess, scan, takeProject } from "./pipeline.ts";
