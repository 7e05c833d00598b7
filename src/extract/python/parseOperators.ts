import { Cursor } from "./cursor.ts";
import type { ExpressionSemantics } from "./semantics.ts";
import {
  AT,
  COMMA,
  END,
  EQUAL,
  FLOORDIV,
  GREATER,
  KEYWORDS,
  LESS,
  MINUS,
  NAME,
  NEWLINE,
  NOT_EQUAL,
  ORDER,
  PERCENT,
  PLUS,
  POWER,
  SHIFT,
  STAR,
  TILDE,
  type Tokens,
  WALRUS,
} from "./tokens.ts";

const K = KEYWORDS;

const ARITHMETIC = new Set([STAR, PLUS, MINUS, PERCENT, AT, 47, 38, 124, 94, POWER, FLOORDIV, SHIFT]);

/** CPython itself refuses 200 nested brackets. */
const DEEPEST = 400;

/** Reads what stands between operands: conditionals, logic, comparisons, arithmetic. Loops, never recurses, along them. */
export abstract class OperatorParser<V, S extends ExpressionSemantics<V>> extends Cursor {
  readonly listener: S;
  /** Expressions that are open within each other. */
  protected depth = 0;

  constructor(tokens: Tokens, listener: S, at = 0) {
    super(tokens, at);
    this.listener = listener;
  }

  protected abstract postfix(): V;
  protected abstract lambda(): V;

  /** `a, b, *c`: one value, or a display of several. */
  expressionList(): V {
    const first = this.expression();
    if (this.kind() !== COMMA) return first;
    const items = [first];
    while (this.accept(COMMA) && this.beginsExpression()) items.push(this.expression());
    return this.listener.display(items);
  }

  /** One expression with its conditional parts; on something else, skips nothing and is worth an empty display. */
  expression(): V {
    this.depth += 1;
    const value = this.depth > DEEPEST ? this.#skipped() : this.#expression();
    this.depth -= 1;
    return value;
  }

  /** Deeper than any real program: the rest of the line is not read. */
  #skipped(): V {
    this.skipTo(NEWLINE);
    return this.nothing();
  }

  #expression(): V {
    if (this.kind() === K.lambda) return this.lambda();
    if (this.kind() === K.yield) {
      this.at += 1;
      this.accept(K.from);
      return this.beginsExpression() ? this.expressionList() : this.nothing();
    }
    if (this.kind() === NAME && this.tokens.kindAt(this.at + 1) === WALRUS) this.at += 2;
    const before = this.listener.mark();
    const value = this.either();
    if (this.kind() !== K.if) return value;
    return this.#conditional(before, value);
  }

  #conditional(before: number, first: V): V {
    let value = first;
    let mark = before;
    while (this.accept(K.if)) {
      const afterThen = this.listener.mark();
      const condition = this.either();
      const afterCondition = this.listener.mark();
      if (!this.accept(K.else)) return value;
      if (this.kind() === K.lambda) return this.lambda();
      const otherwise = this.either();
      value = this.listener.conditional([mark, afterThen, afterCondition], value, condition, otherwise);
      mark = afterCondition;
    }
    return value;
  }

  protected nothing(): V {
    return this.listener.display([]);
  }

  /** `not a and b or c`, told as one sequence. */
  either(): V {
    const first = this.#negation();
    if (this.kind() !== K.and && this.kind() !== K.or) return first;
    const operators: number[] = [];
    const operands = [first];
    while (this.kind() === K.and || this.kind() === K.or) {
      operators.push(this.kind());
      this.at += 1;
      operands.push(this.#negation());
    }
    return this.listener.either(operators, operands);
  }

  #negation(): V {
    let negations = 0;
    while (this.accept(K.not)) negations += 1;
    let value = this.#comparison();
    for (; negations > 0; negations--) value = this.listener.not(value);
    return value;
  }

  #comparison(): V {
    const first = this.#arithmetic();
    let operator = this.#comparisonOperator();
    if (operator === END) return first;
    const operators: number[] = [];
    const operands = [first];
    while (operator !== END) {
      operators.push(operator);
      operands.push(this.#arithmetic());
      operator = this.#comparisonOperator();
    }
    return this.listener.comparison(operators, operands);
  }

  /** Consumes a comparison operator; `not in` is told as `in`, `is not` as `NOT_EQUAL`. */
  #comparisonOperator(): number {
    const kind = this.kind();
    switch (kind) {
      case EQUAL:
      case NOT_EQUAL:
      case ORDER:
      case LESS:
      case GREATER:
      case K.in:
        this.at += 1;
        return kind;
      case K.is:
        this.at += 1;
        return this.accept(K.not) ? NOT_EQUAL : K.is;
      case K.not:
        if (this.tokens.kindAt(this.at + 1) !== K.in) return END;
        this.at += 2;
        return K.in;
      default:
        return END;
    }
  }

  #arithmetic(): V {
    const first = this.#unary();
    if (!ARITHMETIC.has(this.kind())) return first;
    const operators: number[] = [];
    const operands = [first];
    while (ARITHMETIC.has(this.kind())) {
      operators.push(this.at);
      this.at += 1;
      operands.push(this.#unary());
    }
    return this.listener.arithmetic(operators, operands);
  }

  #unary(): V {
    for (;;) {
      const kind = this.kind();
      const prefix = kind === MINUS || kind === PLUS || kind === TILDE || kind === STAR || kind === POWER;
      if (!prefix && kind !== K.await) break;
      this.at += 1;
    }
    return this.postfix();
  }
}
