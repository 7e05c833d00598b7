/** Inline PTX: the instructions in the text of `asm` statements. */
import { COLON, IDENT, PAREN_OPEN, STRING, type TokenList } from "./tokens.ts";

export interface Instruction {
  /** With its modifiers: `mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32`. */
  readonly opcode: string;
  readonly line: number;
  readonly offset: number;
}

const ASM_WORDS = new Set(["asm", "__asm", "__asm__"]);
const ASM_QUALIFIERS = new Set(["volatile", "__volatile__", "__volatile", "goto", "inline"]);

/** First words of PTX instructions. Those of x86 that look alike never have a `.type` behind them. */
const ROOTS = new Set(
  (
    "abs activemask add addc alloca and applypriority atom bar barrier bfe bfi bfind bmsk bra brev brkpt brx call clusterlaunchcontrol clz cnot copysign cos cp " +
    "createpolicy cvt cvta discard div dp2a dp4a elect ex2 exit fence fma fns getctarank griddepcontrol isspacep istypep ld ldmatrix ldu lg2 lop3 mad mad24 madc mapa " +
    "match max mbarrier membar min mma mov movmatrix mul mul24 multimem nanosleep neg not or pmevent popc prefetch prefetchu prmt rcp red redux rem ret rsqrt sad " +
    "selp set setmaxnreg setp shf shfl shl shr sin slct sqrt st stackrestore stacksave stmatrix sub subc suld suq sured sust szext tanh tcgen05 tensormap testp tex tld4 " +
    "trap txq vabsdiff vabsdiff2 vabsdiff4 vadd vadd2 vadd4 vavrg2 vavrg4 vmad vmax vmax2 vmax4 vmin vmin2 vmin4 vote vset vset2 vset4 vshl vshr vsub vsub2 vsub4 " +
    "wgmma wmma xor"
  ).split(" "),
);
/** Instructions that may stand without a modifier. */
const BARE = new Set(["ret", "exit", "trap", "brkpt", "bra", "call"]);
const OPCODE = /^([a-z][a-z0-9]*)((?:(?:\.|::)[A-Za-z0-9_]+)*)/;

/** False when no token of the list can begin an `asm` statement. */
export function mayHoldAsm({ names }: TokenList): boolean {
  for (const word of ASM_WORDS) if (names.has(word)) return true;
  return false;
}

/** Instructions of the `asm` statement at `at`; undefined when there is none. */
export function asmAt(tokens: TokenList, at: number, literals: LiteralMacros): readonly Instruction[] | undefined {
  if (!ASM_WORDS.has(tokens.textAt(at))) return undefined;
  let open = at + 1;
  while (tokens.kindAt(open) === IDENT && ASM_QUALIFIERS.has(tokens.textAt(open))) open += 1;
  if (tokens.kindAt(open) !== PAREN_OPEN) return undefined;
  const close = tokens.matchAt(open);
  if (close < open) return undefined;
  return inEveryVariant(pieces(tokens, open + 1, close, literals));
}

/** Texts of an object-like macro that is a string literal, one for each definition: assembly is often pasted from them. */
export type LiteralMacros = (name: string) => readonly string[];

interface Piece {
  /** Several for a macro that has several definitions. */
  readonly texts: readonly string[];
  /** What a macro stands for is placed where the macro is written. */
  readonly isMacro: boolean;
  readonly line: number;
  readonly offset: number;
}

/** The instructions that any branch of an `#if` around the macros gives. */
function inEveryVariant(parts: readonly Piece[]): Instruction[] {
  const variants = Math.max(1, ...parts.map(({ texts }) => texts.length));
  const found = new Map<string, Instruction>();
  for (let variant = 0; variant < variants; variant++) {
    for (const instruction of instructionsOf(parts, variant)) {
      if (!found.has(instruction.opcode)) found.set(instruction.opcode, instruction);
    }
  }
  return [...found.values()];
}

