/** Limits per target from the config and `--fail-on`. */
import type { Config, TargetConfig } from "../config/schema.ts";
import type { GateTargetRequest } from "../gate.ts";
import type { TargetPolicy } from "../model/gate.ts";
import { nearNames } from "../model/nearNames.ts";
import { UserError } from "../model/userError.ts";
import type { TargetRequest } from "../pipeline.ts";
import { GATE_FAIL_ON } from "./gateOptions.ts";

const NO_LIMIT = Number.MAX_SAFE_INTEGER;

export function checkGateFailOn(wanted: readonly string[]): void {
  const problems = wanted
    .filter((word) => !(GATE_FAIL_ON as readonly string[]).includes(word))
    .map((word) => {
      const [near] = nearNames(word, GATE_FAIL_ON);
      return `--fail-on: unknown "${word}".${near ? ` Did you mean ${near}?` : ""} Known: ${GATE_FAIL_ON.join(", ")}`;
    });
  if (problems.length > 0) throw new UserError(problems.join("\n"));
}

function configured({ mode, maxDays, maxBlockers, maxSilent, failOnUnknown }: TargetConfig): TargetPolicy {
  return {
    mode,
    ...(maxDays === undefined ? {} : { maxDays }),
    ...(maxBlockers === undefined ? {} : { maxBlockers }),
    ...(maxSilent === undefined ? {} : { maxSilent }),
    ...(failOnUnknown === undefined ? {} : { failOnUnknown }),
  };
}

/** `--fail-on` says which kinds fail at the first one; days stay as configured. */
function overridden(policy: TargetPolicy, failOn: readonly string[]): TargetPolicy {
  return {
    ...policy,
    maxBlockers: failOn.includes("blocked") ? 0 : NO_LIMIT,
    maxSilent: failOn.includes("silent") ? 0 : NO_LIMIT,
    failOnUnknown: failOn.includes("unknown"),
    ...(failOn.includes("none") ? { maxDays: NO_LIMIT } : {}),
  };
}

export function withPolicies(
  requests: readonly TargetRequest[],
  config: Config,
  failOn: readonly string[] | undefined,
): GateTargetRequest[] {
  return requests.map((request) => {
    const { target } = request;
    const own = config.targets?.find(
      ({ id, variant }) => id === target.id && (variant ?? target.variant) === target.variant,
    );
    const policy: TargetPolicy = own ? configured(own) : { mode: "fail" };
    return { ...request, policy: failOn === undefined ? policy : overridden(policy, failOn) };
  });
}
