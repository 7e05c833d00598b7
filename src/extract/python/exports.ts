import type { Exports } from "../../model/inventory.ts";
import type { Names } from "./names.ts";
import type { Scope } from "./scopes.ts";

/** Packages of which everybody knows that they are not the project's. */
const ELSEWHERE = new Set(
  "abc argparse ast asyncio base64 bisect builtins collections concurrent contextlib copy csv ctypes dataclasses datetime decimal enum fnmatch fractions functools gc glob gzip hashlib heapq importlib inspect io itertools json logging math multiprocessing numbers operator os pathlib pickle platform pprint queue random re shlex shutil signal socket statistics string struct subprocess sys tempfile textwrap threading time timeit traceback types typing typing_extensions unittest urllib uuid warnings weakref zipfile numpy scipy pandas matplotlib pytest yaml tqdm PIL cv2 sklearn requests einops packaging setuptools tensorflow jax transformers datasets tokenizers accelerate peft diffusers torchvision torchaudio huggingface_hub safetensors wandb hydra omegaconf pydantic".split(
    " ",
  ),
);

/** True for a resolved name that may be one of the scanned project's own modules'. */
export function maybeProjects(name: string): boolean {
  if (name.startsWith(".")) return true;
  const dot = name.indexOf(".");
  if (dot < 0) return false;
  const top = name.slice(0, dot);
  return top !== "torch" && !ELSEWHERE.has(top);
}

/** Names that the module hands on: what it imported or made an alias of at its top level. */
export function exportsOf(module: readonly string[], scope: Scope, names: Names): Exports | undefined {
  const exported: Record<string, string> = {};
  const apis: Record<string, Exports["apis"][string]> = {};
  let any = false;
  for (const [local, value] of scope.names) {
    if (value.kind !== "name") continue;
    const known = names.known(value.name);
    if (!known && !maybeProjects(value.name)) continue;
    any = true;
    exported[local] = value.name;
    if (known) {
      apis[value.name] = { symbol: known.symbol, family: known.family, kind: known.operator ? "op" : "attribute" };
    }
  }
  const path = module.at(-1) === "__init__" ? module.slice(0, -1) : module;
  return any ? { module: path.join("."), names: exported, apis } : undefined;
}
