import { Evaluator } from "./evaluate.ts";
import { maybeProjects } from "./exports.ts";
import { ASKS_PRESENCE, Fallbacks } from "./fallbacks.ts";
import { importedFrom, importedModule } from "./imports.ts";
import { type Dialect, HELPER_DECORATORS, KERNEL_DECORATORS, KernelBody } from "./kernelBody.ts";
import { LAYER_BASE } from "./layers.ts";
import type { Scope } from "./scopes.ts";
import type { Argument, ImportedModule, ImportedName, Parameter, StatementSemantics, Target } from "./semantics.ts";
import { callSignals } from "./signals.ts";
import { isTensorType, maybeTensorParameter } from "./tensors.ts";
import { AT, COLON, COMMA, DOT, LPAREN, NAME, NEWLINE, RPAREN } from "./tokens.ts";
import { isData, itemsOf, LAYER, MAYBE_TENSOR, SELF, TENSOR, UNKNOWN, type Value } from "./value.ts";

/** Tokens of a condition that are looked at for names of packages' presence. */
const LONGEST_CONDITION = 40;

/** Follows a file's statements: bindings, scopes, guards, and what only statements show. */
export class Reader extends Evaluator implements StatementSemantics<Value> {
  /** Dotted path of the module that is read, for relative imports. */
  readonly #module: readonly string[];
  readonly #fallbacks = new Fallbacks(this.report.drafts);
  /** Kernels whose bodies are open, with the depth of their scope. */
  readonly #kernels: (KernelBody | undefined)[] = [];

  constructor(tokens: Evaluator["tokens"], names: Evaluator["names"], module: readonly string[]) {
    super(tokens, names);
    this.#module = module;
  }

  importModule(dotted: string, alias: string | undefined, token: number): void {
    importedModule(this, dotted, token);
    const top = dotted.split(".", 1)[0] as string;
    const name = alias === undefined ? top : dotted;
    this.scopes.bind(alias ?? top, { kind: "name", name, token, spelled: true });
  }

  importFrom(level: number, module: ImportedModule, imported: readonly ImportedName[]): void {
    const base = level === 0 ? module.name : this.#relative(level, module.name);
    if (level === 0) importedFrom(this, module, imported);
    for (const { name, alias, token } of imported) {
      if (name === "*") this.starred ||= maybeProjects(`${base}.`);
      else this.scopes.bind(alias, { kind: "name", name: `${base}.${name}`, token, spelled: true });
    }
  }

