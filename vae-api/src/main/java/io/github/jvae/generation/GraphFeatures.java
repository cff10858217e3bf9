package io.github.jvae.generation;

import io.github.jvae.onnx.runtime.OnnxGraph;
import io.github.jvae.tensor.HostTensor;

/** What ONNX Runtime makes of examples. */
record GraphFeatures(OnnxGraph graph) implements FeatureExtractor {
  @Override
  public HostTensor of(HostTensor examples) {
    return graph.run(examples);
  }

  @Override
  public void close() {
    graph.close();
  }
}
