/** Keys of a symbol table's sources and notes: `s1`, `s2`, … in order of first use. */
export function shortKeys(prefix: string) {
  const keys = new Map<string, string>();
  const keyOf = (value: string): string => {
    const known = keys.get(value) ?? `${prefix}${keys.size + 1}`;
    keys.set(value, known);
    return known;
  };
  return { keys, keyOf };
}
