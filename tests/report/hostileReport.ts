/** A report in which every text that comes from the scanned code tries to act. */
import type { Report } from "../../src/model/report.ts";
import { days, effort, reportOf, targetReport, usage } from "./sampleReport.ts";

export const EVIL_PATH = "a,b:c\r\n::error file=x::owned/<img src=x onerror=1>|`@octocat`%0A\u001b[2J.cu";
export const EVIL_SYMBOL = '=HYPERLINK("http://evil.example")|`x` @octocat <script>#1 [a](http://evil.example)';

export function hostileReport(): Report {
  const usages = [
    usage("u1", EVIL_SYMBOL, `${EVIL_PATH}:3`, { component: "@team|`x`\n# heading" }),
    usage("u2", "+cudaFree", "-plus/a b#c?.cu:4", { component: "-plus" }),
  ];
  const title = `Replace ${EVIL_SYMBOL} of ${EVIL_PATH}`;
  const verdicts = {
    [EVIL_SYMBOL]: { verdict: "blocked" },
    "+cudaFree": { verdict: "adapt", silentRisk: true },
  } as const;
  const hip = targetReport("hip", usages, verdicts, {
    effort: effort(days(1, 4, 9), { "@team|`x`\n# heading": days(1, 4, 9) }),
    blockers: [{ id: "w1", title, cause: "c", usages: ["u1"], waysOut: [{ title, p50: 2 }], evidence: "documented" }],
    workItems: [
      {
        id: "w1",
        category: "=c",
        title,
        verdict: "blocked",
        rules: ["hip:x"],
        usages: ["u1"],
        files: 1,
        ...days(1, 2, 5),
        basis: "@b",
        evidence: "documented",
        silentRisk: false,
        after: [],
        doneWhen: title,
      },
      {
        id: "w2",
        category: "c",
        title,
        verdict: "adapt",
        rules: ["hip:y"],
        usages: ["u2"],
        files: 1,
        ...days(1, 2, 5),
        basis: "b",
        evidence: "documented",
        silentRisk: true,
        after: [],
        doneWhen: title,
      },
    ],
    drivers: [{ workItem: "w1", shareOfP90: 0.5, settle: title }],
  });
  const { coverage } = reportOf(usages, []);
  const diagnostics = [{ path: EVIL_PATH, line: 1, code: "unreadable", message: `cannot read ${EVIL_PATH}` }];
  return reportOf(usages, [hip], {
    root: "<b>root</b>`@octocat`",
    complete: false,
    coverage: { ...coverage, diagnostics },
  });
}
