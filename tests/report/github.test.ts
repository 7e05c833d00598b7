import { describe, expect, it } from "vitest";
import { FORMATS } from "../../src/report/formats/index.ts";
import { EVIL_PATH, hostileReport } from "./hostileReport.ts";
import { manyTargets, reportOf, twoTargets } from "./sampleReport.ts";

const { github } = FORMATS;
const COMMAND = /^::(error|warning|notice) ((?:file|line|title)=[^,:]*(?:,(?:line|title)=[^,:]*)*)::(.*)$/;

interface Parsed {
  readonly level: string;
  readonly properties: Record<string, string>;
  readonly message: string;
}

const decoded = (text: string): string =>
  text.replace(/%(3A|2C|0D|0A|25)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** As the runner reads it. */
function parsed(text: string): Parsed[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const found = COMMAND.exec(line);
      if (!found) throw new Error(`not a workflow command: ${line}`);
      const [, level = "", properties = "", message = ""] = found;
      const pairs = properties.split(",").map((pair) => {
        const at = pair.indexOf("=");
        return [pair.slice(0, at), decoded(pair.slice(at + 1))] as const;
      });
      return { level, properties: Object.fromEntries(pairs), message: decoded(message) };
    });
}

describe("github", () => {
  it("annotates a blocker as an error at its first site, then work by hand, then sums up", () => {
    const [blocker, silent, rewrite, summary, ...none] = parsed(github(twoTargets(), { prefix: "serve/" }));
    expect(none).toEqual([]);
    expect(blocker).toMatchObject({
      level: "error",
      properties: { file: "serve/attention/fwd.cu", line: "88", title: "groq: Custom kernels have no interface" },
    });
    expect(blocker?.message).toContain("No path");
    expect(silent?.message).toContain("silent risk");
    expect(silent?.properties).toMatchObject({ title: "hip: Adapt lane masks", line: "40" });
    expect(rewrite).toMatchObject({ level: "warning", properties: { title: "hip: Write attention kernels again" } });
    expect(summary?.level).toBe("notice");
    expect(summary?.message).toBe("7 usages; hip 33 d (15–71 d), groq no path: 1 blocker.");
  });

  it("shows at most ten of a level and says how many are left", () => {
    const commands = parsed(github(manyTargets(5, 40), {}));
    for (const level of ["error", "warning", "notice"]) {
      expect(commands.filter((one) => one.level === level).length).toBeLessThanOrEqual(10);
    }
    expect(commands.filter(({ level }) => level === "error")).toHaveLength(10);
    expect(commands.at(-1)?.message).toContain("35 more entries not shown");
  });

  it("lets no name in the code become a command or a property", () => {
    const commands = parsed(github(hostileReport(), {}));
    expect(commands.map(({ level }) => level)).toEqual(["error", "warning", "notice"]);
    expect(commands[0]?.properties.file).toBe(EVIL_PATH.replace("\u001b", "\\x1b"));
    expect(Object.keys(commands[0]?.properties ?? {})).toEqual(["file", "line", "title"]);
    expect(commands.at(-1)?.message).toContain("incomplete");
  });

  it("says that nothing was found", () => {
    expect(parsed(github(reportOf([], []), {}))[0]?.message).toContain("no use of NVIDIA's stack found");
  });
});
