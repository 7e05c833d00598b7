/** Flags beat the config file, which beats defaults. (Flags already hold `PORTGAUGE_*` variables.) */

import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { findConfig } from "../config/find.ts";
import type { Config, TargetConfig } from "../config/schema.ts";
import type { Scan, TargetRequest } from "../pipeline.ts";
import { shippedManifests } from "./knowledge.ts";
import type { AssessFlags, InventoryFlags } from "./scanOptions.ts";
import { resolveTargets } from "./targets.ts";

const NO_CONFIG: Config = { version: 1 };

/** The config that holds for the scanned roots: the one named, else the first root's own. Its reader is loaded only for it. */
export async function configFor(roots: readonly string[], named: string | undefined): Promise<Config> {
  const [first = "."] = roots;
  const path = named ?? findConfig(folderOf(first));
  if (path === undefined) return NO_CONFIG;
  const { loadConfig } = await import("../config/load.ts");
  return loadConfig(path);
}

function folderOf(path: string): string {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile ? dirname(resolve(path)) : path;
}

/** What to read and how the project is cut into parts. */
export function projectSettings(
  roots: readonly string[],
  flags: InventoryFlags,
  config: Config,
): Pick<Scan, "discover" | "project"> {
  return {
    discover: {
      roots,
      include: flags.include ?? [],
      exclude: [...(config.exclude ?? []), ...(flags.exclude ?? [])],
    },
    project: {
      components: config.components ?? {},
      vendoredGlobs: config.vendored ?? [],
      vendored: flags.vendored ?? "count",
    },
  };
}

function specOf({ id, version, variant }: TargetConfig): string {
  return `${id}${version === undefined ? "" : `@${version}`}${variant === undefined ? "" : `:${variant}`}`;
}

/** Targets by flag, else by config, else all; what the config says of a target holds for it either way. */
function targetRequests(flags: AssessFlags, config: Config): TargetRequest[] {
  const manifests = shippedManifests();
  const configured = config.targets ?? [];
  const specs =
    flags.target ?? (configured.length > 0 ? configured.map(specOf) : [...inDefaultOrder(manifests.keys())]);
  return resolveTargets(specs, manifests).map((target) => {
    const own = configured.find(
      ({ id, variant }) => id === target.id && (variant ?? target.variant) === target.variant,
    );
    const strategy = flags.strategy ?? own?.strategy;
    const minEvidence = flags.minEvidence ?? own?.minEvidence;
    return {
      target,
      ...(strategy === undefined ? {} : { strategy }),
      ...(minEvidence === undefined ? {} : { minEvidence }),
    };
  });
}

/** The order of the contract: nearest to CUDA first; further targets by name. */
const ORDER = ["hip", "tt-metalium", "groq", "cerebras", "rebellions"];
function inDefaultOrder(ids: Iterable<string>): string[] {
  const place = (id: string) => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length);
  return [...ids].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

/** What is asked of the targets. */
export function assessSettings(flags: AssessFlags & Pick<InventoryFlags, "tests">, config: Config): Scan["assess"] {
  return {
    targets: targetRequests(flags, config),
    workload: flags.workload ?? config.workload ?? "auto",
    goal: flags.goal ?? config.goal ?? "functional",
    team: flags.team ?? config.team ?? "cuda",
    tests: flags.tests ?? config.tests ?? "separate",
  };
}

/** Folders of the user's own rules. */
export function ruleFolders(flags: AssessFlags, config: Config): string[] {
  return [...(config.rules ?? []), ...(flags.rules ?? [])];
}
