import type { TargetManifest } from "../model/rule.ts";
import type { Knowledge } from "../pipeline.ts";
import { loadEffortModel } from "../rules/effortModel.ts";
import { loadCatalog, loadRuleSet, rulesIndex } from "../rules/load.ts";
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

/** The shipped knowledge; each part is read when it is first asked for. */
export function shippedKnowledge(): Knowledge {
  const parts = once((part: "catalog" | "model") => (part === "catalog" ? loadCatalog() : loadEffortModel()));
  return {
    version: packageVersion(),
    ruleset: rulesIndex().ruleset,
    get catalog() {
      return parts("catalog") as Knowledge["catalog"];
    },
    get model() {
      return parts("model") as Knowledge["model"];
    },
    ruleSetOf: once(loadRuleSet),
  };
}

/** Manifests of all shipped targets by id. */
export function manifestsOf(knowledge: Knowledge): ReadonlyMap<string, TargetManifest> {
  return new Map(rulesIndex().targets.map((id) => [id, knowledge.ruleSetOf(id).manifest]));
}
