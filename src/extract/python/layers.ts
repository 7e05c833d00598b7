/** Base classes of layers: PyTorch's own, and those that projects derive from it and name accordingly. */
export const LAYER_BASE =
  /^torch\.nn\.(?!Parameter$)[A-Z]\w*$|(?:^|\.)\w*(?:Module|Layer|Block|PreTrainedModel|LightningModule)$/;
