/**
 * What the parser tells while it reads. There is no syntax tree: an expression is worth a value `V` of whoever
 * listens, and a file is read in one pass, in source order.
 */
export interface Argument<V> {
  /** `name` of `name=value`, `*` or `**` of an unpacked argument. */
  readonly keyword?: string;
  readonly value: V;
  /** First token of the value. */
  readonly token: number;
}

export interface Parameter<V> {
  readonly name: string;
  readonly token: number;
  readonly annotation?: V;
  readonly default?: V;
}

/** Left side of an assignment: a value and the tokens it was read from. */
export interface Target<V> {
  readonly first: number;
  readonly last: number;
  /** Absent for a plain name that is only bound. */
  readonly value?: V;
}

/** `pkg.mod` of `from pkg.mod import …`; the name is empty in `from . import …`. */
export interface ImportedModule {
  readonly name: string;
  readonly token: number;
}

export interface ImportedName {
  readonly name: string;
  readonly alias: string;
  readonly token: number;
}

export interface ExpressionSemantics<V> {
  name(token: number): V;
  /** Adjacent string literals. */
  strings(first: number, last: number): V;
  /** A number, `None`, `True`, `False`, `...`. */
  constant(token: number): V;
  attribute(base: V, name: number): V;
  call(callee: V, args: readonly Argument<V>[], open: number): V;
  subscript(base: V, items: readonly V[], open: number): V;
  /** A name with all that follows it is complete. */
  settle(value: V): V;
  /** `operators` are tokens; of the two below, kinds. */
  arithmetic(operators: readonly number[], operands: readonly V[]): V;
  comparison(operators: readonly number[], operands: readonly V[]): V;
  not(value: V): V;
  either(operators: readonly number[], operands: readonly V[]): V;
  /** Items of a tuple, list or set, values of a dict. */
  display(items: readonly V[]): V;
  /** `then if condition else otherwise`; `marks` are what `mark` said before each of the three. */
  conditional(marks: readonly [number, number, number], then: V, condition: V, otherwise: V): V;
  mark(): number;
}

export interface StatementSemantics<V> extends ExpressionSemantics<V> {
  importModule(dotted: string, alias: string | undefined, token: number): void;
  importFrom(level: number, module: ImportedModule, names: readonly ImportedName[]): void;
  assign(targets: readonly Target<V>[], value: V, annotation: V | undefined): void;
  augment(target: Target<V>, value: V, operator: number): void;
  returns(value: V): void;
  asserts(condition: V, keyword: number): void;
  /** The rest of the block is not reached (`return`, `raise`, `continue`, `break`). */
  leaves(): void;
  /** The same, by an exception. */
  raises(): void;
  iterates(targets: readonly Target<V>[], iterable: V): void;
  withItem(value: V, target: Target<V> | undefined): void;
  beginAnnotation(): void;
  endAnnotation(): void;
  openFunction(name: number, params: readonly Parameter<V>[], decorators: readonly V[], returns: V | undefined): void;
  openClass(name: number, args: readonly Argument<V>[], decorators: readonly V[]): void;
  openIf(condition: V, keyword: number): void;
  openElif(condition: V, keyword: number): void;
  openElse(): void;
  openWhile(condition: V, keyword: number): void;
  openTry(): void;
  /** `except`: what it catches; undefined for everything. */
  openHandler(caught: V | undefined): void;
  openOther(): void;
  /** The innermost open block ends with this token. */
  close(last: number): void;
}
