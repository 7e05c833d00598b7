/** What was read by hand of Rebellions' operators: where a call runs, the back end's tests, what the facts say too much. */
import type { TableSource } from "../model/rule.ts";
import type { Correction, OperatorFact, Profile } from "./graphProfiles.ts";

/** Made from values of the host, wherever it lands. */
const CREATES = /^torch\.(?:as_)?tensor$/;
const ON_DEVICE = /^Device dispatch key registered/;
const SPLITS = /splits the graph/;
/** Operators that the eager list of 0.10.4 names, where 0.10.3 goes to the host: a rule speaks from that release on. */
const SINCE_0_10_4 = /^torch\.(?:cat|index_copy|index_select)$/;
const EAGER_LIST = "https://docs.rbln.ai/v0.10.4/software/rbln_pytorch/supported_ops.html";

const hostFallback = (what: string) =>
  `in eager mode ${what} on the host without a message at the default log level; TORCH_RBLN_LOG_LEVEL=INFO names it`;
const OTHER_TYPES =
  "in eager mode inputs of other types than float16 (bfloat16 too, in later source) run on the host without a message, as do scalars alone, inputs at an offset, or with NaN or infinity outside of deploy mode";
const NOT_ACCELERATED =
  "in eager mode it runs on the host without a message, and a compiled graph does not accelerate it";
const UNLISTED_IN_EAGER = "only the graph compiler lists it: in eager mode it runs on the host without a message";

/** Operators whose risk is another than that of their kind. */
const RISKS: Readonly<Record<string, string | undefined>> = {
  "aten::zero_": undefined,
  "aten::native_dropout": "in training, in eager mode, it runs on the host without a message",
};

/** What runs on the host where other overloads stay on the device. */
function partOf(routed: readonly OperatorFact[]): string {
  const overloads = routed.flatMap(({ op }) => (op.startsWith("aten::") ? [op.replace("aten::", "")] : []));
  if (overloads.length === 0) return "some inputs run";
  return overloads.length === 1 ? `${overloads[0]} runs` : `${overloads.join(", ")} run`;
}

const isEager = ({ surface }: OperatorFact) => surface?.includes("eager") ?? false;
const isRouted = (fact: OperatorFact) => fact.status === "partial" && isEager(fact);
const staysOnDevice = (fact: OperatorFact) => fact.status === "supported" && ON_DEVICE.test(fact.notes);

function silentRiskOf(facts: readonly OperatorFact[]): string | undefined {
  const own = facts.find(({ op }) => op in RISKS);
  if (own) return RISKS[own.op];
  const routed = facts.filter(isRouted);
  const onDevice = facts.some(staysOnDevice);
  if (routed.length > 0 && onDevice)
    return `${hostFallback(partOf(routed))}; so do inputs that are not float16, at an offset, or with NaN or infinity outside of deploy mode`;
  if (facts.some(({ notes }) => SPLITS.test(notes))) return NOT_ACCELERATED;
  if (routed.length > 0) return hostFallback("it runs");
  if (onDevice) return OTHER_TYPES;
  const listed = facts.some(({ status }) => status === "supported");
  return !listed || facts.some((fact) => isEager(fact) || CREATES.test(fact.op)) ? undefined : UNLISTED_IN_EAGER;
}

const REPOSITORY = "RBLN-SW/torch-rbln";
const RELEASE = `${REPOSITORY}@2815e35ae438`;
const RELEASED = "2026-04-30";

const FLOAT16_ONLY: TableSource[] = [
  {
    level: "implemented",
    source: `${RELEASE}:torch_rbln/_internal/ops_utils.py:393`,
    version: "0.10",
    asOf: RELEASED,
    shows:
      "a tensor that is not float16 sends the call to the host; so do one at an offset, scalars alone, and NaN or infinity outside of deploy mode",
  },
  {
    level: "implemented",
    source: `${REPOSITORY}@01dc466ef42b:c10/rbln/RBLNSupportedDtypes.h`,
    asOf: "2026-11-25",
    shows: "later: float16 and bfloat16",
  },
];
const LOGGED: TableSource = {
  level: "documented",
  source: `${RELEASE}:docs/CONFIGURATION.md:26`,
  version: "0.10",
  asOf: RELEASED,
  shows: "fallbacks are logged at INFO, the default level is WARNING",
};
const DIFFUSION: TableSource = {
  level: "inferred",
  source: "RBLN-SW/optimum-rbln@5d5659cf4537:tests/test_diffusers.py:27",
  asOf: "2026-06-28",
  shows: "compiles Stable Diffusion, whose decoder upsamples by nearest",
};
const WITHOUT_ENTRY: TableSource = {
  level: "implemented",
  source: `${RELEASE}:aten/src/ATen/native/RBLNRegisterOps.cpp:119`,
  version: "0.10",
  asOf: RELEASED,
  shows: "what has no entry runs on the CPU",
};

