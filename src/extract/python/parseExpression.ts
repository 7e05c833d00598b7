import { OperatorParser } from "./parseOperators.ts";
import type { Argument, ExpressionSemantics } from "./semantics.ts";
import {
  ASSIGN,
  COLON,
  COMMA,
  DOT,
  ELLIPSIS,
  END,
  FIELD,
  FIELD_END,
  KEYWORDS,
  LBRACE,
  LBRACKET,
  LPAREN,
  NAME,
  NEWLINE,
  NUMBER,
  POWER,
  RBRACE,
  RBRACKET,
  RPAREN,
  STAR,
  STRING,
} from "./tokens.ts";

const K = KEYWORDS;

/** CPython itself refuses 200 nested brackets; deeper ones are skipped as one opaque value. */
const DEEPEST = 160;

/** Reads expressions from tokens and tells a listener. Loops along chains; recurses only into brackets. */
export class ExpressionParser<V, S extends ExpressionSemantics<V>> extends OperatorParser<V, S> {
  protected override postfix(): V {
    let value = this.#atom();
    for (;;) {
      const kind = this.kind();
      if (kind === DOT) {
        this.at += 1;
        // A keyword as attribute (`x.import`) is no Python, but nothing is lost by reading on.
        if (this.kind() === NAME) {
          value = this.listener.attribute(value, this.at);
          this.at += 1;
        }
      } else if (kind === LPAREN) {
        const open = this.at;
        const args = this.args();
        value = this.listener.call(value, args, open);
      } else if (kind === LBRACKET) {
        const open = this.at;
        value = this.listener.subscript(value, this.#bracketed(RBRACKET), open);
      } else {
        return this.listener.settle(value);
      }
    }
  }

  #atom(): V {
    const kind = this.kind();
    switch (kind) {
      case NAME:
        this.at += 1;
        return this.listener.name(this.at - 1);
      case STRING: {
        const first = this.at;
        while (this.kind() === STRING) {
          this.at += 1;
          while (this.kind() === FIELD) this.#field();
        }
        return this.listener.strings(first, this.at - 1);
      }
      case NUMBER:
      case ELLIPSIS:
      case K.None:
      case K.True:
      case K.False:
        this.at += 1;
        return this.listener.constant(this.at - 1);
      case LPAREN:
        return this.#parenthesis();
      case LBRACKET:
        return this.listener.display(this.#bracketed(RBRACKET));
      case LBRACE:
        return this.listener.display(this.#bracketed(RBRACE));
      default:
        return this.nothing();
    }
  }

  /** A replacement field of a formatted string. */
  #field(): void {
    this.at += 1;
    if (this.beginsExpression()) this.expressionList();
    this.skipTo(FIELD_END);
    this.accept(FIELD_END);
  }

  /** `(x)` is worth x, `(x, y)` a display. */
  #parenthesis(): V {
    const open = this.at;
    const items = this.#bracketed(RPAREN);
    const [only] = items;
    const closing = this.tokens.kindAt(this.at - 2);
    return items.length === 1 && only !== undefined && closing !== COMMA && this.at > open + 1
      ? only
      : this.listener.display(items);
  }

  /** The values between brackets: of a dict the values, of a slice its parts, of a comprehension its element. */
  #bracketed(close: number): V[] {
    const open = this.at;
    this.at += 1;
    const items: V[] = [];
    if (this.#tooDeep(open)) return items;
    while (!this.#atClose(close)) {
      const start = this.at;
      if (this.beginsExpression()) {
        const value = this.expression();
        if (close === RBRACE && this.accept(COLON)) items.push(this.expression());
        else items.push(value);
      }
      this.#comprehension();
      if (!this.accept(COMMA) && !this.accept(COLON) && this.at === start) this.at += 1;
    }
    return items;
  }

  /** Arguments of a call or the bases of a class; the next token is `(`. */
  args(): Argument<V>[] {
    const open = this.at;
    this.at += 1;
    const args: Argument<V>[] = [];
    if (this.#tooDeep(open)) return args;
    while (!this.#atClose(RPAREN)) {
      const start = this.at;
      if (this.beginsExpression()) args.push(this.#argument());
      this.#comprehension();
      if (!this.accept(COMMA) && this.at === start) this.at += 1;
    }
    return args;
  }

  #argument(): Argument<V> {
    const first = this.at;
    const kind = this.kind();
    if (kind === NAME && this.tokens.kindAt(first + 1) === ASSIGN) {
      this.at += 2;
      return { keyword: this.tokens.textAt(first), token: this.at, value: this.expression() };
    }
    if (kind === STAR || kind === POWER) {
      this.at += 1;
      return { keyword: kind === STAR ? "*" : "**", token: this.at, value: this.expression() };
    }
    return { token: first, value: this.expression() };
  }

  /** Consumes the closing bracket; also true where the line or file ends without one. */
  #atClose(close: number): boolean {
    const kind = this.kind();
    if (kind === close) {
      this.at += 1;
      return true;
    }
    return kind === NEWLINE || kind === END || kind === RPAREN || kind === RBRACKET || kind === RBRACE;
  }

  #comprehension(): void {
    while (this.kind() === K.for || this.kind() === K.async) {
      this.at += 1;
      this.accept(K.for);
      while (this.kind() !== K.in && !this.ends()) this.at += 1;
      if (this.accept(K.in)) this.either();
      while (this.accept(K.if)) this.either();
    }
  }

  /** Skips to the matching bracket when nesting is deeper than any real program's. */
  #tooDeep(open: number): boolean {
    if (this.depth < DEEPEST) return false;
    let depth = 1;
    this.at = open + 1;
    while (depth > 0 && !this.ends()) {
      const kind = this.kind();
      if (kind === LPAREN || kind === LBRACKET || kind === LBRACE) depth += 1;
      if (kind === RPAREN || kind === RBRACKET || kind === RBRACE) depth -= 1;
      this.at += 1;
    }
    return true;
  }

  protected override lambda(): V {
    // Lambdas nest without brackets: a loop, not a recursion, reads `lambda: lambda: …`.
    while (this.accept(K.lambda)) {
      while (this.kind() !== COLON && !this.ends()) {
        if (this.accept(ASSIGN)) {
          if (this.depth >= DEEPEST || this.kind() === K.lambda) continue;
          this.listener.display([this.expression()]);
        } else this.at += 1;
      }
      this.accept(COLON);
    }
    return this.listener.display([this.beginsExpression() ? this.expression() : this.nothing()]);
  }
}
