package io.github.jvae.tensorflow;

import io.github.jvae.model.Layer;
import io.github.jvae.tensor.Shape;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Constant;
import org.tensorflow.op.core.Pad;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;

/** A convolution of [B, H, W, in] with a kernel [height, width, in, out], without its bias. */
final class Convolution {
  private Convolution() {}

  /** @param input [B, H, W, in] */
  static Operand<TFloat32> record(
      TensorFlowTrace trace,
      Layer.Conv2d layer,
      Shape input,
      Operand<TFloat32> x,
      Operand<TFloat32> kernel) {
    Padding padding = Padding.of(input, layer.kernel(), layer.stride(), layer.padding());
    return Conv2d.create(
        trace.scope(),
        padding == Padding.EXPLICIT ? padded(trace, x, layer.padding()) : x,
        kernel,
        Padding.strides(layer.stride()),
        padding == Padding.SAME ? "SAME" : "VALID");
  }

  /** Padded beforehand: the gradient of a convolution with explicit padding leaves it out. */
  private static Operand<TFloat32> padded(TensorFlowTrace trace, Operand<TFloat32> x, int edge) {
    int[][] edges = {{0, 0}, {edge, edge}, {edge, edge}, {0, 0}};
    return Pad.create(trace.scope(), x, Constant.tensorOf(trace.scope(), edges), trace.number(0));
  }
}
