/** The number format that a type or constant names. */
const BY_NAME: readonly (readonly [string, RegExp])[] = [
  ["bf16", /bfloat16|_R_16BF$|_C_16BF$|DATA_BFLOAT16|ncclBfloat16|32F_FAST_16BF/],
  ["fp8", /_nv_fp8|_R_8F_|DATA_FP8|ncclFloat8/],
  ["fp6", /_nv_fp6|_R_6F_/],
  ["fp4", /_nv_fp4|_R_4F_|DATA_FP4/],
  ["fp16", /^(?:__)?(?:nv_)?half2?(?:_raw)?$|_[RC]_16F$|COMPUTE_16F|DATA_HALF|ncclFloat16|ncclHalf|32F_FAST_16F$/],
  ["tf32", /TF32|tf32/],
  ["fp64", /^double[1-4](?:_|$)|_[RC]_64F$|COMPUTE_64F|DATA_DOUBLE|ncclFloat64|ncclDouble|cuDoubleComplex|cufftDouble/],
  ["int4", /_[RC]_4I$/],
  ["int8", /_[RC]_8[IU]$|COMPUTE_32I|DATA_INT8|ncclInt8|ncclUint8/],
];

const remembered = new Map<string, string | undefined>();
const MEMORY = 50_000;

export function dtypeOf(name: string): string | undefined {
  if (remembered.has(name)) return remembered.get(name);
  const dtype = BY_NAME.find(([, pattern]) => pattern.test(name))?.[0];
  if (remembered.size < MEMORY) remembered.set(name, dtype);
  return dtype;
}
