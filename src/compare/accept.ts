/** Usages that somebody accepted on purpose: by a comment beside the code or by the config. Pure. */
import ignore from "ignore";
import type { Finding } from "../model/finding.ts";
import type { Allowance, GateNotice } from "../model/gate.ts";
import type { Suppression } from "../model/inventory.ts";

export type PlacedSuppression = Suppression & { readonly path: string };

/** True when `name` means the finding: its rule's id with or without the target, or its symbol; a trailing `*` holds for all. */
export function names(name: string, { rule, usage }: Finding): boolean {
  const known = rule ? [usage.symbol, rule.id, rule.id.slice(rule.target.length + 1)] : [usage.symbol];
  if (!name.endsWith("*")) return known.includes(name);
  const prefix = name.slice(0, -1);
  return known.some((one) => one.startsWith(prefix));
}

/** The same line, or the line below a comment of its own. */
function reaches(suppression: PlacedSuppression, { usage }: Finding): boolean {
  const distance = usage.line - suppression.line;
  return usage.path === suppression.path && (distance === 0 || distance === 1);
}

/** Why a suppression does not count; undefined when it does. `today` is an ISO date. */
function flawOf({ rules, reason, until }: Suppression, today: string): GateNotice["code"] | undefined {
  if (rules.length === 0) return "suppression-without-rule";
  if (reason === undefined) return "suppression-without-reason";
  if (until !== undefined && until < today) return "suppression-expired";
  return undefined;
}

const FLAWS: Readonly<Record<string, (suppression: Suppression) => string>> = {
  "suppression-without-rule": () => "names no rule or symbol, so it accepts nothing: portgauge-ignore[NAME] reason: …",
  "suppression-without-reason": () => "has no reason, so it accepts nothing: add `reason: …`",
  "suppression-expired": ({ until }) => `expired on ${until}; settle it or give a new date`,
  "suppression-unused": () => "accepts nothing that stands on this line or the next; remove it",
};

export interface Acceptance {
  readonly accepts: (finding: Finding) => boolean;
  /** What is wrong with the suppressions themselves; asked after all findings were shown to `accepts`. */
  readonly notices: () => GateNotice[];
}

export interface AcceptanceInput {
  readonly suppressions: readonly PlacedSuppression[];
  readonly allowances: readonly Allowance[];
  /** What stands beside suppressions among them, so that one of an old usage is not called unused. */
  readonly findings: readonly Finding[];
  /** Targets that this run does not ask about: suppressions of their rules may be of use to another. */
  readonly otherTargets: readonly string[];
  /** ISO date. */
  readonly today: string;
}

export function acceptance(input: AcceptanceInput): Acceptance {
  const { suppressions, allowances, findings, otherTargets, today } = input;
  const isOthers = (name: string) => otherTargets.some((id) => name.startsWith(`${id}:`));
  const byPath = new Map<string, PlacedSuppression[]>();
  for (const one of suppressions) byPath.set(one.path, [...(byPath.get(one.path) ?? []), one]);
  const allowed = allowances.map(({ rule, paths }) => ({ rule, matcher: ignore().add([...paths]) }));
  const suppressorsOf = (finding: Finding) =>
    (byPath.get(finding.usage.path) ?? []).filter(
      (one) => reaches(one, finding) && one.rules.some((name) => names(name, finding)),
    );
  const used = new Set(findings.flatMap(suppressorsOf));
  return {
    accepts: (finding) =>
      suppressorsOf(finding).some((one) => flawOf(one, today) === undefined) ||
      allowed.some(({ rule, matcher }) => names(rule, finding) && matcher.ignores(finding.usage.path)),
    notices: () =>
      suppressions.flatMap((one) => {
        const idle = !used.has(one) && !one.rules.some(isOthers);
        const code = flawOf(one, today) ?? (idle ? "suppression-unused" : undefined);
        if (code === undefined) return [];
        const message = `portgauge-ignore[${one.rules.join(", ")}] ${FLAWS[code]?.(one) ?? code}`;
        return [{ code, message, path: one.path, line: one.line }];
      }),
  };
}
