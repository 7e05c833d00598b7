import { both, conditionOf, negate } from "./guards.ts";
import type { Value } from "./value.ts";

interface Block {
  readonly kind: "module" | "function" | "class" | "if" | "try" | "handler" | "other";
  /** What holds in this block beyond the blocks around it; grows after `if hip: return`. */
  guard: string | undefined;
  /** What holds in the `elif` or `else` that may follow. */
  readonly otherwise?: string | undefined;
  /** What holds after the block when it ends by leaving. */
  readonly afterLeaving?: string | undefined;
  left: boolean;
}

/** Open blocks and the guard under which their statements run. */
export class Blocks {
  readonly #stack: Block[] = [{ kind: "module", guard: undefined, left: false }];
  /** What the `if` that just closed leaves for its `elif` and `else`. */
  #otherwise: string | undefined;
  #guard: string | undefined;

  /** The innermost open block. */
  get kind(): Block["kind"] {
    return (this.#stack.at(-1) as Block).kind;
  }

  /** The condition of everything that is read now. */
  get guard(): string | undefined {
    return this.#guard;
  }

  open(kind: "function" | "class" | "try" | "handler" | "other"): void {
    this.#push({ kind, guard: undefined, left: false });
  }

  openIf(condition: Value, chained: boolean): void {
    const asked = conditionOf(condition);
    const opposite = asked === undefined || asked.partial ? undefined : negate(asked.guard);
    const before = chained ? this.#otherwise : undefined;
    const guard = both(before, asked?.guard);
    this.#push({ kind: "if", guard, otherwise: both(before, opposite), afterLeaving: opposite, left: false });
  }

  openElse(): void {
    const guard = this.#otherwise;
    const afterLeaving = guard === undefined || guard.includes(" && ") ? undefined : negate(guard);
    this.#push({ kind: "if", guard, afterLeaving, left: false });
  }

  leave(): void {
    (this.#stack.at(-1) as Block).left = true;
  }

  close(): Block["kind"] {
    if (this.#stack.length === 1) return "module";
    const block = this.#stack.pop() as Block;
    this.#otherwise = block.otherwise;
    const outer = this.#stack.at(-1) as Block;
    if (block.left && block.afterLeaving !== undefined) outer.guard = both(outer.guard, block.afterLeaving);
    this.#refresh();
    return block.kind;
  }

  #push(block: Block): void {
    this.#stack.push(block);
    this.#otherwise = undefined;
    this.#refresh();
  }

  #refresh(): void {
    let guard: string | undefined;
    for (const block of this.#stack) if (block.guard !== undefined) guard = both(guard, block.guard);
    this.#guard = guard;
  }
}
