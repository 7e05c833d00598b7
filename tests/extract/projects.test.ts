import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { languageOf } from "../../src/discover/language.ts";
import { inspect } from "../../src/extract/inspect.ts";
import type { FileInventory } from "../../src/model/inventory.ts";
import { buildCatalog } from "../../src/rules/catalog.ts";
import { readCatalogSource } from "../../src/rules/catalogSource.ts";

const catalog = buildCatalog({ ...readCatalogSource("rules/catalog"), digest: "test" });

function inspectProject(name: string): FileInventory[] {
  const root = `fixtures/projects/${name}`;
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  return paths.flatMap((path) => {
    const language = languageOf(path);
    const text = readFileSync(join(root, path), "utf8");
    return language ? [inspect({ path, language, text, bytes: text.length }, catalog)] : [];
  });
}

/** Names of the project's own that only look like NVIDIA's are taken out when files are joined. */
function usagesOf(files: FileInventory[]) {
  const own = new Set(files.flatMap((file) => file.defines));
  return files.flatMap((file) => file.usages).filter(({ unlisted, symbol }) => !unlisted || !own.has(symbol));
}

test("a project without CUDA shows no usage", () => {
  const files = inspectProject("no-cuda");
  expect(files.length).toBe(7);
  expect(usagesOf(files)).toEqual([]);
  expect(files.filter(({ gpu }) => gpu)).toEqual([]);
});

test("in a ported project CUDA's part of the build stands in branches against AMD", () => {
  const build = usagesOf(inspectProject("ported")).filter(({ family }) => family === "build");
  expect(build.map(({ symbol, guard }) => `${guard} ${symbol}`).sort()).toEqual([
    "!USE_ROCM cmake:CUDA_ARCHITECTURES",
    "!USE_ROCM cmake:enable_language(CUDA)",
    "!USE_ROCM cmake:find_package(CUDAToolkit)",
    "!USE_ROCM cmake:target_link_libraries(CUDA::cudart)",
  ]);
});

test("the example shows every layer around the code", () => {
  const families = new Set(usagesOf(inspectProject("fused-ops")).map(({ family }) => family));
  const layers = ["build", "cluster", "env", "packages", "tools"];
  expect(layers.filter((family) => !families.has(family))).toEqual([]);
});
