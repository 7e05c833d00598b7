import type { CallContext } from "./calls.ts";

/** Libraries whose class names stand for architectures. */
const MODEL_LIBRARY = /^(?:transformers|diffusers|torchvision\.models|timm|sentence_transformers)(?:\.|$)/;

/** `LlamaForCausalLM.from_pretrained(…)`, `torchvision.models.resnet50()`. */
export function modelSignal(context: CallContext, name: string, token: number): void {
  if (!MODEL_LIBRARY.test(name)) return;
  for (const part of name.split(".")) {
    const model = context.names.models.ofClass(part);
    if (model === undefined) continue;
    context.report.signal(`model:${model}`, token);
    return;
  }
}
