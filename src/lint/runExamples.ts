/** Runs rules' hit and miss examples through the real scanner. */
import { inspect } from "../extract/inspect.ts";
import { link } from "../link/link.ts";
import { match } from "../match/match.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Example, Rule, RuleSet } from "../model/rule.ts";
import type { ResolvedTarget } from "../model/target.ts";
import type { Language } from "../model/vocabulary.ts";
import type { LintFinding } from "./lintRules.ts";

const PATHS: Partial<Record<Language, string>> = {
  cuda: "example.cu",
  cpp: "example.cpp",
  python: "example.py",
  cmake: "CMakeLists.txt",
  make: "Makefile",
  docker: "Dockerfile",
  shell: "example.sh",
  yaml: "example.yml",
  toml: "pyproject.toml",
  requirements: "requirements.txt",
  bazel: "BUILD",
  meson: "meson.build",
};

/** A version and variant on which the rule holds. */
function targetFor(rule: Rule, { manifest }: RuleSet): ResolvedTarget {
  const variant = rule.when?.variant?.[0] ?? manifest.variant;
  const version = versionIn(rule.when?.version) ?? manifest.version;
  return { id: manifest.id, version, variant, key: `${manifest.id}@${version}:${variant}` };
}

/** A version inside a range such as `>=7.0` or `<7.0`. */
function versionIn(range: string | undefined): string | undefined {
  const least = /(?:>=|=)\s*([\d.]+)/.exec(range ?? "")?.[1];
  if (least !== undefined) return least;
  const below = /<=?\s*(\d+)(?:\.(\d+))?/.exec(range ?? "");
  if (!below) return undefined;
  const [major, minor] = [Number(below[1]), Number(below[2] ?? 0)];
  return minor > 0 ? `${major}.${minor - 1}` : `${major - 1}.99`;
}

function rulesSelected(example: Example, rule: Rule, ruleSet: RuleSet, catalog: Catalog): string[] {
  const { lang, code } = typeof example === "string" ? { lang: "cuda", code: example } : example;
  const language = lang as Language;
  const path = PATHS[language] ?? `example.${language}`;
  const file = inspect({ path, language, text: `${code}\n`, bytes: code.length }, catalog);
  const inventory = link({
    files: [file],
    placeOf: () => ({ vendored: false, test: false }),
    componentOf: () => "example",
    skipped: [],
    diagnostics: [],
  });
  const findings = match(inventory, ruleSet, {
    target: targetFor(rule, ruleSet),
    canonicalOf: (symbol) => catalog.operators.get(symbol),
  });
  return findings.flatMap(({ rule, beside = [] }) => (rule ? [rule.id, ...beside.map(({ id }) => id)] : []));
}

const shown = (example: Example) => JSON.stringify(typeof example === "string" ? example : example.code);

export function runExamples(ruleSet: RuleSet, catalog: Catalog): LintFinding[] {
  return ruleSet.rules.flatMap((rule) => {
    const hits = (rule.hit ?? []).flatMap((example) => {
      const selected = rulesSelected(example, rule, ruleSet, catalog);
      if (selected.includes(rule.id)) return [];
      const instead = selected.length > 0 ? `selects ${[...new Set(selected)].join(", ")}` : "selects no rule";
      return [{ rule: rule.id, problem: `hit example ${instead}: ${shown(example)}` }];
    });
    const misses = (rule.miss ?? [])
      .filter((example) => rulesSelected(example, rule, ruleSet, catalog).includes(rule.id))
      .map((example) => ({ rule: rule.id, problem: `miss example selects the rule: ${shown(example)}` }));
    return [...hits, ...misses];
  });
}
