/** Which files of what was found are the project's, and whose code they are. */
import ignore from "ignore";
import { type Discovered, type DiscoverOptions, discover } from "./discover.ts";
import { placeOf } from "./place.ts";

/** Vendored code: counted but never priced, treated as the project's own, or not read. */
export type VendoredMode = "count" | "scan" | "skip";

/** How the project is cut into parts. */
export interface ProjectOptions {
  readonly components: Readonly<Record<string, string | readonly string[]>>;
  /** Globs of third-party code beside the usual folders and submodules. */
  readonly vendoredGlobs: readonly string[];
  readonly vendored: VendoredMode;
}

/** Which files, and how they are cut into a project. */
export interface ProjectRequest {
  readonly discover: DiscoverOptions;
  readonly project: ProjectOptions;
}

/** The files to read, and what else stands beside them; nothing is read yet. */
export function findProject({ discover: options, project }: ProjectRequest): Discovered {
  const found = discover(options);
  if (project.vendored !== "skip") return found;
  const isVendored = vendoredTest(found, project);
  return { ...found, files: found.files.filter((file) => !isVendored(file.path)) };
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
