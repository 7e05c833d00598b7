import { SimpleStatementParser } from "./parseSimple.ts";
import type { Parameter, StatementSemantics, Target } from "./semantics.ts";
import {
  ARROW,
  ASSIGN,
  AT,
  COLON,
  COMMA,
  DEDENT,
  END,
  EQUAL,
  INDENT,
  KEYWORDS,
  LPAREN,
  NAME,
  NEWLINE,
  POWER,
  RBRACKET,
  RPAREN,
  SEMICOLON,
  STAR,
  type Tokens,
} from "./tokens.ts";

const K = KEYWORDS;

/** Reads a whole file. Blocks live on the token stream's INDENT and DEDENT, not on the call stack. */
class StatementParser<V> extends SimpleStatementParser<V> {
  /** A block's header was read and its body has not begun. */
  #pending = false;
  #decorators: V[] = [];
  /** Open blocks; `false` stands for an indentation without a header. */
  readonly #blocks: boolean[] = [];

  run(): void {
    for (let kind = this.kind(); kind !== END; kind = this.kind()) {
      if (kind === INDENT) {
        this.at += 1;
        this.#blocks.push(this.#pending);
        this.#pending = false;
      } else if (kind === DEDENT) {
        this.at += 1;
        if (this.#blocks.pop()) this.listener.close(this.#lastToken());
      } else this.#line();
    }
    while (this.#blocks.length > 0) if (this.#blocks.pop()) this.listener.close(this.#lastToken());
  }

  /** The last token that stands for text. */
  #lastToken(): number {
    let last = this.at - 1;
    while (last > 0 && this.tokens.kindAt(last) <= DEDENT) last -= 1;
    return last;
  }

  /** One logical line: a block's header with what follows on the line, or simple statements. */
  #line(): void {
    const opened = this.#header();
    while (this.kind() !== NEWLINE && this.kind() !== END) {
      const start = this.at;
      if (!this.accept(SEMICOLON)) this.simple();
      if (this.at === start) this.at += 1; // what is no Python is skipped token by token
    }
    const inline = this.tokens.kindAt(this.at - 1) !== COLON;
    this.accept(NEWLINE);
    if (!opened) return;
    if (!inline && this.kind() === INDENT) this.#pending = true;
    else this.listener.close(this.#lastToken());
  }

  /** Consumes `if x:` and the like; true when a block is open now. */
  #header(): boolean {
    if (this.kind() === K.async && this.tokens.kindAt(this.at + 1) !== NEWLINE) this.at += 1;
    const keyword = this.at;
    const kind = this.kind();
    if (kind === AT) return this.#decorator();
    if (kind === NAME && this.#matches()) return this.#match();
    const opens =
      (kind >= K.if && kind <= K.for) || (kind >= K.while && kind <= K.finally) || kind === K.def || kind === K.class;
    if (!opens || kind === K.in) return false;
    this.at += 1;
    switch (kind) {
      case K.def:
        this.#function();
        break;
      case K.class:
        this.#class();
        break;
      case K.if:
        this.listener.openIf(this.#condition(), keyword);
        break;
      case K.elif:
        this.listener.openElif(this.#condition(), keyword);
        break;
      case K.while:
        this.listener.openWhile(this.#condition(), keyword);
        break;
      case K.else:
        this.listener.openElse();
        break;
      case K.for:
        this.#for();
        break;
      case K.with:
        this.#with();
        break;
      case K.try:
        this.listener.openTry();
        break;
      case K.except:
        this.#handler();
        break;
      default:
        if (this.beginsExpression()) this.expressionList();
        this.listener.openOther();
    }
    this.skipTo(COLON);
    this.accept(COLON);
    return true;
  }

  #handler(): void {
    const caught = this.beginsExpression() ? this.expressionList() : undefined;
    if (this.accept(K.as)) this.at += 1;
    this.listener.openHandler(caught);
  }

  /** `match` and `case` are keywords only where the line opens a block. */
  #matches(): boolean {
    const word = this.tokens.textAt(this.at);
    if (word !== "match" && word !== "case") return false;
    const start = this.at;
    this.skipTo(NEWLINE);
    const opens = this.tokens.kindAt(this.at - 1) === COLON && this.at - 1 > start + 1;
    this.at = start;
    return opens;
  }

  /** A pattern is compared with the subject. */
  #match(): true {
    const compared = this.tokens.textAt(this.at) === "case";
    this.at += 1;
    const value = this.expressionList();
    if (compared) this.listener.comparison([EQUAL], [this.listener.display([]), value]);
    if (this.accept(K.if)) this.expression();
    this.listener.openOther();
    this.skipTo(COLON);
    this.accept(COLON);
    return true;
  }

  #condition(): V {
    return this.expression();
  }

