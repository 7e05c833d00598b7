/** What Python asks of the machine around it: environment variables and NVIDIA's tools. */
import { type CallContext, stringsOf } from "./calls.ts";
import type { Argument } from "./semantics.ts";
import type { Value } from "./value.ts";

const VARIABLE =
  /^(?:CUDA_\w+|NCCL_\w+|CUBLAS_\w+|CUDNN_\w+|NVIDIA_\w+|NVTE_\w+|NVSHMEM_\w+|TORCH_CUDA_ARCH_LIST|PYTORCH_CUDA_ALLOC_CONF|TORCH_NCCL_\w+|TORCH_ALLOW_TF32\w*)$/;
const ENVIRONMENT = /^os\.(?:getenv|putenv|unsetenv|environ\.(?:get|setdefault|pop))$/;
const RUNS =
  /^(?:subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)|os\.(?:system|popen)|shutil\.which)$/;
const TOOLS =
  /^(?:\S*\/)?(nvcc|nvidia-smi|nsys|ncu|nvprof|cuda-gdb|cuda-memcheck|compute-sanitizer|cuobjdump|nvdisasm|ptxas|dcgmi|nvidia-cuda-mps-control)(?=\s|$)/;

/** Name of the variable that the string is, when it is one of NVIDIA's stack. */
export function isVariable(text: string): boolean {
  return VARIABLE.test(text);
}

export function environmentUse(context: CallContext, callee: string, args: readonly Argument<Value>[]): void {
  if (!ENVIRONMENT.test(callee)) return;
  const first = args[0]?.value;
  if (first?.kind === "string" && isVariable(first.text)) context.report.add("env", first.text, "env", first.first);
}

export function toolUse(context: CallContext, callee: string, args: readonly Argument<Value>[]): void {
  if (!RUNS.test(callee)) return;
  for (const string of stringsOf(args)) {
    const tool = TOOLS.exec(string.text)?.[1];
    if (tool !== undefined) context.report.add("tool", tool, "tools", string.first);
  }
}
