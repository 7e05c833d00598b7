/** Which dotted names of PyTorch depend on NVIDIA's stack or on the framework's operators, and as what. */

/** Private homes of public names: resolved names are given as the documentation spells them. */
const HOMES: readonly (readonly [RegExp, string])[] = [
  [/^torch\.nn\.modules\.(?:[a-z_]+\.)?(?=[A-Z])/, "torch.nn."],
  [/^torch\.nn\.modules(?=\.|$)/, "torch.nn"],
  [/^torch\.nn\.parameter\.(?=[A-Z])/, "torch.nn."],
  [/^torch\.functional\./, "torch."],
  [/^torch\.cuda\.(?:streams|graphs)\.(?=[A-Z])/, "torch.cuda."],
  [/^torch\.distributed\.distributed_c10d\./, "torch.distributed."],
  [/^torch\.autograd\.function\.(?=[A-Z])/, "torch.autograd."],
  [/^torch\.nn\.parallel\.distributed\.(?=[A-Z])/, "torch.nn.parallel."],
  [/^torch\.optim\.(?!lr_scheduler|swa_utils)[a-z_]+\.(?=[A-Z])/, "torch.optim."],
  [/^torch\._C\._nn\./, "torch.nn.functional."],
  [/^torch\._tensor\.Tensor/, "torch.Tensor"],
  [/^torch\.utils\.data\.(?:dataloader|distributed)\.(?=[A-Z])/, "torch.utils.data."],
];

export function publicName(name: string): string {
  for (const [home, to] of HOMES) if (home.test(name)) return name.replace(home, to);
  return name;
}

/** `head.a`, `head.b`, … with all that stands below them. */
function below(head: string, names: string): string {
  return `${head}\\.(?:${names.trim().split(/\s+/).join("|")})\\b`;
}

/** Exactly these names: modules that are handed around say nothing. */
function exactly(names: string): string {
  return `(?:${names.trim().split(/\s+/).join("|")})$`;
}

/** Below a family's modules, but nothing of NVIDIA's stack and no operator: host-side helpers and other devices. */
const NEUTRAL = new RegExp(
  `^torch\\.(?:${[
    below("backends", "mps mkl mkldnn openmp nnpack xeon cpu quantized opt_einsum xnnpack kleidiai"),
    below("nn", "init utils Module Parameter Buffer UninitializedParameter UninitializedBuffer ModuleList ModuleDict"),
    below(
      "nn",
      "Sequential ParameterList ParameterDict modules common_types grad factory_kwargs quantized intrinsic qat",
    ),
    below("autograd", "profiler Variable no_grad enable_grad set_grad_enabled inference_mode graph gradcheck"),
    below("autograd", "set_detect_anomaly detect_anomaly"),
    below("utils\\.cpp_extension", "IS_HIP_EXTENSION ROCM_\\w+ HIP_\\w+ IS_WINDOWS SUBPROCESS_DECODE_ARGS"),
    below("distributed", "is_available"),
    exactly("optim autograd library linalg fft special sparse nn jit export amp distributed Tensor"),
    exactly("nn\\.functional nn\\.attention nn\\.parallel utils\\.cpp_extension"),
    exactly("distributed\\.checkpoint distributed\\.tensor distributed\\.fsdp"),
  ].join("|")})`,
);

/** Where the longest prefix of the catalog's `modules` does not say it. */
const EXACT: Readonly<Record<string, string>> = {
  "torch.version.cuda": "torch-cuda",
  "torch.profiler.ProfilerActivity.CUDA": "torch-cuda",
  "torch.autocast": "torch-amp",
  "torch.set_float32_matmul_precision": "torch-backends",
  "torch.get_float32_matmul_precision": "torch-backends",
  "torch.use_deterministic_algorithms": "torch-backends",
  "torch.set_default_tensor_type": "torch-device",
  "torch.set_default_device": "torch-device",
  "torch.load": "torch-checkpoint",
  "torch.save": "torch-checkpoint",
  "torch.nn.utils.clip_grad_norm_": "torch-train",
  "torch.nn.utils.clip_grad_value_": "torch-train",
  "torch.nn.utils.clip_grad_norm": "torch-train",
  "torch.nn.utils.parametrizations.spectral_norm": "torch-op",
  "torch.nn.DataParallel": "torch-distributed",
  "torch.nn.SyncBatchNorm.convert_sync_batchnorm": "torch-distributed",
};

/** `torch.is_autocast_enabled`, `torch.get_autocast_gpu_dtype`, `torch.clear_autocast_cache`. */
const AUTOCAST = /^torch\.(?:is|get|set|clear)_autocast_\w+$/;

const MORE_MODULES: readonly (readonly [string, string])[] = [
  ["torch.utils.checkpoint.", "torch-train"],
  ["torch.compiler.", "torch-compile"],
  ["torch.nested.", "torch-op"],
  ["torch.nn.attention.", "torch-op"],
];

/** Data types that some target lacks or treats otherwise. Plain float32, integers and booleans say nothing. */
const DTYPE =
  /^torch\.(?:float64|double|float16|half|bfloat16|complex(?:32|64|128)|chalf|cfloat|cdouble|float8_\w+|float4_\w+|q(?:u?int(?:8|32|4x2|2x4))|u?int[1-7]|int8|uint(?:16|32|64))$/;

/** Operators are listed by the catalog; a name in one of these places is one even when it is not. */
const OPERATOR_PLACES =
  /^torch\.(?:nn\.(?:[A-Z]\w*|functional\.[a-z]\w*|attention\.flex_attention\.\w+)|fft\.\w+|linalg\.\w+|special\.\w+|sparse\.(?!Tensor)\w+|nested\.\w+)$/;

export interface TorchName {
  readonly family: string;
  readonly operator: boolean;
  readonly unlisted: boolean;
}

/** `aten::mm` of `torch.ops.aten.mm.default`; an operation in place has its functional form's name. */
export function atenName(name: string, operators: ReadonlyMap<string, string>): string | undefined {
  const [, ops, namespace, operator] = name.split(".");
  if (ops !== "ops" || operator === undefined) return undefined;
  if (namespace === "prims") return `prims::${operator}`;
  if (namespace !== "aten") return undefined;
  const aten = `aten::${operator}`;
  const functional = aten.replace(/(?<=\w)_$/, "");
  return !operators.has(aten) && operators.has(functional) ? functional : aten;
}

/** What a resolved name of PyTorch is; undefined when it says nothing about a port. */
export function torchName(
  name: string,
  operators: ReadonlyMap<string, string>,
  modules: readonly (readonly [string, string])[],
): TorchName | undefined {
  const exact = EXACT[name];
  if (exact !== undefined) return { family: exact, operator: exact === "torch-op", unlisted: false };
  if (DTYPE.test(name)) return { family: "torch-dtype", operator: false, unlisted: false };
  if (AUTOCAST.test(name)) return { family: "torch-amp", operator: false, unlisted: false };
  if (operators.has(name)) return { family: "torch-op", operator: true, unlisted: false };
  if (NEUTRAL.test(name)) return undefined;
  for (const [prefix, family] of MORE_MODULES) {
    if (name.startsWith(prefix)) return { family, operator: false, unlisted: false };
  }
  if (OPERATOR_PLACES.test(name)) return { family: "torch-op", operator: true, unlisted: true };
  for (const [prefix, family] of modules) {
    if (name !== prefix && !name.startsWith(`${prefix}.`)) continue;
    // What is below the operators' modules and is none (`torch.nn.Module.foo`) says nothing.
    return family === "torch-op" ? undefined : { family, operator: false, unlisted: false };
  }
  return undefined;
}
