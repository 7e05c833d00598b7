/** The user's mistake (flag, path, config, rule, revision): caught once in the CLI, printed without a stack, exit 2. */
export class UserError extends Error {
  /** What to do about it. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = "UserError";
    this.hint = hint;
  }
}
