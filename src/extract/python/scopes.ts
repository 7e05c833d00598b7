import { TENSOR, type Value } from "./value.ts";

/** A function, class or the module: what its names are bound to, and how it is called in reports. */
export interface Scope {
  readonly kind: "module" | "function" | "class";
  readonly names: Map<string, Value>;
  /** `Model.forward`; undefined for the module. */
  readonly path: string | undefined;
  /** What `self.x` was assigned, for classes. */
  readonly fields: Map<string, Value>;
  /** The class is a layer (`nn.Module`). */
  readonly layer: boolean;
  /** Inside the forward pass of a layer. */
  readonly forward: boolean;
}

export class Scopes {
  readonly #stack: Scope[] = [
    { kind: "module", names: new Map(), path: undefined, fields: new Map(), layer: false, forward: false },
  ];

  get current(): Scope {
    return this.#stack.at(-1) as Scope;
  }

  get module(): Scope {
    return this.#stack[0] as Scope;
  }

  open(kind: "function" | "class", name: string, tags: { layer: boolean; forward: boolean }): Scope {
    const outer = this.current.path;
    const path = outer === undefined ? name : `${outer}.${name}`;
    const scope: Scope = { kind, names: new Map(), path, fields: new Map(), ...tags };
    this.#stack.push(scope);
    return scope;
  }

  close(): void {
    if (this.#stack.length > 1) this.#stack.pop();
  }

  /** Innermost class around the current function. */
  get enclosingClass(): Scope | undefined {
    for (let i = this.#stack.length - 1; i > 0; i--) {
      const scope = this.#stack[i];
      if (scope?.kind === "class") return scope;
    }
    return undefined;
  }

  /** A class's names are not seen from its methods. */
  lookUp(name: string): Value | undefined {
    const top = this.#stack.length - 1;
    for (let i = top; i >= 0; i--) {
      const scope = this.#stack[i] as Scope;
      if (scope.kind === "class" && i < top) continue;
      const value = scope.names.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** What an operation tells of its operand: a name or field of which nothing was known is a tensor. */
  learnTensor(operand: Value): void {
    if (operand.kind === "free") this.current.names.set(operand.name, TENSOR);
    else if (operand.kind === "attribute" && operand.base.kind === "self") {
      this.enclosingClass?.fields.set(operand.name, TENSOR);
    }
  }

  /** `import x` beats a later `x = None` of the branch in which the import failed. */
  bind(name: string, value: Value): void {
    const scope = this.current;
    if (scope.kind === "module" && !tells(value)) {
      const old = scope.names.get(name);
      if (old !== undefined && tells(old)) return;
    }
    scope.names.set(name, value);
  }
}

function tells(value: Value): boolean {
  return value.kind === "name" || value.kind === "kernel" || value.kind === "class" || value.kind === "condition";
}
