/** Collects a repeatable option that also takes a comma list. */
export function listed(value: string, previous: readonly string[] | undefined): string[] {
  const values = value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return [...(previous ?? []), ...values];
}
