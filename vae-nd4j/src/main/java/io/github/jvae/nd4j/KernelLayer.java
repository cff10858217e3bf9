package io.github.jvae.nd4j;

import io.github.jvae.model.Layer;
import io.github.jvae.model.Network;
import io.github.jvae.tensor.BinaryOperation;
import io.github.jvae.tensor.Shape;

/**
 * A convolution of either kind with its variables, on images with their channels last.
 *
 * @param node the layer in its place
 * @param weight how the kernel is wanted
 * @param bias how the bias is wanted
 * @param product what image and kernel make
 */
record KernelLayer(Network.Node node, Layout weight, Layout bias, Product product)
    implements NetworkPlan.Step {

  /** A convolution without its bias. */
  interface Product {
    Value record(Recording recording, Value image, Value kernel, Shape result);
  }

  static Product convolution(Layer.Conv2d layer) {
    Window window = new Window(layer.kernel(), layer.stride(), layer.padding());
    return (recording, image, kernel, result) ->
        Convolution.record(recording, image, kernel, result, window);
  }

  static Product transposed(Layer.TransposedConv2d layer) {
    Window window = new Window(layer.kernel(), layer.stride(), layer.padding());
    return (recording, image, kernel, result) ->
        TransposedConvolution.record(recording, image, kernel, result, window);
  }

  @Override
  public Value record(Nd4jTrace trace, Value x, int batch) {
    Recording recording = trace.recording();
    Shape result = node.output().permute(1, 2, 0).prepend(batch);
    Value kernel = trace.parameter(node.weightName(), weight);
    return Arithmetic.record(
        recording,
        BinaryOperation.ADD,
        product.record(recording, x, kernel, result),
        trace.parameter(node.biasName(), bias));
  }
}
