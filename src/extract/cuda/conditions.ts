/** Conditions of `#if` in a normal form, kept only as far as they speak of a target. */
import type { Directive, Lexed } from "./lexed.ts";
import { AMPERSAND, HASH, IDENT, PAREN_CLOSE, PAREN_OPEN, type TokenList } from "./tokens.ts";

export type Condition =
  | { readonly kind: "atom"; readonly text: string; readonly speaks: boolean }
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] };

const PIPE = 124;
const EXCLAMATION = 33;

/** Words between underscores that make a macro one of a target's. */
const TARGET_WORDS = new Set(
  (
    "HIP ROCM HIPCC HIPBLAS HIPBLASLT HIPRAND HIPSPARSE HIPFFT HCC AMDGPU TENSTORRENT METALIUM TTNN BLACKHOLE WORMHOLE " +
    "RBLN REBELLIONS GROQ CEREBRAS"
  ).split(" "),
);
/** Endings of include guards, which speak of nothing. */
const GUARD_ENDINGS = new Set(["H", "HPP", "HXX", "HH", "CUH", "INC", "INCLUDED", "DEFINITIONS"]);

/** True for `USE_ROCM`, `__HIP_PLATFORM_AMD__`, `TT_METAL`, … and not for `MY_HIP_HELPERS_H`. */
export function speaksOfTarget(name: string): boolean {
  const words = name
    .toUpperCase()
    .split("_")
    .filter((word) => word !== "");
  if (GUARD_ENDINGS.has(words.at(-1) ?? "")) return false;
  return words.some((word, at) => TARGET_WORDS.has(word) || (word === "TT" && words[at + 1] === "METAL"));
}

/** Says nothing of any target. */
export const SILENT: Condition = { kind: "atom", text: "", speaks: false };

/** The condition of `#if`, `#ifdef`, `#ifndef` or `#elif`. */
export function conditionOf(lexed: Lexed, directive: Directive): Condition {
  const tokens = lexed.directiveTokens;
  const { name, from, to } = directive;
  if (name.endsWith("def")) {
    const atom = atomOf(tokens.textAt(from), tokens.textAt(from));
    return name.endsWith("ndef") ? negated(atom) : atom;
  }
  return new ConditionParser(tokens, from, to).parse();
}

function atomOf(text: string, name: string): Condition {
  return { kind: "atom", text, speaks: speaksOfTarget(name) };
}

export function negated(condition: Condition): Condition {
  return condition.kind === "not" ? condition.of : { kind: "not", of: condition };
}

/** Nested parentheses beyond this are not followed. */
const DEEPEST = 64;

class ConditionParser {
  readonly #tokens: TokenList;
  readonly #to: number;
  #at: number;
  #depth = 0;

  constructor(tokens: TokenList, from: number, to: number) {
    this.#tokens = tokens;
    this.#at = from;
    this.#to = to;
  }

  parse(): Condition {
    return this.#chain("or", PIPE, () => this.#chain("and", AMPERSAND, () => this.#unary()));
  }

  #chain(kind: "and" | "or", operator: number, next: () => Condition): Condition {
    const parts = [next()];
    while (this.#kind() === operator && this.#tokens.kindAt(this.#at + 1) === operator) {
      this.#at += 2;
      parts.push(next());
    }
    return parts.length === 1 ? (parts[0] as Condition) : { kind, parts };
  }

  #kind(): number {
    return this.#at < this.#to ? this.#tokens.kindAt(this.#at) : 0;
  }

  #unary(): Condition {
    let negations = 0;
    while (this.#kind() === EXCLAMATION && this.#tokens.kindAt(this.#at + 1) !== 61) {
      negations += 1;
      this.#at += 1;
    }
    const condition = this.#primary();
    return negations % 2 === 1 ? negated(condition) : condition;
  }

  #primary(): Condition {
    if (this.#kind() === PAREN_OPEN && this.#depth < DEEPEST && !this.#isArithmetic()) {
      this.#at += 1;
      this.#depth += 1;
      const inner = this.parse();
      this.#depth -= 1;
      if (this.#kind() === PAREN_CLOSE) this.#at += 1;
      return inner;
    }
    if (this.#tokens.textAt(this.#at) === "defined") return this.#defined();
    return this.#comparison();
  }

  #defined(): Condition {
    const paren = this.#tokens.kindAt(this.#at + 1) === PAREN_OPEN;
    const name = this.#tokens.textAt(this.#at + (paren ? 2 : 1));
    this.#at += paren ? 4 : 2;
    return atomOf(name, name);
  }

  /** `(A + 1) > 2`: the parenthesis is arithmetic when an operator other than `&&`, `||`, `)` follows it. */
  #isArithmetic(): boolean {
    const close = this.#tokens.matchAt(this.#at);
    if (close < 0 || close + 1 >= this.#to) return false;
    const after = this.#tokens.kindAt(close + 1);
    return after !== AMPERSAND && after !== PIPE && after !== PAREN_CLOSE && after !== HASH;
  }

  /** Everything up to the next `&&`, `||` or closing parenthesis, as one atom. */
  #comparison(): Condition {
    const words: string[] = [];
    let speaker = "";
    for (let depth = 0; this.#at < this.#to; this.#at++) {
      const kind = this.#kind();
      const isDouble = (kind === AMPERSAND || kind === PIPE) && this.#tokens.kindAt(this.#at + 1) === kind;
      if (depth === 0 && (isDouble || kind === PAREN_CLOSE)) break;
      if (kind === PAREN_OPEN) depth += 1;
      if (kind === PAREN_CLOSE) depth -= 1;
      const text = this.#tokens.textAt(this.#at);
      if (kind === IDENT && speaker === "" && speaksOfTarget(text)) speaker = text;
      words.push(text);
    }
    if (words.length === 0) this.#at += 1;
    return { kind: "atom", text: spaced(words), speaks: speaker !== "" };
  }
}

function spaced(words: readonly string[]): string {
  return words
    .join(" ")
    .replace(/([<>=!]) =/g, "$1=")
    .replace(/ ?([(),]) ?/g, "$1");
}

/** A guard in normal form from its parts, all of which hold. */
export function guardText(parts: readonly string[]): string | undefined {
  if (parts.length < 2) return parts[0];
  return parts.map((part) => (part.includes(" || ") ? `(${part})` : part)).join(" && ");
}

/** The parts of a condition that speak of targets: what stands between its outermost `&&`. */
export function speakingParts(condition: Condition): string[] {
  return conjuncts(condition, true);
}

/** Top-level conjuncts that speak, rendered. */
function conjuncts(condition: Condition, positive: boolean): string[] {
  if (condition.kind === "not") return conjuncts(condition.of, !positive);
  if (condition.kind === (positive ? "and" : "or")) {
    return condition.parts.flatMap((part) => conjuncts(part, positive));
  }
  if (!speaks(condition)) return [];
  return [render(condition, positive)];
}

function speaks(condition: Condition): boolean {
  if (condition.kind === "atom") return condition.speaks;
  return condition.kind === "not" ? speaks(condition.of) : condition.parts.some(speaks);
}

function render(condition: Condition, positive: boolean): string {
  if (condition.kind === "not") return render(condition.of, !positive);
  if (condition.kind === "atom") {
    if (positive) return condition.text;
    return /^[\w.]+$/.test(condition.text) ? `!${condition.text}` : `!(${condition.text})`;
  }
  const isOr = condition.kind === (positive ? "or" : "and");
  const parts = condition.parts.map((part) => {
    const text = render(part, positive);
    return part.kind === "atom" || isOr ? text : `(${text})`;
  });
  return parts.join(isOr ? " || " : " && ");
}
