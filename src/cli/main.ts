/** argv to exit code. The only place that catches everything. */
import { CommanderError } from "commander";
import { UserError } from "../model/userError.ts";
import { dropUnset } from "./environment.ts";
import { EXIT, say } from "./exit.ts";
import { buildProgram } from "./program.ts";
import { packageVersion } from "./version.ts";

/** A reader such as `head` that closes the pipe early is not an error; a full disk is one, but no crash of ours. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.finished);
  say(`portgauge: cannot write to stdout: ${error.message}`);
  process.exit(EXIT.usage);
});

function codeOf(error: unknown): number {
  // Commander has printed its own message already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.finished : EXIT.usage;
  if (error instanceof UserError) {
    say(`portgauge: ${error.message}`);
    if (error.hint !== undefined) say(`  ${error.hint}`);
    return EXIT.usage;
  }
  say(`portgauge ${packageVersion()} crashed on Node ${process.version}; please report this:`);
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.crash;
}

try {
  dropUnset(process.env);
  const program = buildProgram(packageVersion(), (code) => {
    process.exitCode = code;
  });
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = codeOf(error);
}
