import { ExpressionParser } from "./parseExpression.ts";
import type { ImportedName, StatementSemantics, Target } from "./semantics.ts";
import {
  ASSIGN,
  AUGMENTED,
  COLON,
  COMMA,
  DOT,
  ELLIPSIS,
  KEYWORDS,
  LPAREN,
  NAME,
  NEWLINE,
  RPAREN,
  STAR,
} from "./tokens.ts";

const K = KEYWORDS;

/** Reads statements of one line. */
export class SimpleStatementParser<V> extends ExpressionParser<V, StatementSemantics<V>> {
  simple(): void {
    const kind = this.kind();
    if (kind === K.import) this.#import();
    else if (kind === K.from) this.#importFrom();
    else if (kind === K.return) this.#return();
    else if (kind === K.raise) this.#raise();
    else if (kind === K.continue || kind === K.break) {
      this.at += 1;
      this.listener.leaves();
    } else if (kind === K.global || kind === K.nonlocal || kind === K.pass) this.skipTo(NEWLINE);
    else if (kind === K.assert) this.#assert();
    else if (kind === K.del) {
      this.at += 1;
      this.expressionList();
    } else if (this.beginsExpression()) this.#assignmentOrExpression();
  }

  #assert(): void {
    const keyword = this.at;
    this.at += 1;
    const condition = this.expression();
    if (this.accept(COMMA)) this.listener.display([this.expression()]);
    this.listener.asserts(condition, keyword);
  }

  #return(): void {
    this.at += 1;
    if (this.beginsExpression()) this.listener.returns(this.expressionList());
    this.listener.leaves();
  }

  #raise(): void {
    this.at += 1;
    if (this.beginsExpression()) this.expression();
    if (this.accept(K.from)) this.expression();
    this.listener.raises();
  }

  #assignmentOrExpression(): void {
    const first = this.at;
    const value = this.#targetOrValue();
    switch (this.kind()) {
      case COLON:
        this.#annotated(this.#targetUpTo(first, value));
        break;
      case AUGMENTED: {
        const operator = this.at;
        const target = this.#targetUpTo(first, value);
        this.at += 1;
        this.listener.augment(target, this.expressionList(), operator);
        break;
      }
      case ASSIGN:
        this.#assignment(this.#targetUpTo(first, value));
    }
  }

  #targetUpTo(first: number, value: V | undefined): Target<V> {
    return { first, last: this.at - 1, ...(value === undefined ? {} : { value }) };
  }

  #annotated(target: Target<V>): void {
    this.at += 1;
    const annotation = this.annotation();
    const value = this.accept(ASSIGN) ? this.expressionList() : this.listener.display([]);
    this.listener.assign([target], value, annotation);
  }

  /** `a = b = value`. */
  #assignment(target: Target<V>): void {
    const targets = [target];
    while (this.accept(ASSIGN)) {
      const first = this.at;
      const value = this.#targetOrValue();
      if (this.kind() === ASSIGN) targets.push(this.#targetUpTo(first, value));
      else if (value !== undefined) this.listener.assign(targets, value, undefined);
    }
  }

  annotation(): V {
    this.listener.beginAnnotation();
    const value = this.expression();
    this.listener.endAnnotation();
    return value;
  }

  /** A lone name before `=` or `:` is a target and no reference. */
  #targetOrValue(): V | undefined {
    const next = this.tokens.kindAt(this.at + 1);
    if (this.kind() === NAME && (next === ASSIGN || next === COLON || next === AUGMENTED)) {
      this.at += 1;
      return undefined;
    }
    return this.expressionList();
  }

  #import(): void {
    this.at += 1;
    do {
      const token = this.at;
      const dotted = this.#dotted();
      if (dotted === "") return;
      const alias = this.accept(K.as) ? this.tokens.textAt(this.at++) : undefined;
      this.listener.importModule(dotted, alias, token);
    } while (this.accept(COMMA));
  }

  #dotted(): string {
    const parts: string[] = [];
    while (this.kind() === NAME) {
      parts.push(this.tokens.textAt(this.at));
      this.at += 1;
      if (!this.accept(DOT)) break;
    }
    return parts.join(".");
  }

  #importFrom(): void {
    this.at += 1;
    let level = 0;
    for (; ; this.at++) {
      if (this.kind() === DOT) level += 1;
      else if (this.kind() === ELLIPSIS) level += 3;
      else break;
    }
    const at = this.at;
    const module = this.#dotted();
    if (!this.accept(K.import)) return;
    const names: ImportedName[] = [];
    this.accept(LPAREN);
    while (this.kind() === NAME || this.kind() === STAR) {
      const token = this.at;
      const name = this.tokens.textAt(token);
      this.at += 1;
      const alias = this.accept(K.as) ? this.tokens.textAt(this.at++) : name;
      names.push({ name, alias, token });
      if (!this.accept(COMMA)) break;
    }
    this.accept(RPAREN);
    this.listener.importFrom(level, { name: module, token: at }, names);
  }
}
