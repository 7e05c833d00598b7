import type { CallContext } from "./calls.ts";
import type { Argument } from "./semantics.ts";
import type { Value } from "./value.ts";

/** Libraries whose class names stand for architectures. */
const MODEL_LIBRARY = /^(?:transformers|diffusers|torchvision\.models|timm|sentence_transformers)(?:\.|$)/;

/** `LlamaForCausalLM.from_pretrained(…)`, `torchvision.models.resnet50()`. */
export function modelSignal(context: CallContext, name: string, args: readonly Argument<Value>[], token: number): void {
  if (!MODEL_LIBRARY.test(name)) return;
  const id = args[0]?.value;
  if (name.endsWith(".from_pretrained") && id?.kind === "string" && !id.text.includes("/")) {
    const model = context.names.models.ofId(id.text, true);
    if (model !== undefined) context.report.signal(`model:${model}`, token);
  }
  for (const part of name.split(".")) {
    const model = context.names.models.ofClass(part);
    if (model === undefined) continue;
    context.report.signal(`model:${model}`, token);
    return;
  }
}
