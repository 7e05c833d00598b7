/** Requests for NVIDIA devices: containers, Kubernetes, Slurm, CI runners. */
import type { Pattern, Region } from "../pattern.ts";

const cluster = (find: RegExp, symbol: string): Pattern => ({ find, kind: "build", family: "cluster", symbol });

/** Options of the commands that start containers and jobs. */
export const LAUNCHERS: readonly Region[] = [
  {
    find: /(?<![\w-])(?:docker|podman|nerdctl|nvidia-docker)[ \t](?<args>[^\n;&|]*)/dg,
    inside: [
      cluster(/(?<=\s)--gpus(?=[= \t])/dg, "docker-run:--gpus"),
      cluster(/(?<=\s)--runtime[= ]nvidia(?![\w-])/dg, "docker-run:--runtime=nvidia"),
    ],
  },
  {
    // Options end where the program begins: its own `--gpus` is not Slurm's.
    find: /(?:#SBATCH|(?<![\w-])(?:srun|sbatch|salloc))(?<args>(?:[ \t]+--?[\w-]+(?:[= ][^\s;&|-][^\s;&|]*)?)+)/dg,
    inside: [
      cluster(
        /(?<=\s)(?<name>--gpus(?:-per-(?:node|task|socket))?|--gpu-bind|--ntasks-per-gpu|--cpus-per-gpu|--mem-per-gpu)(?=[= ])/dg,
        "slurm:$name",
      ),
    ],
  },
];

/** Nothing but Slurm has `--gres`; scripts pass it through variables and functions. */
export const SLURM_RESOURCES: readonly Pattern[] = [
  cluster(/(?<![\w-])--gres[= ]gpu(?!\w|:0)(?::(?<type>[a-zA-Z]\w*))?(?::(?<count>\d+))?/dg, "slurm:--gres=gpu"),
];

export const ORCHESTRATION: readonly Pattern[] = [
  cluster(/(?<![\w.])(?<name>nvidia\.com\/[a-z][\w.-]*\w)/dg, "k8s:$name"),
  cluster(/(?<![\w-])runtimeClassName:[ \t]*["']?nvidia(?![\w-])/dg, "k8s:runtimeClassName:nvidia"),
  cluster(/cloud\.google\.com\/gke-accelerator/dg, "k8s:cloud.google.com/gke-accelerator"),
  cluster(/(?<![\w.-])accelerator:[ \t]*["']?nvidia-(?<type>[\w-]+)/dg, "k8s:accelerator:nvidia"),
  cluster(/^[ \t-]*(?<name>driver):[ \t]*["']?nvidia(?![\w-])/dgm, "compose:driver:nvidia"),
  cluster(/^[ \t-]*(?<name>runtime):[ \t]*["']?nvidia(?![\w-])/dgm, "compose:runtime:nvidia"),
  cluster(
    /^[ \t-]*runs-on:[^\n#]{0,200}?(?<name>[\w.-]*(?:nvidia|gpu|cuda|[ahvl]\d{1,2}00?|\bt4\b)[\w.-]*)/dgim,
    "ci:gpu-runner",
  ),
  {
    find: /^[ \t-]*uses:[ \t]*["']?(?<name>Jimver\/cuda-toolkit)@(?<version>[\w.]+)/dgm,
    kind: "package",
    symbol: "action:$name",
  },
];
