/** Cuts files that were read, from wherever, into a project: whose code, which component, what is linked with what. */
import ignore from "ignore";
import type { Discovered } from "./discover/discover.ts";
import { placeOf } from "./discover/place.ts";
import type { Taken } from "./host/unpack.ts";
import { byFolder, byOwners, byPatterns, type ComponentOf } from "./link/components.ts";
import { link, type Place } from "./link/link.ts";
import type { Inventory } from "./model/inventory.ts";

/** Vendored code: counted but never priced, treated as the project's own, or not read. */
export type VendoredMode = "count" | "scan" | "skip";

/** How the project is cut into parts. */
export interface ProjectOptions {
  readonly components: Readonly<Record<string, string | readonly string[]>>;
  /** Globs of third-party code beside the usual folders and submodules. */
  readonly vendoredGlobs: readonly string[];
  readonly vendored: VendoredMode;
}

/** What `takeProject` does after reading; the gate calls it for revisions that are not on disk. */
export function linkProject(
  taken: Taken,
  found: Pick<Discovered, "skipped" | "submodules" | "codeowners">,
  project: ProjectOptions,
): Inventory {
  const isVendored = vendoredTest(found, project);
  const paths = taken.files.map((file) => file.path);
  return link({
    files: taken.files,
    placeOf: (path): Place => ({ vendored: project.vendored !== "scan" && isVendored(path), test: placeOf(path).test }),
    componentOf: componentsOf(paths, found.codeowners, project),
    skipped: [...found.skipped, ...taken.skipped],
    diagnostics: taken.diagnostics,
  });
}

/** Third-party code by its folder, by being a submodule, or by the config. */
export function vendoredTest(
  found: Pick<Discovered, "submodules">,
  project: ProjectOptions,
): (path: string) => boolean {
  const globs = project.vendoredGlobs.length > 0 ? ignore().add([...project.vendoredGlobs]) : undefined;
  const inSubmodule = (path: string) => found.submodules.some((folder) => path.startsWith(`${folder}/`));
  return (path) => placeOf(path).vendored || inSubmodule(path) || globs?.ignores(path) === true;
}

function componentsOf(paths: readonly string[], codeowners: string | undefined, project: ProjectOptions): ComponentOf {
  const folders = byFolder(paths);
  const owners = codeowners === undefined ? folders : byOwners(codeowners, folders);
  return Object.keys(project.components).length === 0 ? owners : byPatterns(project.components, folders);
}
