import { Blocks } from "./blocks.ts";
import { type CallContext, evaluateCall } from "./calls.ts";
import { compilerFlag } from "./compilerFlags.ts";
import { maybeProjects } from "./exports.ts";
import { both, conditionOf, conditionOfComparison, conditionOfEither, MAY_GUARD, negate, negated } from "./guards.ts";
import { isVariable } from "./hostCalls.ts";
import { customaryName } from "./imports.ts";
import type { Names } from "./names.ts";
import { FileReport } from "./report.ts";
import { Scopes } from "./scopes.ts";
import type { Argument, ExpressionSemantics } from "./semantics.ts";
import { literalText, literalTokens, stringUsage } from "./strings.ts";
import { TENSOR_ATTRIBUTES } from "./tensors.ts";
import { AT, BAR, KEYWORDS, PERCENT, PLUS, type Tokens } from "./tokens.ts";
import { type Draft, isData, MASK, MAYBE_TENSOR, NOTHING, TENSOR, tensorOf, UNKNOWN, type Value } from "./value.ts";

/** Attributes by which code asks where a tensor lives. */
const DEVICE_ATTRIBUTES = new Set(["is_cuda"]);

/** Evaluates expressions to what their text tells, and reports the names and strings of NVIDIA's stack on the way. */
export class Evaluator implements ExpressionSemantics<Value>, CallContext {
  readonly tokens: Tokens;
  readonly names: Names;
  readonly scopes = new Scopes();
  readonly blocks = new Blocks();
  readonly report: FileReport;
  /** The file may hold conditions on targets at all. */
  readonly guarded: boolean;
  /** The file compiles CUDA: its strings may be flags. */
  readonly builds: boolean;
  /** Names may come from a star import of a module of the project. */
  starred = false;
  /** Inside a type annotation: names there are no use. */
  annotation = 0;

  constructor(tokens: Tokens, names: Names) {
    this.tokens = tokens;
    this.names = names;
    this.report = new FileReport(tokens, this.scopes, this.blocks);
    this.guarded = MAY_GUARD.test(tokens.text);
    this.builds = /CUDAExtension|cpp_extension|nvcc/.test(tokens.text);
  }

  name(token: number): Value {
    const name = this.tokens.textAt(token);
    const bound = this.scopes.lookUp(name);
    if (bound === undefined && this.starred) {
      const customary = customaryName(name);
      if (customary !== undefined) return { kind: "name", name: customary, token, spelled: true };
    }
    if (bound === undefined || bound.kind === "unknown") return { kind: "free", name, token };
    if (bound.kind === "name") return { kind: "name", name: bound.name, token, spelled: bound.spelled };
    return bound.kind === "string" ? { ...bound, held: true } : bound;
  }

  strings(first: number, last: number): Value {
    const text = literalTokens(this.tokens, first, last).map((token) => literalText(this.tokens.textAt(token)));
    return { kind: "string", text: text.join(""), first, last };
  }

  constant(token: number): Value {
    return { kind: "constant", text: this.tokens.textAt(token) };
  }

  attribute(base: Value, token: number): Value {
    const name = this.tokens.textAt(token);
    switch (base.kind) {
      case "name":
        if (base.name === "torch.version.cuda") return { kind: "attribute", base: this.settle(base), name, token };
        return { kind: "name", name: `${base.name}.${name}`, token: base.token, spelled: true };
      case "self":
        return this.#field(name, token) ?? { kind: "attribute", base, name, token };
      case "tensor":
        if (TENSOR_ATTRIBUTES.has(name)) return tensorOf(base.sure);
        break;
    }
    return { kind: "attribute", base, name, token };
  }

