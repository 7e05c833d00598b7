import type { Report } from "../../model/report.ts";
import type { Format } from "./format.ts";

/** Elements of a list per piece: enough to be fast, few enough that no piece is large. */
const PIECE: Readonly<Record<string, number>> = { usages: 2000, kernels: 2000, targets: 1 };

/** One member of the report as it stands in the whole text. */
function memberText(name: string, value: unknown): string {
  return JSON.stringify({ [name]: value }, null, 2).slice("{\n".length, -"\n}".length);
}

function* listPieces(name: string, list: readonly unknown[], size: number): Generator<string> {
  const head = `  ${JSON.stringify(name)}: [\n`;
  const tail = "\n  ]";
  for (let from = 0; from < list.length; from += size) {
    const text = memberText(name, list.slice(from, from + size));
    yield (from === 0 ? head : ",\n") + text.slice(head.length, -tail.length);
  }
  yield tail;
}

/**
 * The JSON report piece by piece: of a large code base it is hundreds of megabytes, more than everything else that a
 * scan holds. The pieces together are `JSON.stringify(report, null, 2)` and a line end.
 */
export function* jsonPieces(report: Report): Generator<string> {
  let before = "{\n";
  for (const [name, value] of Object.entries(report)) {
    yield before;
    const size = PIECE[name];
    if (size !== undefined && Array.isArray(value) && value.length > 0) yield* listPieces(name, value, size);
    else yield memberText(name, value);
    before = ",\n";
  }
  yield "\n}\n";
}

/** The contract with everything outside; its order is the order in which the report was built. */
export const json: Format = (report) => [...jsonPieces(report)].join("");
