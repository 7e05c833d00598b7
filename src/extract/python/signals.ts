/** Signals that calls show: training loops, inference, CUDA extensions, quantization. */
import type { CallContext } from "./calls.ts";
import type { Argument } from "./semantics.ts";
import { DOT, NAME } from "./tokens.ts";
import { itemsOf, type Value } from "./value.ts";

type Args = readonly Argument<Value>[];

const INFERENCE = new Set(["torch.no_grad", "torch.inference_mode", "eval", "generate"]);
const TRAINERS = /^(?:transformers|pytorch_lightning|lightning(?:\.pytorch)?|trl|accelerate)\.(?:\w*Trainer)$/;
const STEPPERS = /optim|^opt$|scaler|engine/i;
const OPTIMIZERS = /optim|^opt$/i;

/** Schemes of quantization by the resolved name that is called. */
const SCHEMES: readonly (readonly [RegExp, string])[] = [
  [/^bitsandbytes\.nn\.\w*4bit|^transformers\.BitsAndBytesConfig$/, "bitsandbytes"],
  [/^bitsandbytes\./, "bitsandbytes"],
  [/GPTQ\w*$|^(?:auto_gptq|gptqmodel)\./, "gptq"],
  [/A[Ww][Qq]\w*Config$|^awq\./, "awq"],
  [/[Ff]p8|[Ff]loat8|FP8/, "fp8"],
  [/^torch\.(?:ao\.)?quantization\.|^torch\.quantize_per_/, "int8"],
  [/[Ii]nt4|INT4/, "int4"],
];
const QUANTIZES =
  /^(?:torch\.(?:ao\.)?quantiz|torchao\.|transformers\.|bitsandbytes\.|auto_gptq\.|gptqmodel\.|awq\.|transformer_engine\.)/;

/** Notes what a call says of training or inference. `name` is the resolved or last name. */
export function callSignals(context: CallContext, name: string, args: Args, token: number): void {
  const { report } = context;
  if (name === "optimizer.step") report.signal("step", token);
  else if (name === "step" || name === "train_batch") stepSignal(context, name, token);
  else if (TRAINERS.test(name)) report.signal("training-loop", token);
  else if (INFERENCE.has(name) && (name !== "eval" || args.length === 0)) report.signal("inference", token);
  else if (name.startsWith("torch.utils.cpp_extension.")) extensionSignal(context, name, args, token);
  if (QUANTIZES.test(name)) {
    const scheme = SCHEMES.find(([pattern]) => pattern.test(name))?.[1];
    if (scheme !== undefined) report.signal(`quantization:${scheme}`, token);
  }
}

function stepSignal({ tokens, report }: CallContext, name: string, token: number): void {
  const owned = tokens.kindAt(token - 1) === DOT && tokens.kindAt(token - 2) === NAME;
  const owner = owned ? tokens.textAt(token - 2) : "";
  if (!STEPPERS.test(owner)) return;
  report.signal("step", token);
  if (name === "step" && OPTIMIZERS.test(owner)) {
    report.add("call", "torch.optim.Optimizer.step", "torch-train", token);
  }
}

/** `CUDAExtension(…)`, `load(sources=[… ".cu"])`, `load_inline(cuda_sources=…)`; a `CppExtension` has no CUDA. */
function extensionSignal({ report }: CallContext, name: string, args: Args, token: number): void {
  const cudaFile = args.some(({ value }) =>
    itemsOf(value).some((item) => item.kind === "string" && item.text.endsWith(".cu")),
  );
  const cudaSource = args.some(({ keyword }) => keyword === "cuda_sources");
  if (name.endsWith(".CUDAExtension") || cudaFile || cudaSource) report.signal("cuda-extension", token);
}

/** A training loop needs both halves: gradients and a step. The line is that of the gradients. */
export function trainingLoop(signals: readonly { name: string; token: number }[]): { name: string; token: number }[] {
  const backward = signals.find((signal) => signal.name === "backward");
  const step = signals.some((signal) => signal.name === "step");
  const loop = backward && step ? [{ name: "training-loop", token: backward.token }] : [];
  const seen = new Set<string>(["backward", "step"]);
  return [...loop, ...signals].filter(({ name }) => !seen.has(name) && seen.add(name));
}
