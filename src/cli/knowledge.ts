import { createHash } from "node:crypto";
import type { Rule, TargetManifest } from "../model/rule.ts";
import type { Knowledge } from "../pipeline.ts";
import { loadEffortModel } from "../rules/effortModel.ts";
import { loadCatalog, loadManifests, loadRuleSetData, rulesIndex } from "../rules/load.ts";
import { buildRuleSet } from "../rules/ruleSet.ts";
import { packageVersion } from "./version.ts";

function once<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

/** The shipped knowledge with a user's rules laid over it; each part is read when it is first asked for. */
export function knowledgeWith(own: ReadonlyMap<string, readonly Rule[]> = new Map()): Knowledge {
  const parts = once((part: "catalog" | "model") => (part === "catalog" ? loadCatalog() : loadEffortModel()));
  return {
    version: packageVersion(),
    ruleset: rulesetDigest(own),
    get catalog() {
      return parts("catalog") as Knowledge["catalog"];
    },
    get model() {
      return parts("model") as Knowledge["model"];
    },
    ruleSetOf: once((target) => {
      const shipped = loadRuleSetData(target);
      return buildRuleSet({ ...shipped, rules: [...shipped.rules, ...(own.get(target) ?? [])] });
    }),
  };
}

/** A user's rules change what a report says, so they change the digest that it carries. */
function rulesetDigest(own: ReadonlyMap<string, readonly Rule[]>): string {
  const { ruleset } = rulesIndex();
  if (own.size === 0) return ruleset;
  return (
    createHash("sha256")
      .update(ruleset)
      // Where a user keeps the rules changes no report.
      .update(JSON.stringify([...own], (key, value) => (key === "file" ? undefined : value)))
      .digest("hex")
  );
}

/** Knowledge with the rules of these folders, if any; the reader of rule files is loaded only for them. */
export async function shippedKnowledge(dirs: readonly string[] = []): Promise<Knowledge> {
  if (dirs.length === 0) return knowledgeWith();
  const { loadUserRules } = await import("../rules/userRules.ts");
  return knowledgeWith(loadUserRules(dirs, rulesIndex().targets));
}

/** Manifests of all shipped targets by id; no rule is read for them. */
export function shippedManifests(): ReadonlyMap<string, TargetManifest> {
  return new Map(loadManifests().map((manifest) => [manifest.id, manifest]));
}
