import { InvalidArgumentError } from "commander";

/** Collects a repeatable option that also takes a comma list. An unset shell variable must not pass as "nothing wanted". */
export function listed(value: string, previous: readonly string[] | undefined): string[] {
  const values = value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  if (values.length === 0) throw new InvalidArgumentError("It names nothing.");
  return [...(previous ?? []), ...values];
}
