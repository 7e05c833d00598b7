import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { languageOf } from "../../src/discover/language.ts";
import { inspect } from "../../src/extract/inspect.ts";
import { link } from "../../src/link/link.ts";
import { loadCatalog } from "../../src/rules/load.ts";

const FOLDER = "fixtures/snippets/doubles";
const catalog = loadCatalog();
const texts = new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(`${FOLDER}/${name}`, "utf8")]));
const inventory = link({
  files: [...texts].map(([path, text]) =>
    inspect({ path, language: languageOf(path) ?? "cpp", text, bytes: text.length }, catalog),
  ),
  placeOf: () => ({ vendored: false, test: false }),
  componentOf: () => "all",
  skipped: [],
  diagnostics: [],
});
const kernels = inventory.usages.filter(({ kind }) => kind === "kernel");

/** `name source`, as the fixture's comments mark them. */
const marked = [...texts.values()]
  .flatMap((text) => [...text.matchAll(/__global__ void (\w+)\(.*\/\/ fp64: (\w+)$/gm)])
  .map(([, name, source]) => `${name} ${source}`);

it("tells literals from types, and finds neither where nothing is computed in double precision", () => {
  expect(kernels.flatMap(({ symbol, facts }) => (facts?.fp64 ? [`${symbol} ${facts.fp64}`] : [])).sort()).toEqual(
    marked.sort(),
  );
});

it("keeps the feature, whatever it comes from", () => {
  const withFeature = inventory.kernels.filter(({ features }) => features.includes("fp64")).map(({ name }) => name);
  expect(withFeature.sort()).toEqual(marked.map((mark) => mark.split(" ")[0]).sort());
});
