/** What is a tensor, as far as names and operations tell. */
import { TRUTH, UNKNOWN, type Value } from "./value.ts";

/** Functions and methods of tensors whose result is no tensor. */
const PLAIN_RESULTS = new Set([
  "size",
  "dim",
  "ndimension",
  "numel",
  "nelement",
  "item",
  "tolist",
  "numpy",
  "stride",
  "data_ptr",
  "storage",
  "untyped_storage",
  "storage_offset",
  "element_size",
  "get_device",
  "is_contiguous",
  "is_floating_point",
  "is_complex",
  "is_pinned",
  "backward",
  "register_hook",
  "requires_grad_",
]);

/** The same, giving a bool that the tensors' values decide. */
const ASKS_VALUES = new Set(["equal", "allclose", "is_nonzero"]);

/** What a function or method gives that gives no tensor. */
export function plainResult(name: string, forward: boolean): Value | undefined {
  // Outside of forward passes the host decides, and what it decided is a constant to the graph.
  if (ASKS_VALUES.has(name)) return forward ? TRUTH : UNKNOWN;
  return PLAIN_RESULTS.has(name) ? UNKNOWN : undefined;
}

/** Attributes of tensors that are tensors. */
export const TENSOR_ATTRIBUTES = new Set(["T", "mT", "H", "mH", "data", "grad", "real", "imag"]);

/** Methods that nothing but a tensor has: they tell that the receiver is one. */
export const TENSOR_ONLY = new Set([
  "unsqueeze",
  "unsqueeze_",
  "masked_fill",
  "masked_fill_",
  "masked_scatter",
  "masked_scatter_",
  "masked_select",
  "scatter_",
  "scatter_add",
  "scatter_add_",
  "scatter_reduce",
  "scatter_reduce_",
  "index_select",
  "index_add",
  "index_add_",
  "index_copy",
  "index_copy_",
  "index_fill_",
  "index_put",
  "index_put_",
  "repeat_interleave",
  "expand_as",
  "view_as",
  "type_as",
  "reshape_as",
  "logsumexp",
  "log_softmax",
  "baddbmm",
  "bmm",
  "addmm",
  "addmm_",
  "addcmul_",
  "addcdiv_",
  "new_zeros",
  "new_ones",
  "new_empty",
  "new_full",
  "new_tensor",
  "clamp_min",
  "clamp_max",
  "clamp_",
  "mul_",
  "add_",
  "sub_",
  "div_",
  "copy_",
  "zero_",
  "fill_",
  "uniform_",
  "normal_",
  "lerp_",
  "movedim",
  "unbind",
  "addcmul",
  "addcdiv",
  "contiguous",
  "permute",
  "detach",
  "detach_",
  "expand",
  "numel",
  "ndimension",
  "requires_grad_",
  "is_contiguous",
  "data_ptr",
  "bfloat16",
  "cumprod_",
  "exp_",
  "sigmoid_",
  "relu_",
]);

/** Functions that make tensors of what is none: their arguments tell nothing. */
const FACTORIES =
  /^torch\.(?:tensor|as_tensor|asarray|from_numpy|frombuffer|scalar_tensor|zeros|ones|empty|full|arange|range|linspace|logspace|eye|rand|randn|randint|randperm|normal|tril_indices|triu_indices|empty_strided|cartesian_prod|cond|while_loop|einsum|is_nonzero|Size)$|^torch\.nn\.[A-Z]|^torch\.fft\.\w*freq$/;

/** True for an operator whose first argument is a tensor, or a list of tensors. */
export function takesTensor(symbol: string): boolean {
  return !FACTORIES.test(symbol);
}

const TENSOR_TYPES =
  /^torch\.(?:Tensor|LongTensor|FloatTensor|HalfTensor|IntTensor|BoolTensor|nn\.Parameter|cuda\.\w*Tensor)$/;

/** True for an annotation that names a tensor: `Tensor`, `Optional[Tensor]`, `torch.Tensor | None`, `"torch.Tensor"`. */
export function isTensorType(annotation: Value): boolean {
  switch (annotation.kind) {
    case "name":
      return TENSOR_TYPES.test(annotation.name);
    case "string":
      return /^(?:torch\.)?Tensor$/.test(annotation.text);
    case "indexed":
      return /(?:Optional|Union)$/.test(nameOf(annotation.base)) && annotation.items.some(isTensorType);
    case "group":
      return annotation.items.some(isTensorType);
    default:
      return false;
  }
}

function nameOf(value: Value): string {
  return value.kind === "name" || value.kind === "free" ? value.name : "";
}

/** Parameters of a forward pass that are settings rather than tensors. */
const SETTING =
  /^(?:self|cls|ctx|fn|func|mode|step|layer|index|idx|dim|axis|size|shape|device|dtype|training|eps|scale)$|config|cfg|return_|output_attentions|output_hidden|^use_|^is_|^has_|^do_|^num_|^n_|_name$|kwargs|args|cache|_len$|_size$|_dim$|_idx$|state_dict|module|model|_fn$|_func$|group|params|options|meta|info/;

/** Parameters that are tensors in whatever function. */
const TENSOR_NAME =
  /^(?:hidden_states?|logits|input_ids|attention_mask|position_ids|token_type_ids|(?:inputs_)?embeds|grad_outputs?|grad_input|(?:\w+_)?tensor|query_states|key_states|value_states|cu_seqlens\w*)$/;

/** A parameter without annotation that is probably a tensor; in a forward pass, unless its name is a setting's. */
export function maybeTensorParameter(name: string, forward: boolean): boolean {
  return TENSOR_NAME.test(name) || (forward && !SETTING.test(name));
}
