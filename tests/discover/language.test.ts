import { expect, test } from "vitest";
import { languageOf } from "../../src/discover/language.ts";

const PATHS: Record<string, string[]> = {
  cuda: ["a.cu", "x/y.cuh", "A.CU", "k.cu.in", "gen.cuh.jinja"],
  hip: ["a.hip"],
  cpp: ["a.c", "a.C", "b.cc", "b.cpp", "b.cxx", "c.h", "c.hpp", "c.inl", "t.tpp", "list.inc", "config.h.in"],
  python: ["a.py", "a.pyi", "a.pyx", "setup.py"],
  notebook: ["n.ipynb"],
  cmake: ["CMakeLists.txt", "cmake/FindX.cmake", "X.cmake.in", "CMakeLists.txt.in"],
  make: ["Makefile", "makefile", "GNUmakefile", "rules.mk", "Makefile.cuda", "Makefile.in"],
  bazel: ["BUILD", "a/BUILD.bazel", "WORKSPACE", "MODULE.bazel", "defs.bzl", "BUCK", "TARGETS", ".bazelrc"],
  meson: ["meson.build", "meson_options.txt", "meson.options"],
  ninja: ["build.ninja", "template.ninja.in"],
  shell: ["run.sh", "a.bash", "job.slurm", "job.sbatch", ".env", "nccl.env"],
  docker: [
    "Dockerfile",
    "Dockerfile.cuda",
    "docker/Dockerfile-dev",
    "gpu.Dockerfile",
    "Containerfile",
    "Singularity.gpu",
  ],
  yaml: ["ci.yml", "docker-compose.yaml", "environment.yml"],
  toml: ["pyproject.toml", "uv.lock", "poetry.lock", "Pipfile"],
  requirements: [
    "requirements.txt",
    "requirements-gpu.txt",
    "dev-requirements.txt",
    "requirements_dev.txt",
    "requirements.in",
    "constraints.txt",
    "requirements/gpu.txt",
    "Pipfile.lock",
    "setup.cfg",
  ],
  foreign: ["a.f90", "a.F90", "k.cuf", "x.jl", "x.rs", "X.java", "x.go", "X.cs", "x.m", "x.swift"],
};

test.each(Object.entries(PATHS))("%s by name", (language, paths) => {
  expect(paths.map((path) => [path, languageOf(path)])).toEqual(paths.map((path) => [path, language]));
});

test("what is not read", () => {
  const paths = [
    "README.md",
    "notes.txt",
    "data.json",
    "LICENSE",
    "a.o",
    "Cargo.lock",
    "build",
    "BUILDING",
    "x.ptx",
    "in",
  ];
  expect(paths.filter((path) => languageOf(path) !== undefined)).toEqual([]);
});