  #relative(level: number, module: string): string {
    const folder = this.#module.slice(0, Math.max(0, this.#module.length - level));
    // A leading dot keeps a project's `triton/` or `torch/` from being taken for the package.
    return `.${[...folder, ...(module === "" ? [] : [module])].join(".")}`;
  }

  beginAnnotation(): void {
    this.annotation += 1;
  }

  endAnnotation(): void {
    this.annotation -= 1;
  }

  assign(targets: readonly Target<Value>[], value: Value, annotation: Value | undefined): void {
    if (value.kind === "string") this.placeString(value);
    const bound = annotation && isTensorType(annotation) ? TENSOR : throughVariable(value);
    for (const target of targets) {
      this.#bindTarget(target, bound);
      this.report.storesTo(target.first, target.last);
      if (target.value?.kind === "name" && target.value.draft && value.kind === "constant") {
        target.value.draft.facts = {
          value: value.text === "True" ? true : value.text === "False" ? false : value.text,
        };
      }
    }
  }

  augment(target: Target<Value>, value: Value, operator: number): void {
    if (value.kind === "string") this.placeString(value);
    const product = this.tokens.text.charCodeAt(this.tokens.startAt(operator)) === AT;
    if (product && value.kind === "tensor") this.report.add("op", "torch.matmul", "torch-op", operator);
    if (value.kind === "tensor") this.#bindTarget(target, value);
  }

  returns(value: Value): void {
    if (value.kind === "string") this.placeString(value);
    const kernel = this.#kernels.at(-1);
    if (kernel && !(value.kind === "constant" && value.text === "None")) kernel.helper = true;
  }

  asserts(condition: Value, keyword: number): void {
    this.#controlFlow(condition, keyword, "assert");
  }

  leaves(): void {
    this.blocks.leave();
  }

  raises(): void {
    if (this.blocks.kind === "handler") this.#fallbacks.raises();
    this.blocks.leave();
  }

  iterates(targets: readonly Target<Value>[], iterable: Value): void {
    const item = iterable.kind === "tensor" ? iterable : UNKNOWN;
    for (const target of targets) this.#bindTarget(target, item);
    if (iterable.kind === "tensor" && iterable.sure && this.scopes.current.forward) {
      this.report.add("attribute", "dynamic:control-flow", "torch-dynamic", targets[0]?.first ?? 0, {
        statement: "for",
      });
    }
  }

  withItem(value: Value, target: Target<Value> | undefined): void {
    if (target) this.#bindTarget(target, throughVariable(value));
  }

  openFunction(
    nameToken: number,
    params: readonly Parameter<Value>[],
    decorators: readonly Value[],
    returns: Value | undefined,
  ): void {
    const name = this.tokens.textAt(nameToken);
    const owner = this.scopes.current.kind === "class" ? this.scopes.current : undefined;
    for (const param of params) if (param.default?.kind === "string") this.placeString(param.default);
    const told = dialectOf(decorators);
    if (told) {
      for (const decorator of decorators) if (decorator.kind === "name") this.report.retract(decorator.draft);
      const kernel: Value = { kind: "kernel", name, family: told.dialect.family };
      this.scopes.bind(name, kernel);
      owner?.fields.set(name, kernel);
    } else this.#bindFunction(name, owner, returns !== undefined && isTensorType(returns));
    for (const decorator of decorators) this.#decorates(decorator);
    const forward = owner?.layer === true && (name === "forward" || name === "__call__");
    const scope = this.scopes.open("function", name, { layer: false, forward });
    this.blocks.open("function");
    const kernel = told && new KernelBody(name, nameToken, told.dialect, told.helper);
    this.#kernels.push(kernel);
    if (kernel) this.report.kernel = kernel;
    params.forEach((param, index) => {
      scope.names.set(
        param.name,
        owner && index === 0 && /^(?:self|cls)$/.test(param.name) ? SELF : parameter(param, forward),
      );
    });
  }

  /** Calling a function that is annotated so gives a tensor, like calling a layer. */
  #bindFunction(name: string, owner: Scope | undefined, givesTensor: boolean): void {
    const value = givesTensor ? LAYER : UNKNOWN;
    this.scopes.bind(name, value);
    if (owner && givesTensor) owner.fields.set(name, value);
  }

  /** `@torch.compile` without parentheses is called all the same. */
  #decorates(decorator: Value): void {
    if (decorator.kind !== "name" || !decorator.draft) return;
    if (decorator.draft.kind === "attribute") decorator.draft.kind = "call";
    callSignals(this, decorator.name, [], decorator.token);
  }

  openClass(nameToken: number, args: readonly Argument<Value>[], _decorators: readonly Value[]): void {
    const name = this.tokens.textAt(nameToken);
    const layer = args.some(({ value }) => isLayerBase(value));
    this.scopes.bind(name, { kind: "class", name, layer });
    this.scopes.open("class", name, { layer, forward: false });
    this.blocks.open("class");
  }

  openIf(condition: Value, keyword: number): void {
    this.#controlFlow(condition, keyword, "if");
    this.blocks.openIf(condition, false);
    this.#fallbacks.openIf(this.#asksPresence(keyword));
  }

  openElif(condition: Value, keyword: number): void {
    this.#controlFlow(condition, keyword, "if");
    this.blocks.openIf(condition, true);
    this.#fallbacks.openIf(this.#asksPresence(keyword));
  }

  #asksPresence(keyword: number): boolean {
    for (let token = keyword + 1; this.tokens.kindAt(token) !== COLON; token++) {
      if (this.tokens.kindAt(token) === NEWLINE || token > keyword + LONGEST_CONDITION) return false;
      if (this.tokens.kindAt(token) === NAME && ASKS_PRESENCE.test(this.tokens.textAt(token))) return true;
    }
    return false;
  }

  openElse(): void {
    this.blocks.openElse();
    this.#fallbacks.openIf(false);
  }

  openWhile(condition: Value, keyword: number): void {
    this.#controlFlow(condition, keyword, "while");
    this.blocks.open("other");
  }

  openTry(): void {
    this.blocks.open("try");
    this.#fallbacks.openTry();
  }

  openHandler(caught: Value | undefined): void {
    this.blocks.open("handler");
    this.#fallbacks.openHandler(caught);
  }

  openOther(): void {
    this.blocks.open("other");
  }

  /** A branch on a tensor's values cannot be traced. */
  #controlFlow(condition: Value, keyword: number, statement: string): void {
    if (!isData(condition) || !this.scopes.current.forward) return;
    this.report.add("attribute", "dynamic:control-flow", "torch-dynamic", keyword, { statement });
  }

  close(last: number): void {
    const kind = this.blocks.close();
    if (kind === "if") this.#fallbacks.closeIf();
    if (kind === "try") this.#fallbacks.closeTry();
    if (kind === "handler") this.#fallbacks.closeHandler();
    if (kind === "function") this.#closeFunction(last);
    if (kind === "function" || kind === "class") this.scopes.close();
  }

  #closeFunction(last: number): void {
    const kernel = this.#kernels.pop();
    if (kernel) this.report.closeKernel(kernel, last);
    this.report.kernel = this.#kernels.findLast((open) => open !== undefined);
  }

  #bindTarget({ first, last, value: written }: Target<Value>, value: Value): void {
    const { tokens } = this;
    if (first === last) {
      if (tokens.kindAt(first) === NAME) this.scopes.bind(tokens.textAt(first), value);
      return;
    }
    const field =
      last === first + 2 && tokens.kindAt(first + 1) === DOT && this.scopes.lookUp(tokens.textAt(first)) === SELF;
    if (field) {
      this.scopes.enclosingClass?.fields.set(tokens.textAt(last), value.kind === "string" ? UNKNOWN : value);
      return;
    }
    if (written?.kind === "name" || tokens.kindAt(first + 1) === DOT) return;
    const items = itemsOf(value);
    let index = 0;
    for (let token = first; token <= last; token++) {
      const kind = tokens.kindAt(token);
      if (kind !== NAME && kind !== COMMA && kind !== LPAREN && kind !== RPAREN) return;
      if (kind !== NAME) continue;
      const item = value.kind === "group" ? (items[index] ?? UNKNOWN) : value.kind === "tensor" ? value : UNKNOWN;
      this.scopes.bind(tokens.textAt(token), throughVariable(item));
      index += 1;
    }
  }
}

