/** nvcc's flags as `setup.py` files and loaders hand them over: one flag per string. */
const FLAGS: readonly (readonly [RegExp, string])[] = [
  [/^-gencode|^--generate-code|^arch=compute_\d+\w*,code=/, "flag:-gencode"],
  [/^-arch=?|^--gpu-architecture/, "flag:-arch"],
  [/^--?use_fast_math$/, "flag:--use_fast_math"],
  [/^--?maxrregcount/, "flag:--maxrregcount"],
  [/^-rdc=|^--relocatable-device-code|^-dc$/, "flag:-rdc"],
  [/^-dlto$|^-dlink$/, "flag:-dlto"],
  [/^--expt-(?:relaxed-constexpr|extended-lambda)$/, "flag:--expt"],
  [/^-Xptxas|^--ptxas-options/, "flag:-Xptxas"],
  [/^-Xfatbin|^--fatbin-options|^-compress-all$/, "flag:-Xfatbin"],
];

/** The flag of nvcc that the string is; undefined for any other string. */
export function compilerFlag(text: string): string | undefined {
  if (!text.startsWith("-") && !text.startsWith("arch=")) return undefined;
  for (const [pattern, symbol] of FLAGS) if (pattern.test(text)) return symbol;
  return undefined;
}
