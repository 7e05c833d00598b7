/** `portgauge init`: a first config file, with what the defaults are. */
import { writeFileSync } from "node:fs";
import { CONFIG_NAME } from "../../config/find.ts";
import { UserError } from "../../model/userError.ts";
import { EXIT, say } from "../exit.ts";

const FIRST_CONFIG = `# portgauge configuration. Schema: portgauge schema config
version: 1
targets:
  - id: hip
    variant: gfx942
    mode: fail          # the gate fails when this target's limits are broken
    maxBlockers: 0      # new blockers that one change may add
    maxSilent: 0        # new usages that compile or run and may be wrong
    # maxDays: 2        # engineer-days (P50) that one change may add
  - id: tt-metalium
    mode: watch         # reported, never fails
# components:           # rows of the effort table; default: CODEOWNERS, else folders
#   attention: csrc/attention/**
# exclude: [docs/**]
# vendored: [thirdparty_code/**]
# tests: separate       # separate | include | exclude
`;

export function runInit(): number {
  try {
    writeFileSync(CONFIG_NAME, FIRST_CONFIG, { flag: "wx" });
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === "EEXIST";
    throw new UserError(
      exists ? `${CONFIG_NAME} exists already` : `cannot write ${CONFIG_NAME}: ${(error as Error).message}`,
    );
  }
  say(`portgauge: wrote ${CONFIG_NAME}; portgauge schema config prints all keys`);
  return EXIT.finished;
}