  #decorator(): false {
    this.at += 1;
    this.#decorators.push(this.expression());
    return false;
  }

  #takeDecorators(): V[] {
    const decorators = this.#decorators;
    this.#decorators = [];
    return decorators;
  }

  #function(): void {
    const decorators = this.#takeDecorators();
    const name = this.at;
    this.accept(NAME);
    this.#typeParameters();
    const params = this.kind() === LPAREN ? this.#parameters() : [];
    const returns = this.accept(ARROW) ? this.annotation() : undefined;
    this.listener.openFunction(name, params, decorators, returns);
  }

  #class(): void {
    const decorators = this.#takeDecorators();
    const name = this.at;
    this.accept(NAME);
    this.#typeParameters();
    const args = this.kind() === LPAREN ? this.args() : [];
    this.listener.openClass(name, args, decorators);
  }

  /** `[T]` of a generic function or class. */
  #typeParameters(): void {
    if (this.kind() !== 91) return;
    this.skipTo(RBRACKET);
    this.accept(RBRACKET);
  }

  #parameters(): Parameter<V>[] {
    const params: Parameter<V>[] = [];
    this.at += 1;
    while (this.kind() !== RPAREN && this.kind() !== NEWLINE && this.kind() !== END) {
      const start = this.at;
      if (this.kind() !== STAR && this.kind() !== POWER && this.kind() === NAME) params.push(this.#parameter());
      else if (this.kind() === STAR || this.kind() === POWER) {
        this.at += 1;
        if (this.accept(NAME) && this.accept(COLON)) this.annotation();
      }
      if (!this.accept(COMMA) && this.at === start) this.at += 1;
    }
    this.accept(RPAREN);
    return params;
  }

  #parameter(): Parameter<V> {
    const token = this.at;
    this.at += 1;
    const annotation = this.accept(COLON) ? this.annotation() : undefined;
    const value = this.accept(ASSIGN) ? this.expression() : undefined;
    return {
      name: this.tokens.textAt(token),
      token,
      ...(annotation === undefined ? {} : { annotation }),
      ...(value === undefined ? {} : { default: value }),
    };
  }

  #for(): void {
    const targets = this.#targets();
    const iterable = this.accept(K.in) ? this.expressionList() : this.listener.display([]);
    this.listener.iterates(targets, iterable);
    this.listener.openOther();
  }

  /** Targets of a `for`: everything up to its `in`. */
  #targets(): Target<V>[] {
    const targets: Target<V>[] = [];
    while (this.kind() !== K.in && this.kind() !== NEWLINE && this.kind() !== END && this.kind() !== COLON) {
      if (this.kind() === NAME) targets.push({ first: this.at, last: this.at });
      this.at += 1;
    }
    return targets;
  }

  #with(): void {
    const grouped = this.kind() === LPAREN && this.#parenthesisEndsHeader();
    if (grouped) this.at += 1;
    while (this.beginsExpression()) {
      const value = this.expression();
      const target = this.accept(K.as) ? this.#target() : undefined;
      this.listener.withItem(value, target);
      if (!this.accept(COMMA)) break;
    }
    if (grouped) this.accept(RPAREN);
    this.listener.openOther();
  }

  /** `with (a as b, c as d):` against `with (f or g)(x):`. */
  #parenthesisEndsHeader(): boolean {
    let depth = 0;
    for (let i = this.at; ; i++) {
      const kind = this.tokens.kindAt(i);
      if (kind === NEWLINE || kind === END) return false;
      if (kind === LPAREN) depth += 1;
      if (kind === RPAREN && --depth === 0) return this.tokens.kindAt(i + 1) === COLON;
    }
  }

  #target(): Target<V> {
    const first = this.at;
    const value = this.expression();
    return { first, last: this.at - 1, value };
  }
}

/** Reads the tokens of a file once and tells the listener what stands there. */
export function parse<V>(tokens: Tokens, listener: StatementSemantics<V>): void {
  new StatementParser(tokens, listener).run();
}
