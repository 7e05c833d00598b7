import { launchFacts } from "./callFacts.ts";
import type { CallContext } from "./calls.ts";
import { conditionOfCall } from "./guards.ts";
import { notesForm } from "./operatorForms.ts";
import type { Argument } from "./semantics.ts";
import { callSignals } from "./signals.ts";
import { plainResult, TENSOR_ONLY } from "./tensors.ts";
import { DOT, NAME } from "./tokens.ts";
import { TENSOR, tensorOf, UNKNOWN, type Value } from "./value.ts";

type Method = Extract<Value, { kind: "attribute" }>;

/** Methods whose result depends on the data: what a compiled graph cannot hold. */
const DATA_DEPENDENT: Readonly<Record<string, string>> = {
  item: "dynamic:item",
  tolist: "dynamic:item",
  nonzero: "dynamic:nonzero",
  masked_select: "dynamic:masked-select",
  unique: "dynamic:unique",
};

/** A method of something that is not an imported name. */
export function methodCall(context: CallContext, callee: Method, args: readonly Argument<Value>[]): Value {
  const { base, name, token } = callee;
  const { report } = context;
  switch (name) {
    case "cuda":
      report.add("call", "torch.Tensor.cuda", "torch-device", token);
      return base.kind === "tensor" || base.kind === "layer" ? base : UNKNOWN;
    case "pin_memory":
      report.add("call", "torch.Tensor.pin_memory", "torch-device", token);
      return base;
    case "record_stream":
      report.add("call", "torch.Tensor.record_stream", "torch-cuda", token);
      return UNKNOWN;
    case "to":
    case "cpu":
      return base.kind === "tensor" || base.kind === "layer" ? base : UNKNOWN;
    case "format":
    case "replace":
    case "strip":
      if (base.kind === "string") return base;
      break;
    case "register_buffer":
    case "register_parameter":
      if (base.kind === "self") registersTensor(context, args);
      return UNKNOWN;
    case "backward":
      return backward(context, callee, args);
  }
  if (base.kind === "kernel" && name === "launch") {
    report.add("launch", base.name, base.family, token, launchFacts(args));
    return UNKNOWN;
  }
  if (base.kind === "object") return objectMethod(context, base.type, callee, args);
  if (base.kind === "tensor" || (TENSOR_ONLY.has(name) && takesTensors(base)))
    return tensorMethod(context, callee, args);
  if (context.guarded) {
    const condition = conditionOfCall(callee, []);
    if (condition) return condition;
  }
  callSignals(context, name, args, token);
  return base.kind === "layer" ? base : UNKNOWN;
}

/** `self.register_buffer("mask", …)` makes `self.mask` a tensor. */
function registersTensor(context: CallContext, args: readonly Argument<Value>[]): void {
  const name = args[0]?.value;
  if (name?.kind === "string") context.scopes.enclosingClass?.fields.set(name.text, TENSOR);
}

/** Receivers of which nothing is known; a module, class or string is no tensor. */
function takesTensors(base: Value): boolean {
  return base.kind === "free" || base.kind === "unknown" || base.kind === "attribute" || base.kind === "indexed";
}

function tensorMethod(context: CallContext, { base, name, token }: Method, args: readonly Argument<Value>[]): Value {
  const { report, scopes, names } = context;
  if (report.kernel) return TENSOR;
  const dynamic = DATA_DEPENDENT[name];
  if (dynamic !== undefined && scopes.current.forward) report.add("attribute", dynamic, "torch-dynamic", token);
  if (names.tensorMethods.has(name))
    notesForm(context, report.add("op", `torch.Tensor.${name}`, "torch-op", token), args);
  const known = names.tensorMethods.has(name) || TENSOR_ONLY.has(name);
  if (known) scopes.learnTensor(base);
  return plainResult(name, scopes.current.forward) ?? tensorOf(known || (base.kind === "tensor" && base.sure));
}

function objectMethod(
  context: CallContext,
  type: string,
  { name, token }: Method,
  args: readonly Argument<Value>[],
): Value {
  if (type === "torch.cuda.cudart") context.report.add("call", name, "runtime", token);
  else if (type === "torch.optim.LRScheduler") return UNKNOWN;
  else if (type === "torch.optim.Optimizer") {
    if (name === "step") context.report.add("call", `${type}.step`, "torch-train", token);
    callSignals(context, "optimizer.step", args, token);
  } else {
    const family = type.includes(".amp.") ? "torch-amp" : "torch-cuda";
    context.report.add("call", `${type}.${name}`, type.startsWith("torch.cuda.") ? "torch-cuda" : family, token);
    if (name === "scale") return TENSOR;
  }
  return UNKNOWN;
}

/** `loss.backward()`; `engine.backward(loss)` only says that the file trains. */
function backward(context: CallContext, { base, token }: Method, args: readonly Argument<Value>[]): Value {
  const { tokens, report } = context;
  report.signal("backward", token);
  if (base.kind === "name" || base.kind === "class" || base.kind === "self") return UNKNOWN;
  const before = tokens.kindAt(token - 1) === DOT && tokens.kindAt(token - 2) === NAME ? tokens.textAt(token - 2) : "";
  const loss = /loss|out|output|result|grad|err|sum|mean/i.test(before);
  const plain = args.every(({ keyword }) => keyword !== undefined) && !/engine|accelerator|manager|super/i.test(before);
  if (base.kind === "tensor" || loss || plain) {
    report.add("call", "torch.Tensor.backward", "torch-train", token);
  }
  return UNKNOWN;
}
