/** SARIF 2.1.0 of a gate: one result per reason, what fails before what is only watched. */

import type { GateNotice, GateResult } from "../../model/gate.ts";
import type { Rule } from "../../model/rule.ts";
import { shortHash } from "../../model/shortHash.ts";
import { inMarkdown, MOST_RESULTS, SCHEMA, uriOf } from "../formats/sarif.ts";
import { visible } from "../formats/visible.ts";
import { allReasons, type GateFormat, nameOf, type PlacedReason, verdictLine } from "./gateFormat.ts";
import { printableJson } from "./json.ts";

function ruleIdOf({ target, reason }: PlacedReason): string {
  return reason.rule ?? `${target.id}:no-rule`;
}

function helpLines(rule: Rule | undefined, { reason }: PlacedReason): string[] {
  if (!rule) return [reason.why, `Way out: ${reason.wayOut}`].map(visible);
  return [
    ...(rule.why ? [rule.why] : []),
    ...(rule.silentRisk ? [`Silent risk: ${rule.silentRisk}`] : []),
    ...(rule.replacement ? [`Replacement: ${rule.replacement}`] : []),
    ...(rule.waysOut ?? []).map((way) => `Way out: ${way.title}`),
    ...rule.evidence.map(({ level, source, asOf }) => `Evidence (${level}, ${asOf}): ${source}`),
  ].map(visible);
}

function descriptorOf(placed: PlacedReason, rule: Rule | undefined): object {
  const lines = helpLines(rule, placed);
  return {
    id: ruleIdOf(placed),
    shortDescription: { text: visible(rule?.title ?? `${placed.reason.symbol} on ${placed.target.id}`) },
    fullDescription: { text: lines.join(" ") },
    help: { text: lines.join("\n"), markdown: lines.map((line) => `- ${inMarkdown(line)}`).join("\n") },
    properties: { tags: ["portgauge", placed.target.id] },
  };
}

function locationOf(path: string, line: number | undefined): object {
  const artifactLocation = { uri: uriOf(path), uriBaseId: "%SRCROOT%" };
  return { physicalLocation: { artifactLocation, ...(line === undefined ? {} : { region: { startLine: line } }) } };
}

function notificationOf({ code, message, path, line }: GateNotice): object {
  return {
    level: "warning",
    descriptor: { id: code },
    message: { text: visible(message) },
    ...(path === undefined ? {} : { locations: [locationOf(path, line)] }),
  };
}

/** Survives line shifts: path, symbol, rule, target and the ordinal among equals. */
function fingerprints(placed: readonly PlacedReason[]): string[] {
  const seen = new Map<string, number>();
  return placed.map(({ target, reason }) => {
    const key = [reason.path, reason.symbol, reason.rule, target.id, target.variant].join("\0");
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return shortHash(`${key}\0${ordinal}`);
  });
}

function runOf(result: GateResult, placed: readonly PlacedReason[], options: Parameters<GateFormat>[1]): object {
  const first = new Map(placed.map((one) => [ruleIdOf(one), one] as const).reverse());
  const ids = [...first.keys()].sort();
  const prints = fingerprints(placed);
  return {
    tool: {
      driver: {
        name: "portgauge",
        ...(options.version ? { version: options.version, semanticVersion: options.version } : {}),
        rules: ids.flatMap((id) => {
          const one = first.get(id);
          return one ? [descriptorOf(one, options.ruleOf?.(id))] : [];
        }),
      },
    },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { "%SRCROOT%": { description: { text: "Root of the repository" } } },
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: result.notices.map(notificationOf) }],
    results: placed.map((one, index) => ({
      ruleId: ruleIdOf(one),
      ruleIndex: ids.indexOf(ruleIdOf(one)),
      level: one.target.pass ? "note" : "error",
      message: {
        text: visible(
          `${nameOf(result, one.target)}: ${one.reason.symbol}: ${one.reason.why}. Way out: ${one.reason.wayOut}`,
        ),
      },
      locations: [locationOf(one.reason.path, one.reason.line)],
      partialFingerprints: { "portgaugeGate/v1": prints[index] },
      properties: { target: `${one.target.id}@${one.target.version}:${one.target.variant}` },
    })),
    properties: { base: result.base, head: result.head, pass: result.pass, verdict: verdictLine(result) },
  };
}

export const sarif: GateFormat = (result, options) => {
  const reasons = allReasons(result);
  const ordered = [...reasons.filter(({ target }) => !target.pass), ...reasons.filter(({ target }) => target.pass)];
  const run = runOf(result, ordered.slice(0, MOST_RESULTS), options);
  return printableJson({ $schema: SCHEMA, version: "2.1.0", runs: [run] });
};
