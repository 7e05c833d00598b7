import { FLAGS } from "../build/patterns/toolchain.ts";

/** The flag of nvcc that a string of a `setup.py` or loader is; undefined for any other string. */
export function compilerFlag(text: string): string | undefined {
  if (!text.startsWith("-") || text.length > 100) return undefined;
  for (const { find, symbol, listed } of FLAGS) {
    if (listed) continue; // libraries of the linker: named in `libraries=` here
    find.lastIndex = 0;
    const found = find.exec(text);
    if (found?.index === 0) return symbol.replace("$name", found.groups?.name ?? "");
  }
  return undefined;
}
