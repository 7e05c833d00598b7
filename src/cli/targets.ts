import { inVersionRange } from "../match/select.ts";
import { nearNames } from "../model/nearNames.ts";
import type { TargetManifest } from "../model/rule.ts";
import type { ResolvedTarget } from "../model/target.ts";
import { UserError } from "../model/userError.ts";

/** A target as a user writes it: `hip`, `hip:gfx942`, `hip@7.0:gfx942`. */
interface TargetSpec {
  readonly id: string;
  readonly version?: string;
  readonly variant?: string;
}

function parseTargetSpec(text: string): TargetSpec | undefined {
  const parts = /^([\w-]+)(?:@([^:]+))?(?::([\w-]+))?$/.exec(text.trim());
  if (!parts) return undefined;
  const [, id = "", version, variant] = parts;
  return { id, ...(version ? { version } : {}), ...(variant ? { variant } : {}) };
}

function suggestion(word: string, names: readonly string[]): string {
  const [near] = nearNames(word, names);
  return near ? ` Did you mean ${near}?` : "";
}

/** What is wrong with a spec, in one line; undefined when nothing is. */
function problemOf(spec: TargetSpec, manifests: ReadonlyMap<string, TargetManifest>): string | undefined {
  const manifest = manifests.get(spec.id);
  if (!manifest) {
    const ids = [...manifests.keys()];
    return `unknown target "${spec.id}".${suggestion(spec.id, ids)} Known: ${ids.join(", ")}`;
  }
  const variants = manifest.variants.map((variant) => variant.id);
  if (spec.variant && !variants.includes(spec.variant)) {
    return `target ${spec.id} has no variant "${spec.variant}".${suggestion(spec.variant, variants)} Known: ${variants.join(", ")}`;
  }
  if (spec.version && !/^\d+(\.\d+)*$/.test(spec.version)) {
    return `target ${spec.id}: "${spec.version}" is not a version; write it as ${spec.id}@${manifest.version}`;
  }
  if (spec.version && !isKnownVersion(spec.version, manifest)) {
    const [oldest, newest] = manifest.versions ?? [];
    return `target ${spec.id} has no rules for version ${spec.version}. Known: ${oldest} to ${newest}; default ${manifest.version}`;
  }
  return undefined;
}

/** A patch release counts as its minor release. */
function isKnownVersion(version: string, { versions }: TargetManifest): boolean {
  if (!versions) return true;
  const [oldest, newest] = versions;
  const release = version.split(".").slice(0, newest.split(".").length).join(".");
  return inVersionRange(release, `>=${oldest} <=${newest}`);
}

/** Fills in defaults; throws one UserError that names every problem. The same key twice counts once. */
export function resolveTargets(
  specs: readonly string[],
  manifests: ReadonlyMap<string, TargetManifest>,
): ResolvedTarget[] {
  const problems: string[] = [];
  const resolved = new Map<string, ResolvedTarget>();
  for (const text of specs) {
    const spec = parseTargetSpec(text);
    if (!spec) {
      problems.push(`"${text}" is not a target; write ID, ID:VARIANT or ID@VERSION:VARIANT`);
      continue;
    }
    const manifest = manifests.get(spec.id);
    const problem = problemOf(spec, manifests);
    if (problem !== undefined || !manifest) {
      problems.push(problem ?? text);
      continue;
    }
    const version = spec.version ?? manifest.version;
    const variant = spec.variant ?? manifest.variant;
    const key = `${spec.id}@${version}:${variant}`;
    resolved.set(key, { id: spec.id, version, variant, key });
  }
  if (problems.length > 0) throw new UserError(problems.join("\n"), "portgauge scan --help lists targets and variants");
  return [...resolved.values()];
}
