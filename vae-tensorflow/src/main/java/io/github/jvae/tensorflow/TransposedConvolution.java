package io.github.jvae.tensorflow;

import io.github.jvae.model.Layer;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.math.Add;
import org.tensorflow.op.nn.Conv2dBackpropInput;
import org.tensorflow.types.TFloat32;

/**
 * A transposed convolution of [B, H, W, in] with a kernel [height, width, out, in]: the gradient of
 * the convolution that takes its output to its input. Unlike that of a convolution, its own
 * gradient is right with explicit padding too.
 *
 * @param output [C, H, W]
 * @param layer kernel, stride and padding
 */
record TransposedConvolution(Shape output, Layer.TransposedConv2d layer) implements Kernel.Product {

  @Override
  public Operand<TFloat32> record(
      TensorFlowTrace trace, Operand<TFloat32> x, Operand<TFloat32> kernel, int batch) {
    Padding padding = Padding.of(output, layer.kernel(), layer.stride(), layer.padding());
    Conv2dBackpropInput.Options[] options = padding == Padding.EXPLICIT
        ? new Conv2dBackpropInput.Options[] {
          Conv2dBackpropInput.explicitPaddings(edges(layer.padding()))
        }
        : new Conv2dBackpropInput.Options[0];
    return Conv2dBackpropInput.create(
        trace.scope(),
        trace.integers(output.permute(1, 2, 0).prepend(batch).toArray()),
        kernel,
        x,
        Padding.strides(layer.stride()),
        padding.name(),
        options);
  }

  /**
   * Nothing fuses a bias with this operation, and where it stands alone the gradient of a plain sum
   * is four times as fast as that of {@code BiasAdd} (0.7 against 3.3 ms for 32 channels of 16 x 16
   * and a batch of 128).
   */
  @Override
  public Operand<TFloat32> plus(
      TensorFlowTrace trace, Operand<TFloat32> product, Operand<TFloat32> bias) {
    return Add.create(trace.scope(), product, bias);
  }

  private static List<Long> edges(long edge) {
    return List.of(0L, 0L, edge, edge, edge, edge, 0L, 0L);
  }
}