function pieces(tokens: TokenList, from: number, to: number, literals: LiteralMacros): Piece[] {
  const found: Piece[] = [];
  for (let at = from; at < to; at++) {
    const kind = tokens.kindAt(at);
    if (kind === COLON || kind === 5) break;
    const place = { line: tokens.lineAt(at), offset: tokens.startAt(at) };
    if (kind === STRING) found.push({ texts: [tokens.textAt(at)], isMacro: false, ...place });
    // What a macro inserts is unknown unless it is a literal; a blank keeps the words around it apart from each other.
    else if (kind === IDENT) {
      const texts = literals(tokens.textAt(at));
      found.push({ texts: texts.length > 0 ? texts : [UNKNOWN], isMacro: true, ...place });
    } else if (kind === PAREN_OPEN) at = Math.max(at, tokens.matchAt(at));
  }
  return found;
}

/** Stands for text that only the preprocessor knows. */
const UNKNOWN = "\u00bf";

function textOf({ texts }: Piece, variant: number): string {
  return texts[Math.min(variant, texts.length - 1)] ?? UNKNOWN;
}

/** Joins the literals and remembers for each character where it was written. */
function instructionsOf(parts: readonly Piece[], variant: number): Instruction[] {
  let joined = "";
  const starts: { at: number; piece: Piece; shift: number }[] = [];
  for (const piece of parts) {
    const { body, shift } = literalBody(textOf(piece, variant));
    starts.push({ at: joined.length, piece, shift });
    joined += body;
  }
  const instructions: Instruction[] = [];
  const seen = new Set<string>();
  for (const statement of statements(joined)) {
    const found = opcodeOf(statement.text);
    if (found === undefined || seen.has(found.opcode)) continue;
    seen.add(found.opcode);
    const at = statement.at + found.at;
    const start = starts.findLast((candidate) => candidate.at <= at);
    if (start) instructions.push({ opcode: found.opcode, ...placeIn(start.piece, start.shift + at - start.at) });
  }
  return instructions;
}

/** Line and offset of a character of a literal: a raw string may hold line ends. */
function placeIn(piece: Piece, shift: number): { line: number; offset: number } {
  if (piece.isMacro) return { line: piece.line, offset: piece.offset };
  const before = textOf(piece, 0).slice(0, shift);
  let line = piece.line;
  for (let stop = before.indexOf("\n"); stop >= 0; stop = before.indexOf("\n", stop + 1)) line += 1;
  return { line, offset: piece.offset + shift };
}

function literalBody(text: string): { body: string; shift: number } {
  if (text === UNKNOWN) return { body: UNKNOWN, shift: 0 };
  const raw = /^(?:u8|[uUL])?R"([^(]{0,16})\(/.exec(text);
  if (raw) return { body: text.slice(raw[0].length, -((raw[1] ?? "").length + 2)), shift: raw[0].length };
  const open = text.indexOf('"');
  const end = text.endsWith('"') && text.length > open + 1 ? -1 : undefined;
  // Escapes keep their length, so that offsets hold.
  const body = text
    .slice(open + 1, end)
    .replace(/\\\r?\n/g, "  ")
    .replace(/\\[ntr]/g, " \n")
    .replace(/\\[^\n]/g, "  ");
  return { body, shift: open + 1 };
}

function* statements(text: string): Generator<{ text: string; at: number }> {
  const separator = /[;\n{}]/g;
  let from = 0;
  for (;;) {
    separator.lastIndex = from;
    const found = separator.exec(text);
    const to = found ? found.index : text.length;
    const body = text.slice(from, to);
    const blanks = body.length - body.trimStart().length;
    if (blanks < body.length) yield { text: body.trim(), at: from + blanks };
    if (!found) return;
    from = to + 1;
  }
}

const LABELS = /^(?:[\w$%]+:(?!:)\s*)+/;
const PREDICATE = /^@!?[%\w¿]+\s*/;

/** The instruction of one statement, behind labels and predicates; undefined for directives and what is no PTX. */
function opcodeOf(statement: string): { opcode: string; at: number } | undefined {
  const labels = LABELS.exec(statement)?.[0].length ?? 0;
  const at = labels + (PREDICATE.exec(statement.slice(labels))?.[0].length ?? 0);
  const found = OPCODE.exec(statement.slice(at));
  if (!found) return undefined;
  const [opcode = "", root = "", modifiers = ""] = found;
  if (!ROOTS.has(root)) return undefined;
  if (modifiers === "" && !BARE.has(root) && statement.charAt(at + opcode.length) !== UNKNOWN) return undefined;
  return { opcode, at };
}
