import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { deliver } from "../../src/cli/output.ts";
import { UserError } from "../../src/model/userError.ts";

const folder = mkdtempSync(join(tmpdir(), "portgauge-output-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, pieces: string | Iterable<string>) =>
  deliver({ format: "json", file: join(folder, name) }, pieces);

describe("files of reports", () => {
  it("are written whole, from one text or from pieces, over what was there", async () => {
    await write("a.json", "first, and longer");
    await write("a.json", ["sec", "ond"]);
    expect(readFileSync(join(folder, "a.json"), "utf8")).toBe("second");
  });

  it("are not touched when a piece cannot be made", async () => {
    writeFileSync(join(folder, "b.json"), "before");
    function* failing(): Generator<string> {
      yield "half";
      throw new Error("no more");
    }
    await expect(write("b.json", failing())).rejects.toThrow(UserError);
    expect(readFileSync(join(folder, "b.json"), "utf8")).toBe("before");
  });

  it("go through links and into devices, which stay what they are", async () => {
    symlinkSync("/dev/null", join(folder, "nothing"));
    symlinkSync(join(folder, "target.json"), join(folder, "link.json"));
    await write("nothing", "text");
    await write("link.json", "text");
    expect(lstatSync(join(folder, "nothing")).isSymbolicLink()).toBe(true);
    expect(statSync(join(folder, "nothing")).isCharacterDevice()).toBe(true);
    expect(lstatSync(join(folder, "link.json")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "target.json"), "utf8")).toBe("text");
  });

  it("cannot be folders, and leave no partial file", async () => {
    mkdirSync(join(folder, "folder"));
    await expect(write("folder", "text")).rejects.toThrow(UserError);
    expect(readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
  });
});
