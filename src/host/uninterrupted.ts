import { setImmediate, setTimeout } from "node:timers/promises";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs a write that a signal must not cut in half: Ctrl-C counts when it is done, so no partial file stays behind.
 * Elsewhere signals end the process at once, as they do without any handler.
 */
export async function uninterrupted<T>(write: () => T): Promise<T> {
  let asked: NodeJS.Signals | undefined;
  const remember = (signal: NodeJS.Signals) => {
    asked = signal;
  };
  for (const signal of SIGNALS) process.on(signal, remember);
  try {
    return write();
  } finally {
    // Signals that came meanwhile are told by the loop: it has looked for them when two rounds are over.
    await setImmediate();
    await setImmediate();
    for (const signal of SIGNALS) process.off(signal, remember);
    if (asked) await dieBy(asked);
  }
}

/** The system may take a moment to deliver it, to whatever thread. */
async function dieBy(signal: NodeJS.Signals): Promise<void> {
  process.kill(process.pid, signal);
  await setTimeout(1000);
}
