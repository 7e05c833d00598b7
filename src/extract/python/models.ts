import type { CallContext } from "./calls.ts";
import type { Argument } from "./semantics.ts";
import type { Value } from "./value.ts";

/** Libraries whose class names stand for architectures. */
const MODEL_LIBRARY = /^(?:transformers|diffusers|torchvision\.models|timm|sentence_transformers)(?:\.|$)/;
const LOADS = /\.from_pretrained$/;
/** What comes without weights. */
const WEIGHTLESS = /(?:Tokenizer\w*|Config|Processor|FeatureExtractor)\.from_pretrained$/;

/** `LlamaForCausalLM.from_pretrained(…)`, `torchvision.models.resnet50()`: the architecture, and that weights are loaded. */
export function modelSignal(context: CallContext, name: string, args: readonly Argument<Value>[], token: number): void {
  if (!MODEL_LIBRARY.test(name)) return;
  const { names, report } = context;
  const id = args[0]?.value;
  const path = LOADS.test(name) && id?.kind === "string" ? id.text : undefined;
  const isBare = path !== undefined && !path.includes("/");
  // A full id is read, and signalled, where strings are.
  const named = path === undefined ? undefined : names.models.ofId(path, isBare);
  const architecture = named ?? architectureOfClass(context, name);
  if (architecture === undefined) return;
  if (isBare || named === undefined) report.signal(`model:${architecture}`, token);
  if (!LOADS.test(name) || WEIGHTLESS.test(name)) return;
  report.add("call", "transformers.PreTrainedModel.from_pretrained", "torch-checkpoint", token, { architecture });
}

function architectureOfClass({ names }: CallContext, name: string): string | undefined {
  for (const part of name.split(".")) {
    const model = names.models.ofClass(part);
    if (model !== undefined) return model;
  }
  return undefined;
}