  /** What `self.name` was assigned, as it is used here. */
  #field(name: string, token: number): Value | undefined {
    const value = this.scopes.enclosingClass?.fields.get(name);
    return value?.kind === "name" ? { kind: "name", name: value.name, token, spelled: false } : value;
  }

  call(callee: Value, args: readonly Argument<Value>[], open: number): Value {
    return evaluateCall(this, callee, args, open);
  }

  subscript(base: Value, items: readonly Value[], open: number): Value {
    if (base.kind === "tensor") {
      const masked = items.some((item) => item.kind === "tensor" && item.mask);
      if (masked && this.scopes.current.forward)
        this.report.add("attribute", "dynamic:boolean-mask", "torch-dynamic", open);
      return tensorOf(base.sure);
    }
    const [key] = items;
    if (base.kind === "name" && base.name === "os.environ" && key?.kind === "string") {
      if (isVariable(key.text)) this.report.add("env", key.text, "env", key.first);
      return UNKNOWN;
    }
    if (base.kind === "indexed") return { kind: "indexed", base: base.base, items, token: open };
    if (base.kind === "group") return base.items.find((item) => item.kind === "tensor") ?? UNKNOWN;
    return { kind: "indexed", base, items, token: open };
  }

  settle(value: Value): Value {
    if (value.kind === "name" && value.spelled) {
      const draft = this.#reference(value);
      return { kind: "name", name: value.name, token: value.token, spelled: false, ...(draft ? { draft } : {}) };
    }
    if (value.kind === "attribute" && DEVICE_ATTRIBUTES.has(value.name)) {
      this.report.add("attribute", `torch.Tensor.${value.name}`, "torch-device", value.token);
      return UNKNOWN;
    }
    if (value.kind === "indexed") return { ...value, base: this.settle(value.base) };
    return value;
  }

  /** A resolved name that is used without being called. */
  #reference(value: Extract<Value, { kind: "name" }>): Draft | undefined {
    const known = this.names.known(value.name);
    if (known === undefined) {
      if (this.annotation === 0 && maybeProjects(value.name)) this.report.refer("attribute", value.name, value.token);
      return undefined;
    }
    if (this.annotation > 0 && known.family !== "torch-cuda") return undefined;
    if (value.name === known.symbol && this.names.packageOf(value.name)?.name === value.name) return undefined;
    return this.report.addName(known, false, value.token);
  }

  arithmetic(operators: readonly number[], operands: readonly Value[]): Value {
    const tensors = operands.filter((operand) => operand.kind === "tensor");
    if (tensors.length > 0) {
      if (!this.report.kernel) this.#matrixProducts(operators, operands);
      return tensorOf(tensors.some((tensor) => tensor.sure));
    }
    const [first] = operands;
    if (first?.kind !== "string") return this.annotation > 0 ? { kind: "group", items: operands } : UNKNOWN;
    const operator = this.tokens.kindAt(operators[0] ?? 0);
    if (operator === BAR) return this.display(operands);
    return operator === PERCENT || operator === PLUS ? first : UNKNOWN;
  }

  /** `a @ b`, where either side is a tensor. */
  #matrixProducts(operators: readonly number[], operands: readonly Value[]): void {
    operators.forEach((operator, index) => {
      if (this.tokens.kindAt(operator) !== AT) return;
      if (operands[index]?.kind !== "tensor" && operands[index + 1]?.kind !== "tensor") return;
      this.report.add("op", "torch.matmul", "torch-op", operator);
    });
  }

  comparison(operators: readonly number[], operands: readonly Value[]): Value {
    const condition = this.guarded ? conditionOfComparison(operators, operands) : undefined;
    for (const operand of operands) this.#stringHere(operand);
    if (condition) return condition;
    const identity = operators.some((operator) => operator === KEYWORDS.is || operator === KEYWORDS.in);
    const against = operands.some((operand) => operand.kind === "constant" && operand.text === "None");
    const tensors = operands.filter((operand) => operand.kind === "tensor");
    if (identity || against || tensors.length === 0) return UNKNOWN;
    return tensors.some((tensor) => tensor.sure) ? MASK : MAYBE_TENSOR;
  }

  not(value: Value): Value {
    if (value.kind === "tensor" || value.kind === "truth") return value;
    return (this.guarded && negated(value)) || UNKNOWN;
  }

  either(operators: readonly number[], operands: readonly Value[]): Value {
    for (const operand of operands) this.#stringHere(operand);
    const condition = this.guarded ? conditionOfEither(operators, operands) : undefined;
    if (condition) return condition;
    return operands.find(isData) ?? UNKNOWN;
  }

  display(items: readonly Value[]): Value {
    if (items.length === 0) return NOTHING;
    for (const item of items) this.#stringHere(item);
    return { kind: "group", items };
  }

  conditional(marks: readonly [number, number, number], then: Value, condition: Value, otherwise: Value): Value {
    const { drafts } = this.report;
    const read = drafts.length;
    this.#stringHere(then);
    const placed = drafts.length;
    this.#stringHere(otherwise);
    const asked = this.guarded ? conditionOf(condition) : undefined;
    if (asked) {
      this.#guardRange(marks[0], marks[1], asked.guard);
      this.#guardRange(read, placed, asked.guard);
    }
    if (asked && !asked.partial) {
      this.#guardRange(marks[2], read, negate(asked.guard));
      this.#guardRange(placed, drafts.length, negate(asked.guard));
    }
    if (then.kind === "tensor" || otherwise.kind === "tensor") return TENSOR;
    if (then.kind === "name" || then.kind === "layer") return then;
    return otherwise.kind === "string" ? UNKNOWN : otherwise; // strings were reported here
  }

  #guardRange(from: number, to: number, guard: string): void {
    for (let i = from; i < to; i++) {
      const draft = this.report.drafts[i];
      if (draft) draft.guard = both(draft.guard, guard);
    }
  }

  mark(): number {
    return this.report.drafts.length;
  }

  /** Reports a string that stands where a device or back-end is named. */
  #stringHere(value: Value): void {
    if (value.kind === "string") this.placeString(value);
  }

  placeString(value: Extract<Value, { kind: "string" }>, facts?: Record<string, string>): void {
    if (value.held) return;
    const found = stringUsage(value.text);
    if (!found && value.text.includes("/")) {
      const model = this.names.models.ofId(value.text);
      if (model !== undefined) this.report.signal(`model:${model}`, value.first);
    }
    const flag = found || !this.builds ? undefined : compilerFlag(value.text);
    if (flag !== undefined) this.report.add("build", flag, "build", value.first);
    if (!found || this.annotation > 0) return;
    const all = found.facts || facts ? { ...found.facts, ...facts } : undefined;
    this.report.add(found.kind, found.symbol, found.family, value.first, all);
  }
}