/** A name that reached a variable was reported where it was written. */
function throughVariable(value: Value): Value {
  return value.kind === "name" ? { kind: "name", name: value.name, token: value.token, spelled: false } : value;
}

/** The language that a decorator gives a function, and whether it makes a kernel of it. */
function dialectOf(decorators: readonly Value[]): { dialect: Dialect; helper: boolean } | undefined {
  for (const decorator of decorators) {
    if (decorator.kind !== "name") continue;
    const kernel = entry(KERNEL_DECORATORS, decorator.name);
    const dialect = kernel ?? entry(HELPER_DECORATORS, decorator.name);
    if (dialect) return { dialect, helper: kernel === undefined };
  }
  return undefined;
}

function entry(table: Readonly<Record<string, Dialect>>, name: string): Dialect | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function parameter({ name, annotation, default: fallback }: Parameter<Value>, forward: boolean): Value {
  if (annotation !== undefined) return isTensorType(annotation) ? TENSOR : UNKNOWN;
  if (!maybeTensorParameter(name, forward)) return UNKNOWN;
  const setting = fallback !== undefined && !(fallback.kind === "constant" && fallback.text === "None");
  return setting ? UNKNOWN : MAYBE_TENSOR;
}

/** A base class by which a class is a layer. */
function isLayerBase(base: Value): boolean {
  if (base.kind === "class") return base.layer;
  if (base.kind === "name") return LAYER_BASE.test(base.name);
  return base.kind === "attribute" || base.kind === "free" ? LAYER_BASE.test(base.name) : false;
}
