/** Finding a config must not cost what reading one does. */
import { existsSync } from "node:fs";
import { join } from "node:path";

export const CONFIG_NAME = "portgauge.config.yaml";

/** The config file of a folder, if it has one. */
export function findConfig(folder: string): string | undefined {
  const path = join(folder, CONFIG_NAME);
  return existsSync(path) ? path : undefined;
}
