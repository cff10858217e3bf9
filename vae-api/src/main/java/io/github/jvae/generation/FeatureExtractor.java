package io.github.jvae.generation;

import io.github.jvae.Vae;
import io.github.jvae.backend.Backend;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.onnx.OnnxNetwork;
import io.github.jvae.onnx.runtime.OnnxGraph;
import io.github.jvae.onnx.runtime.OnnxRuntimeModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The features by which generated examples are compared with real ones: what a network finds in an
 * example, or the numbers of the example itself. To be closed by who made it.
 */
public interface FeatureExtractor extends AutoCloseable {

  /**
   * Returns the features of examples.
   *
   * @param examples [B, ...]
   * @return [B, F]
   * @throws VaeException if it takes others
   */
  HostTensor of(HostTensor examples);

  /** Releases what it holds; nothing unless it says so. */
  @Override
  default void close() {}

  /**
   * Returns the features that a trained classifier finds: its latent vectors. The classifier stays
   * its owner's to close.
   *
   * @throws ConfigurationException if the model is none, or takes other examples
   */
  static FeatureExtractor classifier(Vae classifier, Shape example) {
    return new ClassifierFeatures(classifier, example);
  }

  /** Returns the numbers of the examples themselves, as they are. */
  static FeatureExtractor elements() {
    return examples -> examples.reshape(Shape.of(
        examples.shape().dimension(0),
        examples.shape().size() / examples.shape().dimension(0)));
  }

  /**
   * Returns what an ONNX network makes of examples, each as one vector. The network is run as
   * layers of this project where they suffice ({@link OnnxNetwork}), and else by ONNX Runtime where
   * that is on the class path. It is given examples as models see them, such as images [channels,
   * height, width] in [0, 1]; a network that wants others has to begin with what makes them so.
   *
   * @param file the network
   * @param output the name of the output that is the features; empty for the only one
   * @param example the shape of the examples that are compared
   * @param engine starts what computes layers; closed with the features
   * @param threads of ONNX Runtime; 0 for all processors
   * @throws VaeException if the file is no such network, or takes other examples
   */
  static FeatureExtractor onnx(
      Path file, Optional<String> output, Shape example, Supplier<Backend> engine, int threads) {
    OnnxNetwork network;
    try {
      network = OnnxNetwork.read(file);
    } catch (VaeException e) {
      if (!new OnnxRuntimeModule().isPresent()) {
        throw new ConfigurationException(
            e.getMessage() + "; networks of other operations need com.microsoft.onnxruntime:"
                + "onnxruntime on the class path",
            e);
      }
      return new GraphFeatures(OnnxGraph.open(file, output, example, threads));
    }
    return NetworkFeatures.of(file, network, output, example, engine);
  }
}
