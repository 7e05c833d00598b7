import { hipify } from "./hipify.ts";
import type { Importer } from "./importer.ts";

/** Every upstream that `rules import` knows: one file each. */
export const IMPORTERS: ReadonlyMap<string, Importer> = new Map([hipify].map((importer) => [importer.id, importer]));
