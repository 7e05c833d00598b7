/** Requests for NVIDIA devices: containers, Kubernetes, Slurm, CI runners. */
import type { Pattern, Region } from "../pattern.ts";

const cluster = (find: RegExp, symbol: string): Pattern => ({ find, kind: "build", family: "cluster", symbol });

/** Options of the commands that start containers and jobs. */
export const LAUNCHERS: readonly Region[] = [
  {
    find: /(?<![\w-])(?:docker|podman|nerdctl|nvidia-docker)[ \t](?<args>[^\n;&|]*)/g,
    inside: [
      cluster(/(?<=\s)--gpus(?=[= \t])/g, "docker-run:--gpus"),
      cluster(/(?<=\s)--runtime[= ]nvidia(?![\w-])/g, "docker-run:--runtime=nvidia"),
    ],
  },
  {
    // Options end where the program begins: its own `--gpus` is not Slurm's.
    find: /(?:#SBATCH|(?<![\w-])(?:srun|sbatch|salloc))(?<args>(?:[ \t]+--?[\w-]+(?:[= ][^\s;&|-][^\s;&|]*)?)+)/g,
    inside: [
      cluster(
        /(?<=\s)(?<name>--gpus(?:-per-(?:node|task|socket))?|--gpu-bind|--ntasks-per-gpu|--cpus-per-gpu|--mem-per-gpu)(?=[= ])/g,
        "slurm:$name",
      ),
    ],
  },
];

/** Nothing but Slurm has `--gres`; scripts pass it through variables and functions. */
export const SLURM_RESOURCES: readonly Pattern[] = [
  cluster(/(?<![\w-])--gres[= ]gpu(?!\w|:0)(?::(?<type>[a-zA-Z]\w*))?(?::(?<count>\d+))?/g, "slurm:--gres=gpu"),
];

export const ORCHESTRATION: readonly Pattern[] = [
  cluster(/(?<![\w.])(?<name>nvidia\.com\/[a-z][\w.-]*\w)/g, "k8s:$name"),
  cluster(/(?<![\w-])runtimeClassName:[ \t]*["']?nvidia(?![\w-])/g, "k8s:runtimeClassName:nvidia"),
  cluster(/cloud\.google\.com\/gke-accelerator/g, "k8s:cloud.google.com/gke-accelerator"),
  cluster(/(?<![\w.-])accelerator:[ \t]*["']?nvidia-(?<type>[\w-]+)/g, "k8s:accelerator:nvidia"),
  cluster(/^[ \t-]*(?<name>driver):[ \t]*["']?nvidia(?![\w-])/gm, "compose:driver:nvidia"),
  cluster(/^[ \t-]*(?<name>runtime):[ \t]*["']?nvidia(?![\w-])/gm, "compose:runtime:nvidia"),
  cluster(/^[ \t]*(?<name>gpus):[ \t]*["']?all(?![\w-])/gm, "compose:gpus"),
  cluster(
    /^[ \t-]*runs-on:[^\n#]{0,200}?(?<name>[\w.-]*(?:nvidia|gpu|cuda|[ahvl]\d{1,2}00?|\bt4\b)[\w.-]*)/gim,
    "ci:gpu-runner",
  ),
  {
    find: /^[ \t-]*uses:[ \t]*["']?(?<name>Jimver\/cuda-toolkit)@(?<version>[\w.]+)/gm,
    kind: "package",
    symbol: "action:$name",
  },
];
