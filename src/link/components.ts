import ignore from "ignore";

/** Where a file stands in the project, for grouping effort. */
export type ComponentOf = (path: string) => string;

const ROOT_COMPONENT = "(root)";
/** Folders that only hold the sources: the component is the folder below. */
const SOURCE_FOLDERS = new Set(["src", "csrc"]);

/** First folder of the path; below a `src` or `csrc` when that is the only folder with code. */
export function byFolder(paths: readonly string[]): ComponentOf {
  const tops = new Set(paths.filter((path) => path.includes("/")).map((path) => path.slice(0, path.indexOf("/"))));
  const [only] = tops;
  const skip = tops.size === 1 && only !== undefined && SOURCE_FOLDERS.has(only) ? 1 : 0;
  return (path) => {
    const folders = path.split("/").slice(skip, -1);
    return folders[0] ?? ROOT_COMPONENT;
  };
}

/** Patterns of a config's `components`, in order; the first that fits wins. */
export function byPatterns(
  components: Readonly<Record<string, string | readonly string[]>>,
  rest: ComponentOf,
): ComponentOf {
  const matchers = Object.entries(components).map(([name, globs]) => ({ name, matcher: ignore().add(globs) }));
  return (path) => matchers.find(({ matcher }) => matcher.ignores(path))?.name ?? rest(path);
}

/** CODEOWNERS: the last pattern that fits wins; the component is named after the first owner. */
export function byOwners(codeowners: string, rest: ComponentOf): ComponentOf {
  const rules = codeowners
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim().split(/\s+/))
    .filter((words) => words.length > 1)
    .map(([pattern = "", owner = ""]) => ({ owner, matcher: ignore().add(pattern) }))
    .reverse();
  return (path) => rules.find(({ matcher }) => matcher.ignores(path))?.owner ?? rest(path);
}
