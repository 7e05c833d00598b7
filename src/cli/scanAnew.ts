/** A scan that nobody has made before: everything from reading files to writing reports. */
import type { Discovered } from "../discover/discover.ts";
import { uninterrupted } from "../host/uninterrupted.ts";
import { scan } from "../pipeline.ts";
import { piecesOf } from "../report/formats/index.ts";
import { knownBeside } from "../report/formats/knowledge.ts";
import { type Conclusion, conclude } from "./conclusion.ts";
import { inspectorFor } from "./inspector.ts";
import { keeping, type OutcomeMemory } from "./outcome.ts";
import { deliver } from "./output.ts";
import { terminalProgress } from "./progress.ts";
import { forDestination, type ScanRequest } from "./scanRequest.ts";

export async function scanAnew(
  { roots, flags, scan: request, knowledge, destinations, shown, watch }: ScanRequest,
  found: Discovered,
  memory: OutcomeMemory | undefined,
): Promise<Conclusion> {
  const progress = terminalProgress(flags.quiet ?? false);
  const inspector = inspectorFor(roots, flags, knowledge, {
    progress: progress.step,
    watch,
    contents: memory?.contents,
  });
  const report = await scan(request, knowledge, inspector, watch, found);
  progress.done();
  const options = { ...shown, ...knownBeside(report, knowledge.ruleSetOf, knowledge.model) };
  const texts: string[] = [];
  const keep = (text: string) => texts.push(text);
  for (const destination of destinations) {
    const { format, file } = destination;
    const write = () => deliver(destination, keeping(piecesOf(format, report, forDestination(options, file)), keep));
    await watch.stage("format", write);
  }
  const conclusion = conclude(report, flags);
  if (texts.length === destinations.length) await uninterrupted(() => memory?.remember({ texts, ...conclusion }));
  return conclusion;
}
