/** Signals that calls show: training loops and inference. */
import type { CallContext } from "./calls.ts";
import type { Argument } from "./semantics.ts";
import { DOT, NAME } from "./tokens.ts";
import type { Value } from "./value.ts";

const INFERENCE = new Set(["torch.no_grad", "torch.inference_mode", "eval", "generate", "no_grad", "inference_mode"]);
const TRAINERS = /^(?:transformers|pytorch_lightning|lightning(?:\.pytorch)?|trl|accelerate)\.(?:\w*Trainer)$/;
const STEPPERS = /optim|^opt$|scaler|engine|^optimizers?$/i;

/** Notes what a call says of training or inference. `name` is the resolved or last name. */
export function callSignals(context: CallContext, name: string, args: readonly Argument<Value>[], token: number): void {
  if (name === "optimizer.step") context.report.signal("step", token);
  else if (name === "step" || name === "train_batch") {
    const { tokens } = context;
    const owner = tokens.kindAt(token - 1) === DOT && tokens.kindAt(token - 2) === NAME ? tokens.textAt(token - 2) : "";
    if (!STEPPERS.test(owner)) return;
    context.report.signal("step", token);
    if (name === "step" && /optim|^opt$/i.test(owner)) {
      context.report.add("call", "torch.optim.Optimizer.step", "torch-train", token);
    }
  } else if (TRAINERS.test(name)) context.report.signal("training-loop", token);
  else if (INFERENCE.has(name) && (name !== "eval" || args.length === 0)) context.report.signal("inference", token);
}

/** A training loop needs both halves: gradients and a step. The line is that of the gradients. */
export function trainingLoop(signals: readonly { name: string; token: number }[]): { name: string; token: number }[] {
  const backward = signals.find((signal) => signal.name === "backward");
  const step = signals.some((signal) => signal.name === "step");
  const rest = signals.filter((signal) => signal.name !== "backward" && signal.name !== "step");
  return backward && step ? [{ name: "training-loop", token: backward.token }, ...rest] : rest;
}
