import { callFacts } from "./callFacts.ts";
import { CUDA_SOURCES, embeddedSources } from "./embedded.ts";
import type { Evaluator } from "./evaluate.ts";
import { maybeProjects } from "./exports.ts";
import { conditionOfCall } from "./guards.ts";
import { environmentUse, toolUse } from "./hostCalls.ts";
import { HELPER_DECORATORS, KERNEL_DECORATORS, type KernelBody } from "./kernelBody.ts";
import { launchOf } from "./launches.ts";
import { methodCall } from "./methods.ts";
import { modelSignal } from "./models.ts";
import { objectOf } from "./objects.ts";
import { notesForm } from "./operatorForms.ts";
import type { FileReport } from "./report.ts";
import type { Argument } from "./semantics.ts";
import { callSignals } from "./signals.ts";
import { calleeName, isTalk } from "./strings.ts";
import { plainResult, takesTensor } from "./tensors.ts";
import { itemsOf, LAYER, TENSOR, UNKNOWN, type Value } from "./value.ts";

/** What calls need of the evaluator. */
export type CallContext = Pick<
  Evaluator,
  "tokens" | "names" | "scopes" | "blocks" | "report" | "guarded" | "placeString"
>;

type Args = readonly Argument<Value>[];

/** A call: reports what is called and what its arguments say, and tells what comes back. */
export function evaluateCall(context: CallContext, callee: Value, args: Args, open: number): Value {
  if (callee.kind === "indexed") return launchOf(context, callee, args, open);
  reportArguments(context, callee, args);
  if (context.report.kernel) calledByKernel(context.report, context.report.kernel, callee);
  if (callee.kind === "free") return freeCall(context, callee, args);
  if (callee.kind === "name") return namedCall(context, callee, args);
  if (callee.kind === "attribute") return methodCall(context, callee, args);
  if (callee.kind === "tensor" || callee.kind === "object") return UNKNOWN;
  if (callee.kind === "layer") return TENSOR;
  if (callee.kind === "kernel") return callee; // `kernel(…).launch(…)`
  if (callee.kind === "class") return callee.layer ? LAYER : UNKNOWN;
  return UNKNOWN;
}

/** A kernel's calls: names of this file, or of a module of the project. */
function calledByKernel(report: FileReport, kernel: KernelBody, callee: Value): void {
  if (callee.kind === "kernel" || callee.kind === "free") kernel.calls.add(callee.name);
  if (callee.kind !== "name" || !maybeProjects(callee.name) || kernel.owns(callee.name)) return;
  kernel.calls.add(calleeName(callee));
  report.includes.add(`${callee.name.replace(/^\./, "").split(".").slice(0, -1).join("/")}.py`);
}

/** Device strings, pinned memory and environment variables among the arguments. */
function reportArguments(context: CallContext, callee: Value, args: Args): void {
  const name = callee.kind === "free" ? callee.name : calleeName(callee);
  const talk = isTalk(name);
  const namesAttribute = name === "getattr" || name === "setattr";
  for (const [position, { keyword, value, token }] of args.entries()) {
    if (keyword === "libraries") linkedLibraries(context, value);
    if (value.kind === "string") {
      const prose = talk && keyword !== "device";
      if (!prose && !(namesAttribute && position < 2)) context.placeString(value);
      continue;
    }
    if (keyword !== "pin_memory" && keyword !== "non_blocking") continue;
    if (value.kind === "constant" && value.text === "False") continue;
    const symbol = keyword === "non_blocking" ? "torch.Tensor.to.non_blocking" : pinnedBy(callee);
    context.report.add("attribute", symbol, "torch-device", token - 2);
  }
}

/** `libraries=["nccl"]` links a library and chooses no back-end. */
function linkedLibraries({ report, names }: CallContext, libraries: Value): void {
  for (const item of itemsOf(libraries)) {
    if (item.kind !== "string") continue;
    report.retract(report.drafts.findLast(({ kind, token }) => kind === "string" && token === item.first));
    const flag = names.linkerFlag(item.text);
    if (flag !== undefined) report.add("build", flag, "build", item.first);
  }
}

