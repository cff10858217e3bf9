package io.github.jvae.tensorflow;

import io.github.jvae.model.Network;
import org.tensorflow.Operand;
import org.tensorflow.op.nn.BiasAdd;
import org.tensorflow.types.TFloat32;

/**
 * A convolution of either kind with its variables, on images with their channels last.
 *
 * @param node the layer in its place
 * @param weight how the kernel is wanted
 * @param bias how the bias is wanted
 * @param product what kernel and image make
 */
record Kernel(Network.Node node, Layout weight, Layout bias, Product product)
    implements NetworkPlan.Step {

  /** A convolution without its bias. */
  interface Product {
    Operand<TFloat32> record(
        TensorFlowTrace trace, Operand<TFloat32> x, Operand<TFloat32> kernel, int batch);

    /** Adds the bias in the way that the engine fuses, or differentiates, best. */
    default Operand<TFloat32> plus(
        TensorFlowTrace trace, Operand<TFloat32> product, Operand<TFloat32> bias) {
      return BiasAdd.create(trace.scope(), product, bias);
    }
  }

  @Override
  public Operand<TFloat32> record(TensorFlowTrace trace, Operand<TFloat32> x, int batch) {
    Operand<TFloat32> result =
        product.record(trace, x, trace.parameter(node.weightName(), weight), batch);
    return product.plus(trace, result, trace.parameter(node.biasName(), bias));
  }
}
