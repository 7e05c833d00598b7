/**
 * Code that no build can see: `#if 0` and the `#else` of `#if 1`. It is a comment in all but name,
 * so it is read as one; every other branch is code.
 */
type Branch = "unsure" | "dead" | "live" | "over";

const IF_NAMES = new Set(["if", "ifdef", "ifndef"]);

export class ConditionStack {
  readonly #branches: Branch[] = [];
  #deadDepth = 0;

  get dead(): boolean {
    return this.#deadDepth > 0;
  }

  /** Takes note of a directive and the beginning of its condition. */
  see(name: string, condition: string): void {
    if (IF_NAMES.has(name)) this.#push(name === "if" ? constantOf(condition) : "unsure");
    else if (name.startsWith("el")) this.#next();
    else if (name === "endif") this.#pop();
  }

  #push(branch: Branch): void {
    this.#branches.push(branch);
    if (isDead(branch)) this.#deadDepth += 1;
  }

  #pop(): Branch | undefined {
    const branch = this.#branches.pop();
    if (branch !== undefined && isDead(branch)) this.#deadDepth -= 1;
    return branch;
  }

  /** After a branch that is always taken none of the others can be. */
  #next(): void {
    const branch = this.#pop();
    if (branch !== undefined) this.#push(branch === "live" || branch === "over" ? "over" : "unsure");
  }
}

function isDead(branch: Branch): boolean {
  return branch === "dead" || branch === "over";
}

function constantOf(condition: string): Branch {
  if (/^(?:0|false|\(0\))(?:$|[\s/])/.test(condition)) return "dead";
  return /^(?:1|true|\(1\))(?:$|[\s/])/.test(condition) ? "live" : "unsure";
}
