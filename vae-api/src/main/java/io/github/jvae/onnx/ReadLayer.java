package io.github.jvae.onnx;

import io.github.jvae.model.Layer;
import io.github.jvae.tensor.HostTensor;
import java.util.List;

/**
 * A layer read from a graph.
 *
 * @param node the name of what makes its output
 * @param layer without its weights
 * @param weights weight and bias, if it has them, in PyTorch's layouts
 */
record ReadLayer(String node, Layer layer, List<HostTensor> weights) {
  static ReadLayer plain(String node, Layer layer) {
    return new ReadLayer(node, layer, List.of());
  }
}