function besideOf(facts: readonly OperatorFact[]): readonly TableSource[] {
  const risk = silentRiskOf(facts);
  return [
    ...(facts.some(staysOnDevice) ? FLOAT16_ONLY : []),
    ...(risk === UNLISTED_IN_EAGER || (risk === NOT_ACCELERATED && !facts.some(isRouted)) ? [WITHOUT_ENTRY] : []),
    ...(facts.some(isRouted) ? [LOGGED] : []),
    ...(facts.some(({ op }) => op === "aten::_upsample_nearest_exact2d") ? [DIFFUSION] : []),
  ];
}

/** Where the back end routes an overload to the host; the facts point at its commented-out kernel. */
const REGISTRATION = "aten/src/ATen/native/RBLNRegisterOps.cpp";
const ROUTED = {
  "max.dim_max": 158,
  "min.dim_min": 159,
  "arange.start_out": 162,
  "sum.IntList_out": 166,
  "clamp.Tensor_out": 167,
};

/** Lines of the back end's test of each entry: float16, on the device, against the CPU. */
const TESTS = "test/rbln/test_registered_ops.py";
const TESTED = {
  "mul.out": 511,
  "abs.out": 523,
  "neg.out": 534,
  "silu.out": 545,
  silu_backward: 556,
  "mean.out": 576,
  "mm.out": 587,
  "add.out": 499,
  "sub.out": 604,
  "div.out": 616,
  "div.out_mode": 629,
  "rsqrt.out": 694,
  "bmm.out": 705,
  "ceil.out": 770,
  "clamp.out": 781,
  zero_: 794,
  "log.out": 805,
  "floor.out": 816,
  "max.unary_out": 901,
  "min.unary_out": 913,
  "maximum.out": 925,
  "minimum.out": 937,
  "addmm.out": 949,
  linear: 970,
  linear_backward: 1004,
  "sigmoid.out": 1048,
  _softmax_backward_data: 1067,
  "ne.Tensor_out": 1093,
  "eq.Tensor_out": 1105,
  "gt.Tensor_out": 1117,
  "ge.Tensor_out": 1129,
  "lt.Tensor_out": 1141,
  "le.Tensor_out": 1153,
  "ne.Scalar_out": 1165,
  "eq.Scalar_out": 1177,
  "gt.Scalar_out": 1189,
  "ge.Scalar_out": 1201,
  "lt.Scalar_out": 1213,
  "le.Scalar_out": 1225,
};

function corrections(lines: Readonly<Record<string, number>>, of: Correction): [string, Correction][] {
  return Object.entries(lines).map(([op, line]) => [`aten::${op}`, { ...of, line }]);
}

const BOOLEAN: Correction = {
  status: "partial",
  evidenceLevel: "implemented",
  path: "torch_rbln/_internal/ops_utils.py",
  line: 393,
};
/** A copy without a release, older than 0.12 and newer than 0.7.4, that ends a few rows later. */
const UNDATED_TABLE = "https://docs.rbln.ai/misc/supported_ops_pytorch.html";
const OLD_TABLE = "by 0.7.4; the copies of newer tables end before it.";

