/** Launches as usages, with what the code around them says. */
import type { LauncherFunction } from "../../model/inventory.ts";
import { invokedLaunches, type LaunchMacros, launchesIn } from "./launches.ts";
import type { Stretch } from "./names.ts";
import type { UsageSink } from "./sink.ts";
import { IDENT } from "./tokens.ts";

const CLUSTER_ATTRIBUTES = ["cudaLaunchAttributeClusterDimension", "CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION"];
/** Tokens before a launch that set up its configuration. */
const LONGEST_SETUP = 2000;

/** True when the function that launches names the cluster attribute before it. */
function inCluster({ tokens, from, placeAt }: Stretch, launch: number): boolean {
  if (!CLUSTER_ATTRIBUTES.some((name) => tokens.names.has(name))) return false;
  const { scope } = placeAt(launch);
  for (let at = launch; at > Math.max(from, launch - LONGEST_SETUP); at--) {
    if (tokens.kindAt(at) === IDENT && CLUSTER_ATTRIBUTES.includes(tokens.textAt(at)))
      return placeAt(at).scope === scope;
  }
  return false;
}

/** Puts the launches of a stretch into the sink; returns the functions that launch one of their parameters. */
export function collectLaunches(stretch: Stretch, sink: UsageSink, launchers: LaunchMacros): LauncherFunction[] {
  const { tokens, from, to, hidden } = stretch;
  const found: LauncherFunction[] = [];
  for (const { kernel, token, facts } of [
    ...launchesIn(tokens, from, to),
    ...invokedLaunches(tokens, from, to, launchers),
  ]) {
    if (hidden.has(kernel)) continue;
    const isResolved = tokens.textAt(token) !== kernel;
    const parameter = isResolved ? undefined : stretch.launcherAt(token);
    const launcher = parameter ?? (facts.form === "macro" ? undefined : stretch.variableAt(token, isResolved));
    if (launcher) found.push({ ...launcher, ...sink.positionOf(tokens, token) });
    const unknown = parameter ? "parameter" : launcher && !isResolved ? "variable" : undefined;
    const all = {
      ...facts,
      ...(unknown ? { kernel: unknown } : {}),
      ...(facts.form === "api" && inCluster(stretch, token) ? { cluster: true } : {}),
    };
    sink.add({ kind: "launch", symbol: kernel, family: "runtime", facts: all }, stretch.placeAt(token), tokens, token);
  }
  return found;
}
