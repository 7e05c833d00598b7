import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const MODULE = fileURLToPath(new URL("../../dist/host/uninterrupted.js", import.meta.url));

/** Runs a program that is interrupted while it writes; what it printed, and how it ended. */
function run(program: string): Promise<{ printed: string; signal: NodeJS.Signals | null }> {
  const source = `import { uninterrupted } from ${JSON.stringify(MODULE)};\n${program}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", source], { stdio: ["ignore", "pipe", "ignore"] });
  let printed = "";
  child.stdout.on("data", (piece: Buffer) => {
    printed += piece.toString();
  });
  return new Promise((done) => {
    child.on("close", (_, signal) => done({ printed, signal }));
  });
}

const WRITE = `() => { process.kill(process.pid, "SIGINT"); const end = Date.now() + 50; while (Date.now() < end); return "whole"; }`;

describe("uninterrupted", () => {
  it("ends the write, then the process by the same signal", async () => {
    const { printed, signal } = await run(
      `import { writeSync } from "node:fs";
       const result = uninterrupted(() => { const text = (${WRITE})(); writeSync(1, text); });
       await result; writeSync(1, " and on");`,
    );
    expect(printed).toBe("whole");
    expect(signal).toBe("SIGINT");
  });

  it("leaves signals alone afterwards", async () => {
    const { printed, signal } = await run(
      `console.log(await uninterrupted(() => "whole"), process.listenerCount("SIGINT"));`,
    );
    expect(printed).toBe("whole 0\n");
    expect(signal).toBeNull();
  });
});
