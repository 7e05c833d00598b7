/** Variables that stand for a kernel: `auto launched = &kernel<T>;` or `cuModuleGetFunction(&launched, module, "kernel")`. */
import { angleClose } from "./angles.ts";
import { argumentRanges } from "./facts.ts";
import {
  AMPERSAND,
  ARROW,
  BRACE_CLOSE,
  COMMA,
  DOT,
  EQUALS,
  IDENT,
  LESS,
  PAREN_CLOSE,
  PAREN_OPEN,
  SCOPE,
  SEMICOLON,
  STRING,
  type TokenList,
} from "./tokens.ts";

const NO_FUNCTION = /^(?:NULL|nullptr)$/;
/** Tokens that are looked back over for the assignment. */
const FARTHEST = 2000;

/** The kernel that the name at a launch stands for: what it was last given in a block around the launch, or itself. */
export function kernelBehind(tokens: TokenList, name: number, from: number): string {
  const text = tokens.textAt(name);
  for (let at = name - 1; at >= Math.max(from, name - FARTHEST); at--) {
    const kind = tokens.kindAt(at);
    // What other functions and closed blocks assign is theirs.
    if (kind === BRACE_CLOSE && tokens.matchAt(at) >= 0) at = tokens.matchAt(at);
    else if (kind === IDENT && LOADERS.has(tokens.textAt(at))) {
      const loaded = loadedKernel(tokens, at, text);
      if (loaded !== undefined) return loaded;
    } else if (kind === EQUALS && tokens.kindAt(at - 1) === IDENT && tokens.textAt(at - 1) === text) {
      const owner = tokens.kindAt(at - 2);
      if (owner !== DOT && owner !== ARROW) return functionNamed(tokens, at + 1, name) ?? text;
    }
  }
  return text;
}

/** Calls that give a variable (first argument) the kernel of a name (third). */
const LOADERS = new Set(["cuModuleGetFunction", "cuLibraryGetKernel"]);
/** A mangled name holds the plain one behind its length. */
const MANGLED = /^_Z(\d+)(\w+)$/;

function loadedKernel(tokens: TokenList, call: number, variable: string): string | undefined {
  if (tokens.kindAt(call + 1) !== PAREN_OPEN) return undefined;
  const [into, , name] = argumentRanges(tokens, call + 1);
  if (!into || !name || tokens.textAt(into[1] - 1) !== variable || tokens.kindAt(name[0]) !== STRING) return undefined;
  const written = /^"(\w+)"$/.exec(tokens.textAt(name[0]))?.[1];
  const mangled = MANGLED.exec(written ?? "");
  return mangled ? mangled[2]?.slice(0, Number(mangled[1])) : written;
}

/** Last component of the function that an expression is: `&ns::kernel<T>`, `(void *)kernel`, `reinterpret_cast<F>(kernel)`. */
function functionNamed(tokens: TokenList, from: number, to: number): string | undefined {
  let at = from;
  while (tokens.kindAt(at) === AMPERSAND) at += 1;
  if (tokens.kindAt(at) === PAREN_OPEN) at = tokens.matchAt(at) + 1;
  while (tokens.kindAt(at) === AMPERSAND || tokens.kindAt(at) === SCOPE) at += 1;
  let name: string | undefined;
  for (; at > 0 && at < to && tokens.kindAt(at) === IDENT; at += 1) {
    name = tokens.textAt(at);
    let next = at + 1;
    if (tokens.kindAt(next) === LESS) next = angleClose(tokens, next, to) + 1;
    if (next <= 0) return undefined;
    if (tokens.kindAt(next) === PAREN_OPEN && name.endsWith("_cast")) return functionNamed(tokens, next + 1, to);
    if (tokens.kindAt(next) !== SCOPE) return isEnd(tokens.kindAt(next)) && !NO_FUNCTION.test(name) ? name : undefined;
    at = next;
  }
  return undefined;
}

function isEnd(kind: number): boolean {
  return kind === SEMICOLON || kind === COMMA || kind === PAREN_CLOSE;
}
