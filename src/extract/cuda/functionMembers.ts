/** Members of a type that stand for device functions: `static constexpr dot_t dot = dotOfBytes<N>;` in a traits type. */
import type { DeviceFunction } from "../../model/inventory.ts";
import type { Structure } from "./scopes.ts";
import { AMPERSAND, BRACE_OPEN, EQUALS, IDENT, type TokenList } from "./tokens.ts";

/** What lends a member's features to those who call it: the function that it stands for. */
export function functionMembers(code: TokenList, { types, functions }: Structure): DeviceFunction[] {
  const device = new Set(functions.filter(({ isDevice }) => isDevice).map(({ name }) => name));
  if (device.size === 0 || !code.names.has("static")) return [];
  const members = new Map<string, DeviceFunction>();
  for (const { kind, name: owner, open, close } of types) {
    if (kind !== "type") continue;
    for (let at = open + 1; at < close; at++) {
      if (code.kindAt(at) === BRACE_OPEN) at = Math.max(at, code.matchAt(at));
      if (code.kindAt(at) !== EQUALS || code.kindAt(at - 1) !== IDENT) continue;
      const target = code.textAt(code.kindAt(at + 1) === AMPERSAND ? at + 2 : at + 1);
      if (!device.has(target)) continue;
      const name = `${owner}::${code.textAt(at - 1)}`;
      const line = code.lineAt(at - 1);
      const calls = [...new Set([...(members.get(name)?.calls ?? []), target])];
      members.set(name, { name, line, endLine: line, sloc: 0, features: [], calls });
    }
  }
  return [...members.values()];
}
