import { LAYER, TENSOR, type Value } from "./value.ts";

/** Functions that hand out objects of a known class. */
const MAKERS: Readonly<Record<string, string>> = {
  "torch.cuda.current_stream": "torch.cuda.Stream",
  "torch.cuda.default_stream": "torch.cuda.Stream",
  "torch.cuda.ExternalStream": "torch.cuda.Stream",
  "torch.cuda.get_device_properties": "torch.cuda.DeviceProperties",
  "torch.cuda.cudart": "torch.cuda.cudart",
};

/** Classes of PyTorch whose methods are reported under the class's name. */
const CLASSES =
  /^torch\.cuda\.(?:Stream|Event|CUDAGraph|MemPool)$|^torch\.(?:cuda\.)?amp\.(?:grad_scaler\.)?GradScaler$/;
const OPTIMIZER = /^torch\.optim\.(?:lr_scheduler\.)?[A-Z]\w*$/;
const TENSOR_CLASS = /^torch\.(?:Tensor|\w+Tensor|nn\.Parameter|nn\.Buffer|cuda\.\w+Tensor)$/;
const CONTAINER = /^torch\.nn\.(?:Sequential|ModuleList|ModuleDict|DataParallel|parallel\.DistributedDataParallel)$/;

/** What a call of this name makes, when its methods matter. */
export function objectOf(name: string): Value | undefined {
  const made = MAKERS[name];
  if (made !== undefined) return { kind: "object", type: made };
  if (CLASSES.test(name)) return { kind: "object", type: name };
  if (OPTIMIZER.test(name)) {
    return {
      kind: "object",
      type: name.includes("lr_scheduler") ? "torch.optim.LRScheduler" : "torch.optim.Optimizer",
    };
  }
  if (TENSOR_CLASS.test(name)) return TENSOR;
  return CONTAINER.test(name) ? LAYER : undefined;
}
