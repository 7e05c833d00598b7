/** Where reports go: `--format` and `--output` in pairs, or `--format FORMAT=FILE`. */
import { closeSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { uninterrupted } from "../host/uninterrupted.ts";
import { nearNames } from "../model/nearNames.ts";
import { UserError } from "../model/userError.ts";

export interface Destination<Name extends string> {
  readonly format: Name;
  /** Undefined: stdout. */
  readonly file: string | undefined;
}

/** Pairs formats with files; one UserError for every unknown format and for two reports on stdout. */
export function destinationsOf<Name extends string>(
  formats: readonly string[] | undefined,
  outputs: readonly string[] | undefined,
  known: readonly Name[],
  fallback: Name,
): Destination<Name>[] {
  const problems: string[] = [];
  const wanted = formats ?? [fallback];
  const destinations = wanted.map((text, index): Destination<Name> => {
    const at = text.indexOf("=");
    const format = at < 0 ? text : text.slice(0, at);
    const file = at < 0 ? outputs?.[index] : text.slice(at + 1);
    if (!known.includes(format as Name)) {
      const [near] = nearNames(format, known);
      problems.push(`unknown format "${format}".${near ? ` Did you mean ${near}?` : ""} Known: ${known.join(", ")}`);
    }
    return { format: format as Name, file: file === "-" ? undefined : file };
  });
  if ((outputs?.length ?? 0) > wanted.length) problems.push("more --output files than --format reports");
  const onStdout = destinations.filter(({ file }) => file === undefined);
  if (onStdout.length > 1) {
    problems.push(`${onStdout.map(({ format }) => format).join(" and ")} both go to stdout; give --format FORMAT=FILE`);
  }
  if (problems.length > 0) throw new UserError(problems.join("\n"));
  return destinations;
}

/** Anything but a plain file (`/dev/null`, a pipe, a link) is written through: a rename would put a file in its place. */
function isReplaceable(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? true;
}

function writeThrough(file: string, pieces: Iterable<string>): void {
  try {
    const descriptor = openSync(file, "w");
    try {
      for (const piece of pieces) writeFileSync(descriptor, piece);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new UserError(`cannot write ${file}: ${(error as Error).message}`);
  }
}

/** Writes a file whole or not at all: a reader never sees half a report. */
function writeWhole(file: string, pieces: Iterable<string>): void {
  const partial = `${file}.${process.pid}.partial`;
  try {
    const descriptor = openSync(partial, "w");
    try {
      for (const piece of pieces) writeFileSync(descriptor, piece);
    } finally {
      closeSync(descriptor);
    }
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw new UserError(`cannot write ${file}: ${(error as Error).message}`);
  }
}

function writeStdout(text: string): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(text, (error) => (error ? fail(error) : done()));
  });
}

/** Writes a text, or its pieces one after the other. */
export async function deliver({ file }: Destination<string>, text: string | Iterable<string>): Promise<void> {
  const pieces = typeof text === "string" ? [text] : text;
  if (file !== undefined) await uninterrupted(() => (isReplaceable(file) ? writeWhole : writeThrough)(file, pieces));
  else for (const piece of pieces) await writeStdout(piece);
}
