/** Cuts files that were read, from wherever, into a project: whose code, which component, what is linked with what. */
import type { Discovered } from "./discover/discover.ts";
import { placeOf } from "./discover/place.ts";
import { type ProjectOptions, vendoredTest } from "./discover/project.ts";
import type { Taken } from "./host/unpack.ts";
import { byFolder, byOwners, byPatterns, type ComponentOf } from "./link/components.ts";
import { link, type Place } from "./link/link.ts";
import type { Inventory } from "./model/inventory.ts";

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

function componentsOf(paths: readonly string[], codeowners: string | undefined, project: ProjectOptions): ComponentOf {
  const folders = byFolder(paths);
  const owners = codeowners === undefined ? folders : byOwners(codeowners, folders);
  return Object.keys(project.components).length === 0 ? owners : byPatterns(project.components, folders);
}
