import type { Argument } from "./semantics.ts";
import type { Value } from "./value.ts";

type FactValue = string | number | boolean;

/** Keyword arguments that rules ask for, by resolved name; a leading `#` gives the position without keyword. */
const WANTED: Readonly<Record<string, readonly string[]>> = {
  "torch.compile": ["mode", "fullgraph", "dynamic", "backend"],
  "torch.distributed.init_process_group": ["backend#0"],
  "torch.distributed.new_group": ["backend"],
  "torch.distributed.device_mesh.init_device_mesh": ["device_type#0"],
  "torch.distributed.init_device_mesh": ["device_type#0"],
  "torch.autocast": ["device_type#0", "dtype#1", "enabled"],
  "torch.amp.autocast": ["device_type#0", "dtype#1", "enabled"],
  "torch.amp.GradScaler": ["device#0", "enabled"],
  "torch.cuda.amp.autocast": ["dtype", "enabled"],
  "torch.nn.functional.scaled_dot_product_attention": ["is_causal", "enable_gqa"],
  "torch.nn.parallel.DistributedDataParallel": ["find_unused_parameters", "static_graph", "gradient_as_bucket_view"],
  "torch.jit.script": [],
  "torch.utils.cpp_extension.load": ["with_cuda"],
  "torch.utils.cpp_extension.load_inline": ["with_cuda"],
  "torch.cuda.set_per_process_memory_fraction": [],
  "torch.set_float32_matmul_precision": ["precision#0"],
  "triton.Config": ["num_warps", "num_stages", "num_ctas"],
};

function literal(value: Value): FactValue | undefined {
  if (value.kind === "string") return value.text;
  if (value.kind === "name") return value.name.replace(/^torch\./, "");
  if (value.kind !== "constant") return undefined;
  if (value.text === "True" || value.text === "False") return value.text === "True";
  const number = Number(value.text.replaceAll("_", ""));
  return Number.isNaN(number) ? undefined : number;
}

/** The facts that the literal arguments of a call state. */
export function callFacts(symbol: string, args: readonly Argument<Value>[]): Record<string, FactValue> | undefined {
  const wanted = Object.hasOwn(WANTED, symbol) ? WANTED[symbol] : undefined;
  if (!wanted) return undefined;
  const facts: Record<string, FactValue> = {};
  for (const want of wanted) {
    const [keyword = "", position] = want.split("#");
    const arg =
      args.find((one) => one.keyword === keyword) ??
      (position === undefined ? undefined : args.filter((one) => one.keyword === undefined)[Number(position)]);
    const value = arg && literal(arg.value);
    if (value !== undefined) facts[keyword] = value;
  }
  return Object.keys(facts).length > 0 ? facts : undefined;
}

/** Facts of a kernel's launch. */
export function launchFacts(args: readonly Argument<Value>[]): Record<string, FactValue> {
  const facts: Record<string, FactValue> = { form: "api" };
  for (const { keyword, value } of args) {
    const name = keyword === "num_warps" ? "numWarps" : keyword === "num_stages" ? "numStages" : undefined;
    const number = name && literal(value);
    if (name && typeof number === "number") facts[name] = number;
  }
  return facts;
}
