/** `portgauge scan`: the per-target effort table. */
import { findProject } from "../../discover/project.ts";
import { startStopwatch, UNWATCHED } from "../../host/stopwatch.ts";
import { uninterrupted } from "../../host/uninterrupted.ts";
import type { Conclusion } from "../conclusion.ts";
import { say } from "../exit.ts";
import { memoryFor, type Outcome } from "../outcome.ts";
import { deliver } from "../output.ts";
import { profileText } from "../profile.ts";
import type { ScanFlags } from "../scanOptions.ts";
import { questionOf, type ScanRequest, scanRequest } from "../scanRequest.ts";

/** Runs a scan, or gives again what an earlier run made of the same tree; returns the exit code. */
export async function runScan(paths: readonly string[], flags: ScanFlags): Promise<number> {
  const stopwatch = flags.profile ? startStopwatch() : undefined;
  const request = await scanRequest(paths, flags, stopwatch ?? UNWATCHED);
  const { notes, exit } = await answer(request);
  if (stopwatch) say(profileText(stopwatch.read()));
  for (const note of notes) say(note);
  return exit;
}

async function answer(request: ScanRequest): Promise<Conclusion> {
  const { roots, flags, scan, watch } = request;
  const found = watch.stage("discover", () => findProject(scan));
  const memory = watch.stage("recall", () => memoryFor(roots, flags, found, questionOf(request)));
  const known = watch.stage("recall", () => memory?.recall());
  if (memory && known) {
    const { folder, contents } = memory;
    if (flags.verbose) say(`portgauge: cache ${folder}: the report of an earlier run; ${contents.read} files read`);
    await uninterrupted(() => contents.save());
    return giveAgain(known, request);
  }
  // Stages and formats are loaded only for those who need them.
  const { scanAnew } = await import("../scanAnew.ts");
  return scanAnew(request, found, memory);
}

async function giveAgain(known: Outcome, { destinations, watch }: ScanRequest): Promise<Conclusion> {
  for (const [index, destination] of destinations.entries()) {
    await watch.stage("format", () => deliver(destination, known.texts[index] ?? ""));
  }
  return known;
}
