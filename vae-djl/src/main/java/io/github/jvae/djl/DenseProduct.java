package io.github.jvae.djl;

/**
 * A dense layer whose three products of matrices, one forward and two backward, are oneDNN's: on
 * processors of AMD they take half the time of MKL's, which PyTorch uses for {@code torch.linear}.
 *
 * <p>PyTorch knows no gradient of this operation. So a script that takes gradients computes the
 * layer of operands cut off from their history and asks {@code torch.grad} for the gradient of its
 * result, from which the others follow here: see {@link ScriptGradients}.
 *
 * @param result the layer's output, [B, out]
 * @param x [B, in]
 * @param weight [out, in]
 * @param bias [out]
 */
record DenseProduct(ScriptValue result, ScriptValue x, ScriptValue weight, ScriptValue bias) {
  /** The operation, as scripts spell it. */
  static final String FUNCTION = "ops.mkldnn._linear_pointwise";

  /** What it takes after its three operands: nothing is to be done with the product. */
  static final String NO_ACTIVATION = "\"none\", annotate(List[Optional[number]], []), \"\"";

  /** With fewer multiplications than these, oneDNN's products take as long as others. */
  static final long WORTHWHILE = 1_500_000;

  /** Computes {@code x · weightᵀ + bias}. */
  static String code(String x, String weight, String bias) {
    return FUNCTION + "(" + x + ", " + weight + ", " + bias + ", " + NO_ACTIVATION + ")";
  }

  /** The line that computes the output and starts its history anew. */
  String lineForGradients() {
    return result.name() + " = torch.requires_grad_("
        + code(detached(x), detached(weight), detached(bias)) + ", True)";
  }

  /** The gradient of the weight, of that of the output. */
  String weightGradient(String gradient) {
    return code("torch.t(" + gradient + ")", "torch.t(" + detached(x) + ")", "None");
  }

  /** The gradient of the bias, of that of the output. */
  String biasGradient(String gradient) {
    return "torch.sum(" + gradient + ", [0])";
  }

  /** The gradient of the input, of that of the output. */
  String inputGradient(String gradient) {
    return code(gradient, "torch.t(" + detached(weight) + ")", "None");
  }

  private static String detached(ScriptValue value) {
    return "torch.detach(" + value.name() + ")";
  }
}
