import { describe, expect, it } from "vitest";
import { pairUp, type Sighting } from "../../src/compare/pairing.ts";

interface Named extends Sighting {
  readonly name: string;
}

function at(name: string, place: string, symbol: string, text: string, kind = "call"): Named {
  const [path = "", scope] = place.split("#");
  return { name, path, scope, symbol, kind, text: () => text };
}

function result(base: readonly Named[], head: readonly Named[]) {
  const { pairs, gone, fresh } = pairUp(base, head);
  return {
    pairs: pairs.map(([a, b]) => `${a.name}=${b.name}`).sort(),
    gone: gone.map(({ name }) => name),
    fresh: fresh.map(({ name }) => name),
  };
}

describe("pairUp", () => {
  it("pairs by id without reading text where counts agree", () => {
    const unreadable = (name: string): Named => ({
      ...at(name, "a.cu#f", "cudaMalloc", ""),
      text: () => {
        throw new Error("text was read");
      },
    });
    expect(result([unreadable("a")], [unreadable("b")])).toEqual({ pairs: ["a=b"], gone: [], fresh: [] });
  });

  it("names the call that is new, not the one that stood there before", () => {
    const base = [at("old", "a.cu#f", "cudaMalloc", "cudaMalloc(&x,4);")];
    const head = [
      at("added", "a.cu#f", "cudaMalloc", "cudaMalloc(&y,4);"),
      at("old", "a.cu#f", "cudaMalloc", "cudaMalloc(&x,4);"),
    ];
    expect(result(base, head)).toEqual({ pairs: ["old=old"], gone: [], fresh: ["added"] });
  });

  it("follows code to another file, another scope, and a kernel to another name", () => {
    const base = [
      at("moved", "a.cu#f", "cudaFree", "cudaFree(p);"),
      at("rescoped", "a.cu#g", "cudaMemset", "cudaMemset(p,0,n);"),
      at("kernel", "a.cu", "scale", "__global__voidscale(float*x){", "kernel"),
      at("launch", "a.cu#run", "scale", "scale<<<1,32>>>(x);", "launch"),
    ];
    const head = [
      at("moved", "b.cu#f", "cudaFree", "cudaFree(p);"),
      at("rescoped", "a.cu#renamed", "cudaMemset", "cudaMemset(p,0,n);"),
      at("kernel", "a.cu", "rescale", "__global__voidrescale(float*x){", "kernel"),
      at("launch", "a.cu#run", "rescale", "rescale<<<1,32>>>(x);", "launch"),
    ];
    expect(result(base, head)).toEqual({
      pairs: ["kernel=kernel", "launch=launch", "moved=moved", "rescoped=rescoped"],
      gone: [],
      fresh: [],
    });
  });

  it("a copy is new and a deletion is gone", () => {
    const call = at("a", "a.cu#f", "cudaFree", "cudaFree(p);");
    const copy = at("copy", "b.cu#f", "cudaFree", "cudaFree(p);");
    expect(result([call], [call, copy])).toEqual({ pairs: ["a=a"], gone: [], fresh: ["copy"] });
    expect(result([call, copy], [call])).toEqual({ pairs: ["a=a"], gone: ["copy"], fresh: [] });
  });

  it("an API name that changes is another usage, whatever the arguments", () => {
    const base = [at("a", "a.cu#f", "cudaMalloc", "cudaMalloc(&x,4);")];
    const head = [at("b", "a.cu#f", "cudaMallocManaged", "cudaMallocManaged(&x,4);")];
    expect(result(base, head)).toEqual({ pairs: [], gone: ["a"], fresh: ["b"] });
  });
});