export const REBELLIONS: Profile = {
  skip: /^(?:rbln|torch\.distributed|tl\.|aten::<|aten::_fused_sdp_choice)/,
  carried: ({ op, source }) => SINCE_0_10_4.test(op) && source.url === EAGER_LIST,
  verdicts: { supported: "native", partial: "adapt", unknown: "unknown", unsupported: "rewrite" },
  causes: { adapt: "host-fallback", rewrite: "graph-rewrites" },
  decisive: /^Listed as supported and NPU-accelerated/,
  beside: besideOf,
  silentRisk: silentRiskOf,
  reworded: [
    [
      "Device dispatch key registered; only float16 inputs stay on the NPU, other dtypes, 0-dim scalars, non-zero storage offset or NaN/Inf inputs go to the host.",
      "An entry of the back end: float16 stays on the device, inputs of other types go to the host (0.10.3).",
    ],
    [" Root name is in the op-test target set (upstream OpInfo suite against CPU, float16 only).", ""],
    [" No dedicated test found for this entry.", ""],
    [
      "Explicitly routed to the host CPU: correct result, but device to host to device round trip per call; raises instead when TORCH_RBLN_DISABLE_FALLBACK=unsupported_op.",
      "Routed to the host (0.10.3).",
    ],
    [" A device kernel exists only as a disabled TODO.", ""],
    ["Device dispatch key registered; whole exponents", "Whole exponents"],
    [
      "From the v0.7.4 table (newer tables were cut off before this row in the stored copy).",
      `Listed as supported and accelerated ${OLD_TABLE}`,
    ],
    [
      "Small-net eager vs compile comparison test; forward-mode AD is excluded from tests.",
      "A test compares a small net, eager and compiled.",
    ],
    ["Listed as supported and NPU-accelerated.", "Listed as supported and accelerated."],
    [
      "Listed as supported but not accelerated, so it splits the graph onto the host.",
      "Listed as supported, not as accelerated.",
    ],
    [
      "Vendor list of ops verified for functional accuracy in eager mode at SDK v0.10.4; vendor words it as mostly accelerated.",
      "In the vendor's list of operators verified in eager mode, mostly accelerated (0.10.4).",
    ],
    [" Newer than the public repo snapshot, where this op is a host fallback.", ""],
    [
      "Memory, copy or metadata-only view operation implemented natively.",
      "A view, an allocation or a copy of the back end's own.",
    ],
    [
      "2D to 4D/5D float16 only; nested tensors, empty tensors, dropout with gradients and some shapes fall back to host.",
      "float16 only; nested tensors, empty tensors, dropout with gradients and some shapes fall back to the host (0.10.3).",
    ],
  ],
  corrected: {
    ...Object.fromEntries(corrections(ROUTED, { path: REGISTRATION })),
    ...Object.fromEntries(corrections(TESTED, { evidenceLevel: "tested", path: TESTS })),
    "aten::_softmax.out": { evidenceLevel: "tested", path: "test/rbln/test_llama_ops.py", line: 227 },
    "aten::zero_": {
      evidenceLevel: "tested",
      path: TESTS,
      line: TESTED.zero_,
      notes: "Marks the memory as zeros, whatever its type.",
    },
    "aten::pow.Tensor_Scalar_out": {
      evidenceLevel: "tested",
      path: TESTS,
      line: 651,
      notes:
        "Device dispatch key registered; whole exponents of float16 stay on the device, others go to the host (0.10.3).",
    },
    "aten::where.self": { ...BOOLEAN, notes: "The condition is boolean: every call goes to the host (0.10.3)." },
    "aten::where.self_out": { ...BOOLEAN, notes: "The condition is boolean: every call goes to the host (0.10.3)." },
    "aten::logical_not.out": {
      ...BOOLEAN,
      notes: "A boolean input, that of the test too, goes to the host (0.10.3); float16 stays on the device.",
    },
    "aten::masked_fill_.Tensor": { ...BOOLEAN, notes: "The mask is boolean: every call goes to the host (0.10.3)." },
    "aten::masked_fill_.Scalar": { ...BOOLEAN, notes: "The mask is boolean: every call goes to the host (0.10.3)." },
    "aten::_upsample_nearest_exact2d": {
      evidenceLevel: "inferred",
      notes:
        "Compiler 0.8.2 announces the exact variant only; the vendor compiles Stable Diffusion, whose decoder upsamples by nearest.",
    },
    "aten::native_dropout": {
      status: "supported",
      notes: "Outside training PyTorch hands the input back; in training it is routed to the host (0.10.3).",
    },
    "torch.flip": { url: UNDATED_TABLE, notes: "Listed as supported and NPU-accelerated." },
    "torch.full": { evidenceLevel: "inferred", notes: `Listed as supported and accelerated ${OLD_TABLE}` },
    "torch.full_like": { evidenceLevel: "inferred", notes: `Listed as supported and accelerated ${OLD_TABLE}` },
    "torch.floor_divide": {
      url: UNDATED_TABLE,
      notes: "Listed as supported but not accelerated, so it splits the graph onto the host.",
    },
    "torch.fmod": { evidenceLevel: "inferred", notes: `Listed as supported, not as accelerated, ${OLD_TABLE}` },
  },
};
