package io.github.jvae.generation;

import io.github.jvae.backend.Backend;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.Network;
import io.github.jvae.onnx.OnnxNetwork;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What a network of this project's layers makes of examples. */
final class NetworkFeatures implements FeatureExtractor {
  private static final String NAME = "features";

  private final Backend backend;
  private final Executable executable;

  private NetworkFeatures(Backend backend, Executable executable) {
    this.backend = backend;
    this.executable = executable;
  }

  /** @throws ConfigurationException if it takes other examples, or has no such output */
  static NetworkFeatures of(
      Path file,
      OnnxNetwork read,
      Optional<String> output,
      Shape example,
      Supplier<Backend> engine) {
    if (!read.example().equals(example)) {
      throw new ConfigurationException("the network " + Quote.path(file) + " takes examples "
          + read.example() + ", but the model makes " + example
          + "; name one that takes the model's");
    }
    Network network = read.network(NAME);
    String chosen = chosen(file, network.outputs().keySet(), output);
    Map<String, HostTensor> weights = read.weights(NAME);
    Backend backend = engine.get();
    try {
      network
          .parameters()
          .forEach(parameter -> backend
              .variables()
              .create(parameter, Objects.requireNonNull(weights.get(parameter.name()))));
      return new NetworkFeatures(
          backend, backend.compile(Computation.of(Computation.Examples.APART, (trace, inputs) -> {
            String input = network.inputs().keySet().iterator().next();
            Map<String, Tensor> outputs = trace.apply(network, Map.of(input, inputs.get(0)));
            Tensor features = Objects.requireNonNull(outputs.get(chosen));
            return List.of(features.reshape(features.shape().dimension(0), -1));
          })));
    } catch (RuntimeException | Error e) {
      backend.close();
      throw e;
    }
  }

  private static String chosen(Path file, Set<String> outputs, Optional<String> asked) {
    if (asked.isEmpty() && outputs.size() == 1) {
      return outputs.iterator().next();
    }
    return asked
        .filter(outputs::contains)
        .orElseThrow(() -> new ConfigurationException("the network " + Quote.path(file)
            + " has the outputs " + Quote.list(outputs)
            + asked
                .map(name -> " and none called " + Quote.of(name))
                .orElse("; name the one that is the features (--features-output)")));
  }

  @Override
  public HostTensor of(HostTensor examples) {
    return executable.run(examples).get(0);
  }

  @Override
  public void close() {
    executable.close();
    backend.close();
  }
}