/** `pin_memory=` of a tensor's factory makes a pinned tensor; everywhere else it is the loader's. */
function pinnedBy(callee: Value): string {
  const factory = callee.kind === "name" && /^torch\.[a-z_]+$/.test(callee.name);
  return factory ? "torch.Tensor.pin_memory" : "torch.utils.data.DataLoader.pin_memory";
}

function freeCall(context: CallContext, callee: Extract<Value, { kind: "free" }>, args: Args): Value {
  if (callee.name === "getattr") return literalAttribute(context, args);
  if (callee.name === "hasattr" || callee.name === "isinstance" || callee.name === "issubclass")
    asks(context, callee.name, args);
  if (context.guarded) {
    const condition = conditionOfCall(
      callee,
      args.map((arg) => arg.value),
    );
    if (condition) return condition;
  }
  callSignals(context, callee.name, args, callee.token);
  return UNKNOWN;
}

/** `hasattr(torch.cuda, …)` uses nothing; `isinstance(m, nn.Linear)` runs no operator. */
function asks(context: CallContext, question: string, args: Args): void {
  const asked = question === "hasattr" ? args[0] : args[1];
  for (const value of asked ? itemsOf(asked.value) : []) {
    if (value.kind !== "name") continue;
    if (question === "hasattr" || value.draft?.kind === "op") context.report.retract(value.draft);
  }
}

/** `getattr(torch, "cuda")` is `torch.cuda`. */
function literalAttribute(context: CallContext, args: Args): Value {
  const [base, name] = args;
  if (base?.value.kind !== "name" || name?.value.kind !== "string") return UNKNOWN;
  if (!/^[A-Za-z_]\w*$/.test(name.value.text)) return UNKNOWN;
  context.report.retract(base.value.draft);
  return { kind: "name", name: `${base.value.name}.${name.value.text}`, token: base.token, spelled: true };
}

function namedCall(context: CallContext, callee: Extract<Value, { kind: "name" }>, args: Args): Value {
  const { name, token } = callee;
  if (context.guarded) {
    const condition = conditionOfCall(
      callee,
      args.map((arg) => arg.value),
    );
    if (condition) return condition;
  }
  environmentUse(context, name, args);
  toolUse(context, name, args);
  callSignals(context, name, args, token);
  modelSignal(context, name, args, token);
  if (Object.hasOwn(KERNEL_DECORATORS, name) || Object.hasOwn(HELPER_DECORATORS, name)) {
    return { kind: "name", name, token, spelled: false };
  }
  const known = context.names.known(name);
  if (!known) {
    if (maybeProjects(name)) context.report.refer("call", name, token);
    return objectOf(name) ?? UNKNOWN;
  }
  const draft = callee.draft ?? context.report.addName(known, true, token);
  if (draft?.kind === "attribute") draft.kind = "call";
  if (draft) {
    const facts = callFacts(known.symbol, args);
    if (facts) draft.facts = { ...draft.facts, ...facts };
    notesForm(context, draft, args);
  }
  const sources = CUDA_SOURCES[known.symbol];
  if (sources) embeddedSources(context, sources, args);
  if (known.operator && takesTensor(known.symbol)) learnOperands(context, args);
  if (!known.operator) return objectOf(known.symbol) ?? UNKNOWN;
  if (/^torch\.nn\.[A-Z]/.test(known.symbol)) return LAYER;
  return plainResult(known.symbol.replace(/^torch\./, ""), context.scopes.current.forward) ?? TENSOR;
}

/** The first operand of an operator is a tensor, or a list of them. */
function learnOperands({ scopes, report }: CallContext, args: Args): void {
  const [first] = args;
  if (report.kernel || !first || (first.keyword !== undefined && first.keyword !== "input")) return;
  for (const operand of itemsOf(first.value)) scopes.learnTensor(operand);
}

/** Strings among the items of the arguments, in order. */
export function stringsOf(args: Args): Extract<Value, { kind: "string" }>[] {
  return args.flatMap(({ value }) => itemsOf(value).filter((item) => item.kind === "string"));
}
