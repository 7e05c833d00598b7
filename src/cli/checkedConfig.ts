/**
 * A config that was checked before, word for word, is not checked again: reading YAML and checking its shape costs
 * a third of a warm gate.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findConfig } from "../config/find.ts";
import type { Config } from "../config/schema.ts";
import { defaultCacheDir } from "../host/cache.ts";
import { rulesIndex } from "../rules/load.ts";
import type { InventoryFlags } from "./scanOptions.ts";
import { configFor } from "./settings.ts";
import { packageVersion } from "./version.ts";

type Flags = Pick<InventoryFlags, "cache" | "cacheDir" | "config">;

/** Undefined: there is no config, or it cannot be read and the reader will say why. */
function textOf(path: string | undefined): string | undefined {
  try {
    return path === undefined ? undefined : readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function remembered(file: string): Config | undefined {
  try {
    const value = JSON.parse(readFileSync(file, "utf8")) as Partial<Config> | null;
    return value?.version === 1 ? (value as Config) : undefined;
  } catch {
    return undefined;
  }
}

function remember(folder: string, file: string, config: Config): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}.partial`, JSON.stringify(config));
    renameSync(`${file}.${process.pid}.partial`, file);
  } catch {
    // Without a place to remember it, it is checked each time.
  }
}

/** The config of a folder or the one that a flag names. */
export async function checkedConfig(root: string, flags: Flags): Promise<Config> {
  const text = flags.cache ? textOf(flags.config ?? findConfig(root)) : undefined;
  if (text === undefined) return configFor([root], flags.config);
  const folder = join(flags.cacheDir ?? defaultCacheDir(), "config");
  const key = createHash("sha256").update(JSON.stringify([packageVersion(), rulesIndex().ruleset, text]));
  const file = join(folder, `${key.digest("hex").slice(0, 32)}.json`);
  const known = remembered(file);
  if (known) return known;
  const config = await configFor([root], flags.config);
  remember(folder, file, config);
  return config;
}
