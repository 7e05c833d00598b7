/** Commands and their options. Each command's code is loaded when it runs: `--help` must not pay for a scan. */
import { Command, Option } from "commander";
import type { BacktestFlags } from "./commands/backtest.ts";
import type { ExplainFlags } from "./commands/explain.ts";
import type { RulesFlags } from "./commands/rules.ts";
import type { ImportFlags } from "./commands/rulesImport.ts";
import {
  addBaselineOptions,
  addDiffOptions,
  addGateOptions,
  type BaselineFlags,
  type DiffFlags,
  type GateFlags,
} from "./gateOptions.ts";
import { listed } from "./listed.ts";
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
  addRules(program, exit);
  program
    .command("backtest")
    .argument("<file>", "observed ports, such as fixtures/backtest/hip.json")
    .requiredOption("--clones <dir>", "git clones of the repositories, named owner+name, owner/name or name")
    .addOption(new Option("-f, --format <format>", "how to print it").choices(["table", "json"]).default("table"))
    .option("--cache-dir <dir>", "where the cache is kept")
    .description("predicted against observed at program, file and port level, with the metrics")
    .action(async (file: string, flags: BacktestFlags) => {
      const { runBacktest } = await import("./commands/backtest.ts");
      exit(await runBacktest(file, flags));
    });
  addComparisons(program, exit);
  program
    .command("init")
    .description("write a first portgauge.config.yaml into the current folder")
    .action(async () => {
      const { runInit } = await import("./commands/init.ts");
      exit(runInit());
    });
  program
    .command("schema")
    .argument("[name]", "report, gate, config or rules", "report")
    .description("print a JSON Schema")
    .action(async (name: string) => {
      const { runSchema } = await import("./commands/schema.ts");
      exit(runSchema(name));
    });
  return program;
}

/** Commands that compare two states of the code. */
function addComparisons(program: Command, exit: Exit): void {
  addGateOptions(
    program.command("gate").description("what a change adds to the port; exit 1 when a policy is broken"),
  ).action(async (flags: GateFlags) => exit(await (await import("./commands/gate.ts")).runGate(flags)));
  const baseline = program.command("baseline").description("the file of accepted findings");
  addBaselineOptions(baseline.command("write").description("accept today's findings")).action(
    async (flags: BaselineFlags) => exit(await (await import("./commands/baseline.ts")).runBaselineWrite(flags)),
  );
  addBaselineOptions(
    baseline.command("prune").description("drop entries that nothing in the code fits any more"),
  ).action(async (flags: BaselineFlags) =>
    exit(await (await import("./commands/baseline.ts")).runBaselinePrune(flags)),
  );
  addDiffOptions(
    program
      .command("diff")
      .argument("<a>", "a saved JSON report, or a git revision")
      .argument("<b>", "the same, later")
      .description("what moved because of code, what because of rules"),
  ).action(async (a: string, b: string, flags: DiffFlags) =>
    exit(await (await import("./commands/diff.ts")).runDiff(a, b, flags)),
  );
}

function addRules(program: Command, exit: Exit): void {
  const rules = program.command("rules").description("the rule tables: list, check (also your own), coverage, import");
  const targetOption = () =>
    new Option("-t, --target <target>", "only these targets (repeatable or comma list)").argParser(listed);
  const rulesOption = () => new Option("--rules <dir>", "your own rules, laid over the shipped ones").argParser(listed);
  rules
    .command("list")
    .description("every rule with verdict, evidence and what it matches")
    .addOption(targetOption())
    .addOption(rulesOption())
    .option("--why", "the file that each rule comes from, and why it says so")
    .option("--json", "as JSON")
    .action(async (flags: RulesFlags) => exit((await import("./commands/rules.ts")).runRulesList(flags)));
  rules
    .command("check")
    .argument("[dir...]", "folders of your own rules (default: the shipped ones)")
    .description("lint rules and run their examples through the scanner; exit 2 when something is wrong")
    .addOption(targetOption())
    .option("--stale <age>", "report evidence read longer ago, e.g. 180d")
    .option("--links", "check the form of every evidence source (always on)")
    .action(async (dirs: string[], flags: RulesFlags) =>
      exit((await import("./commands/rules.ts")).runRulesCheck(dirs, flags)),
    );
  rules
    .command("coverage")
    .description("share of each API family's names by verdict and evidence, per target")
    .addOption(targetOption())
    .addOption(rulesOption())
    .option("--json", "as JSON")
    .action(async (flags: RulesFlags) => exit((await import("./commands/rules.ts")).runRulesCoverage(flags)));
  rules
    .command("import")
    .argument("<upstream>", "hipify")
    .argument("<dir>", "a checkout of the upstream")
    .option("--write", "bring new and changed names into the tables and the catalog; rows with better evidence stay")
    .option("--commit <sha>", "the checkout's commit, where it has no git history")
    .option("--into <dir>", "the folder of rules to compare with and to write (default: the shipped ones)")
    .description("what a checkout of an upstream says otherwise than the shipped tables, by API family")
    .action(async (upstream: string, dir: string, flags: ImportFlags) =>
      exit((await import("./commands/rulesImport.ts")).runRulesImport(upstream, dir, flags)),
    );
}
