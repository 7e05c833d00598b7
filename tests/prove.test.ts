import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

it("lexers and parsers agree on the example, and every difference has its reason", () => {
  const proof = execFileSync(process.execPath, ["dist/dev/prove.js", "fixtures/projects/fused-ops"], {
    encoding: "utf8",
  });
  expect(proof).toMatch(/^kernel: [1-9]\d* agree, 0 differ/m);
  expect(proof).toMatch(/^import: [1-9]\d* agree, 0 differ/m);
  expect(proof).toMatch(/^call: [1-9]\d* agree/m);
  expect(proof).not.toContain("unexplained");
});
