import { emptyInventory } from "../../model/emptyInventory.ts";
import type { FileInventory } from "../../model/inventory.ts";
import type { SourceFile } from "../source.ts";
import { Positions } from "./positions.ts";

interface ForeignLanguage {
  readonly name: string;
  readonly extensions: readonly string[];
  /** What only code on NVIDIA's stack says. */
  readonly marks: RegExp;
}

const LANGUAGES: readonly ForeignLanguage[] = [
  {
    name: "Fortran",
    extensions: ["f", "f90", "f95", "f03", "f08", "cuf"],
    marks:
      /^[ \t]*(?:!\$cuf\b|!@cuf\b|use[ \t]*(?:,[ \t]*intrinsic[ \t]*::)?[ \t]*(?:cudafor|cublas|cublas_v2|cufft|curand|cusparse|cusolverdn|nccl|nvtx)\b|attributes[ \t]*\([ \t]*(?:global|device)\b)/im,
  },
  {
    name: "Julia",
    extensions: ["jl"],
    marks: /^[ \t]*(?:using|import)[ \t][^\n#]*\b(?:CUDA|CUDAnative|CuArrays|NCCL|cuDNN)\b|@cuda\b/m,
  },
  {
    name: "Rust",
    extensions: ["rs"],
    marks: /\b(?:cust|cudarc|cuda_std|rustacuda|cuda_driver_sys|cuda_runtime_sys|cubecl_cuda)::/,
  },
  {
    name: "Java, Scala or Kotlin",
    extensions: ["java", "scala", "kt"],
    marks:
      /^[ \t]*import[ \t]+(?:static[ \t]+)?(?:jcuda|ai\.rapids|org\.bytedeco\.cuda|uk\.ac\.manchester\.tornado)\b/m,
  },
  {
    name: "Go",
    extensions: ["go"],
    marks:
      /"[^"\n]*(?:\/cuda|gorgonia\.org\/cu|\/go-nvml|\/gocudnn)[^"\n]*"|^[ \t]*(?:\/\/[ \t]*)?#(?:include[ \t]*<cuda|cgo[^\n]*-lcuda)/m,
  },
  {
    name: "C#",
    extensions: ["cs"],
    marks:
      /^[ \t]*using[ \t]+(?:ManagedCuda|ILGPU|Alea|TorchSharp\.cuda)\b|DllImport\([ \t]*"(?:nvcuda|cudart|cublas)/m,
  },
  { name: "MATLAB", extensions: ["m"], marks: /\b(?:gpuArray|parallel\.gpu\.CUDAKernel|gpuDevice|mexcuda)\b/ },
  { name: "Swift", extensions: ["swift"], marks: /^[ \t]*import[ \t]+(?:Cuda|CCuda|CUDA)\w*\b/m },
];

/** Languages that this tool does not price: a file with CUDA in it is named, never silently left out. */
export function inspectForeign(file: SourceFile): FileInventory {
  const empty = emptyInventory(file, "lexed");
  const extension = file.path.slice(file.path.lastIndexOf(".") + 1).toLowerCase();
  const language = LANGUAGES.find(({ extensions }) => extensions.includes(extension));
  const isCudaFortran = extension === "cuf";
  const mark = language?.marks.exec(file.text);
  if (!language || (!mark && !isCudaFortran)) return empty;
  const { line } = new Positions(file.text).at(mark ? mark.index + mark[0].search(/\S/) : 0);
  return {
    ...empty,
    sloc: file.text.match(/[^\s][^\n]*/g)?.length ?? 0,
    gpu: true,
    diagnostics: [
      { path: file.path, line, code: "not-estimated", message: `CUDA in ${language.name} is not estimated` },
    ],
  };
}
