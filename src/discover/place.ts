/** Whose code a file is and what it is for, told from its path below the scanned root. */
export interface PathPlace {
  readonly vendored: boolean;
  readonly test: boolean;
  readonly generated: boolean;
}

const folders = (names: string): ReadonlySet<string> => new Set(names.split(" "));

/** Folder names in lower case, with `-` for `_`. */
const VENDORED = folders(
  "third-party thirdparty third-parties 3rdparty 3rd-party vendor vendors vendored external externals extern deps " +
    "submodules submodule subprojects node-modules site-packages -deps",
);
const TESTS = folders(
  "test tests testing unittest unittests unit-test unit-tests --tests-- testsuite test-suite functional-tests " +
    "integration-tests gtest",
);
const GENERATED = folders("generated autogen auto-generated -generated cmake-build-debug cmake-build-release");

const TEST_FILE =
  /^(?:conftest\.py|tests?[_-].*|.*[_-](?:unit_?)?tests?\.\w+|(?:.*[a-z\d])?(?:Unit)?Tests?\.\w+|Test[A-Z].*)$/;
/** Only sources can be tests by their name: `requirements-test.txt` and `test_results.yml` are not. */
const TEST_LANGUAGE = /\.(?:cu|cuh|c|cc|cpp|cxx|h|hh|hpp|hip|pyx?|ipynb|sh)$/;
const GENERATED_FILE = /(?:\.pb\.(?:h|cc|cpp)|_pb2(?:_grpc)?\.pyi?|[._-]generated\.\w+|[._-]autogen\.\w+)$/;

/** The path must be relative to the root: a root that is itself called `tests` makes nothing a test. */
export function placeOf(path: string): PathPlace {
  const parts = path.split("/");
  const name = parts.pop() ?? "";
  const above = parts.map((part) => part.toLowerCase().replaceAll("_", "-"));
  return {
    vendored: above.some((part) => VENDORED.has(part)),
    test: above.some((part) => TESTS.has(part)) || (TEST_LANGUAGE.test(name) && TEST_FILE.test(name)),
    generated: above.some((part) => GENERATED.has(part)) || GENERATED_FILE.test(name),
  };
}
