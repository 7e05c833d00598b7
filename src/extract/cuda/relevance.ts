/** Which files can hold CUDA at all: a cheap look at the text before the lexer, and one at its words behind it. */
import type { Catalog } from "../../model/catalog.ts";
import type { SourceFile } from "../source.ts";
import { headerFamily } from "./includes.ts";
import { knownNames } from "./known.ts";
import { isWarpSizeName } from "./lanes.ts";
import type { Lexed } from "./lexed.ts";
import { readIncludes } from "./preprocessor.ts";
import { CONVERTED, isHipHeader } from "./signals.ts";
import { CHEVRON } from "./tokens.ts";

/** Beginnings and parts of words that are NVIDIA's own, wherever they stand. */
const OWN =
  "cu[A-Z]|cuda|CUDA|CU_|CU[a-z]|cublas|CUBLAS|cudnn|CUDNN|cufft|CUFFT|curand|CURAND|cusparse|CUSPARSE|cusolver|CUSOLVER|cutensor|CUTENSOR|cupti|CUPTI|CUFILE|nccl|NCCL|thrust|AMGX|amgx|cutlass|cooperative_groups|__global__|__device__|__shared__|threadIdx|TORCH_LIBRARY|TORCH_EXTENSION|npp[a-z]|Npp|[oO]ptix|OPTIX";
const MAY_MATTER = new RegExp(
  `${OWN}|nv[a-zA-Z]|NV[A-Z]|Nv[A-Z]|cub[:/]|cute[:/]|raft[:/]|rmm[:/]|cuvs[:/]|cudf[:/]|<<<|half|bfloat`,
);
/** Short names of libraries only as whole parts of a word: `bnb_cub`, not `execute`. */
const OWN_WORD = new RegExp(`${OWN}|(?:^|_)(?:cub|cute|raft|rmm|cuvs|cudf)(?:_|$)|bfloat`);

/** Kernels of another vendor that borrow `__global__` (Ascend C): their types are not CUDA's either. */
const OTHER_KERNELS = "__aicore__";
/** Headers lend macros, types and functions to kernels elsewhere, whatever their own words. */
const MAIN_FILE = /\.(?:c|cc|cpp|cxx)$/i;

/** What a file whose text has none of these cannot hold. */
export function mayMatter({ language, text }: SourceFile): boolean {
  return language === "hip" || (MAY_MATTER.test(text) && !text.includes(OTHER_KERNELS));
}

/** Typedefs, macros, members and variables; prototypes with doubles are no device code's. */
const DECLARES_DOUBLE = /\bdouble\s[\s*]*\w+(?:\s*,\s*\w+)*\s*[;=[]|\bdefine\s+\w+\s+double\b|=\s*double\s*;/;

/** A plain header may hold no CUDA and yet say which of a kernel's types are doubles. */
export function mayLendDoubles({ path, text }: SourceFile): boolean {
  return !MAIN_FILE.test(path) && text.includes("double") && DECLARES_DOUBLE.test(text);
}

/** False for `invalid` and for the comment that names NVIDIA: half of what passes the first look in a mixed tree. */
export function speaksOfCuda({ path, text }: SourceFile, lexed: Lexed, catalog: Catalog): boolean {
  if (!MAIN_FILE.test(path) || CONVERTED.test(text)) return true;
  if (readIncludes(lexed).some((include) => isHipHeader(include) || headerFamily(include, catalog))) return true;
  const known = knownNames(catalog);
  const speaks = (name: string): boolean => known(name) !== undefined || OWN_WORD.test(name) || isWarpSizeName(name);
  for (const name of lexed.directiveTokens.names) if (speaks(name)) return true;
  for (const name of lexed.code.names) if (speaks(name)) return true;
  return lexed.code.has(CHEVRON);
}
