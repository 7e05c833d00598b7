import { expect, test } from "vitest";
import { placeOf } from "../../src/discover/place.ts";

const VENDORED = [
  "third_party/cub/cub.cuh",
  "a/3rdparty/x.h",
  "thirdparty/x.cu",
  "vendor/x.c",
  "external/x.c",
  "extern/x.c",
  "deps/x.c",
  "lib/submodules/x.c",
  "web/node_modules/x.sh",
  "build/_deps/x.h",
];
const TESTS = [
  "test/a.cu",
  "tests/deep/a.py",
  "faiss/gpu/test/TestGpuIndexFlat.cpp",
  "src/testing/a.h",
  "src/test_reduce.py",
  "src/reduce_test.cu",
  "src/reduce_test.cpp",
  "ops/attention_test.py",
  "src/ReduceTest.cpp",
  "src/TestReduce.cpp",
  "conftest.py",
  "dev/test_kernel.cu",
];
const NEITHER = [
  "src/external.cpp",
  "src/vendor.h",
  "src/latest.cu",
  "src/contest.cpp",
  "src/attestation.py",
  "src/Testament.cpp",
  "tests.cpp.d/a.cpp",
  "testdata.py",
  "requirements-test.txt",
  ".github/workflows/test_gpu.yml",
  "a.cu",
];

test("vendored folders", () => {
  expect(VENDORED.filter((path) => !placeOf(path).vendored)).toEqual([]);
  expect([...TESTS, ...NEITHER].filter((path) => placeOf(path).vendored)).toEqual([]);
});

test("test folders and files", () => {
  expect(TESTS.filter((path) => !placeOf(path).test)).toEqual([]);
  expect([...VENDORED, ...NEITHER].filter((path) => placeOf(path).test)).toEqual([]);
});

test("generated files", () => {
  const generated = ["gen/x.pb.h", "x_pb2.py", "src/generated/k.cu", "ops_generated.h"];
  expect(generated.filter((path) => !placeOf(path).generated)).toEqual([]);
  expect([...TESTS, ...NEITHER].filter((path) => placeOf(path).generated)).toEqual([]);
});
