/** Commands and their options. Each command's code is loaded when it runs: `--help` must not pay for a scan. */
import { Command } from "commander";
import type { ExplainFlags } from "./commands/explain.ts";
import { addScanOptions, assessOptions, type ScanFlags } from "./scanOptions.ts";

const EXAMPLES = `
Examples:
  portgauge                                   what would it take to move this folder, on all five targets
  portgauge scan src --target hip:gfx942      one target, one folder
  portgauge scan -f table -f json=report.json the table here, the whole report in a file
  portgauge explain __shfl_down_sync          verdict on every target, why, ways out, evidence
  portgauge gate --base origin/main           what this change adds; exit 1 when a policy is broken

Exit codes: 0 finished, 1 a policy is broken, 2 wrong usage or config, 3 incomplete under --strict, 70 crash.
Every option can be set as PORTGAUGE_<OPTION>; flags beat variables, variables beat portgauge.config.yaml.`;

/** Called with the exit code of the command that ran. */
type Exit = (code: number) => void;

export function buildProgram(version: string, exit: Exit): Command {
  const program = new Command("portgauge")
    .description(
      "What would it take to move this CUDA code base to other silicon? Engineer-days with a range, per target.",
    )
    .version(version, "-V, --version")
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("(portgauge --help lists commands and options)")
    .exitOverride();
  addScanOptions(
    program
      .command("scan", { isDefault: true })
      .argument("[path...]", "files or folders (default: the current folder)")
      .description("the effort table: what moving this code takes, per target (the default command)"),
  ).action(async (paths: string[], flags: ScanFlags) => {
    const { runScan } = await import("./commands/scan.ts");
    exit(await runScan(paths, flags));
  });
  const explain = program
    .command("explain")
    .argument("<name>", "symbol, rule id, work-item id, total:TARGET, or path:line")
    .description("verdict on every target, why, ways out, evidence, versions; near names for a typo")
    .option("--json", "the same as JSON")
    .option("--report <file>", "take work items and totals from a saved JSON report, not from a scan of this folder");
  for (const each of assessOptions()) explain.addOption(each);
  explain.action(async (name: string, flags: ExplainFlags) => {
    const { runExplain } = await import("./commands/explain.ts");
    exit(await runExplain(name, flags));
  });
  program
    .command("init")
    .description("write a first portgauge.config.yaml into the current folder")
    .action(async () => {
      const { runInit } = await import("./commands/init.ts");
      exit(runInit());
    });
  program
    .command("schema")
    .argument("[name]", "report or config", "report")
    .description("print a JSON Schema")
    .action(async (name: string) => {
      const { runSchema } = await import("./commands/schema.ts");
      exit(runSchema(name));
    });
  return program;
}
