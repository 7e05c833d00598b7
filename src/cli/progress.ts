import type { Progress } from "../host/takeInventory.ts";

/** Shorter scans print nothing. */
const QUIET_MS = 1000;
const EVERY_MS = 100;

/** One line on stderr that is rewritten while long work goes on; nothing at all unless stderr is a terminal. */
export function terminalProgress(quiet: boolean): { readonly step: Progress; readonly done: () => void } {
  if (quiet || !process.stderr.isTTY) return { step: () => {}, done: () => {} };
  const start = performance.now();
  let last = start;
  let shown = false;
  return {
    step: (done, total) => {
      const now = performance.now();
      if (now - start < QUIET_MS || now - last < EVERY_MS) return;
      last = now;
      shown = true;
      process.stderr.write(`\r\u001b[Kreading ${done} of ${total} files`);
    },
    done: () => {
      if (shown) process.stderr.write("\r\u001b[K");
    },
  };
}
