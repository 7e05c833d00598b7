/** `try: import x` with a handler that goes on without it, `if HAVE_X: import x`: the package is optional. */
import { type Draft, itemsOf, type Value } from "./value.ts";

/** Exceptions by which a handler catches that a package is missing. */
const MISSING = new Set(["ImportError", "ModuleNotFoundError", "Exception", "BaseException"]);

/** Names by which code asks whether a package is there. */
export const ASKS_PRESENCE = /(?:^|_)(?:have|has|with)_\w+$|avail|installed|find_spec|TYPE_CHECKING/i;

interface Attempt {
  readonly from: number;
  /** Imports of the body, once it is closed. */
  imports: readonly Draft[];
  /** The handler that is open goes on without them. */
  caught: boolean;
}

/** Follows `try` statements and marks what their handlers make optional. */
export class Fallbacks {
  readonly #drafts: readonly Draft[];
  readonly #open: Attempt[] = [];
  /** The statement whose body just ended: its handlers follow. */
  #last: Attempt | undefined;
  /** Where the drafts of an `if` begin that asks for presence. */
  readonly #branches: (number | undefined)[] = [];
  readonly #handlers: (Attempt | undefined)[] = [];

  constructor(drafts: readonly Draft[]) {
    this.#drafts = drafts;
  }

  /** An `if` or one of its other branches; `asks` when it asks whether packages are there. */
  openIf(asks: boolean): void {
    this.#branches.push(asks ? this.#drafts.length : undefined);
  }

  closeIf(): void {
    const from = this.#branches.pop();
    if (from !== undefined) markOptional(this.#drafts.slice(from).filter(isImport));
  }

  openTry(): void {
    this.#open.push({ from: this.#drafts.length, imports: [], caught: false });
  }

  closeTry(): void {
    this.#last = this.#open.pop();
    if (this.#last) this.#last.imports = this.#drafts.slice(this.#last.from).filter(isImport);
  }

  openHandler(caught: Value | undefined): void {
    const attempt = this.#last;
    if (attempt) attempt.caught = caught === undefined || namesOf(caught).some((name) => MISSING.has(name));
    this.#handlers.push(attempt);
  }

  /** A handler that raises makes the package a demand. */
  raises(): void {
    const attempt = this.#handlers.at(-1);
    if (attempt) attempt.caught = false;
  }

  closeHandler(): void {
    const attempt = this.#handlers.pop();
    this.#last = attempt;
    if (attempt?.caught) markOptional(attempt.imports);
  }
}

const isImport = ({ kind }: Draft): boolean => kind === "import";

function markOptional(imports: readonly Draft[]): void {
  for (const draft of imports) draft.facts = { ...draft.facts, optional: true };
}

function namesOf(value: Value): string[] {
  return itemsOf(value).flatMap((item) => (item.kind === "free" ? [item.name] : []));
}
