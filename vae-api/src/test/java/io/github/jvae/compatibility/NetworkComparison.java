package io.github.jvae.compatibility;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.Computation;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Decoder;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Layer;
import io.github.jvae.model.NetworkDecoder;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.model.NetworkShapes;
import io.github.jvae.model.Parameter;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/** A group that compares networks with the reference: values, and gradients of all parameters. */
abstract class NetworkComparison extends CompatibilityGroup {
  static final int LATENT = 2;

  NetworkComparison(BackendCompatibilityKit kit) {
    super(kit);
  }

  /** The norm below which a gradient's distance from the truth is absolute. */
  double gradientFloor() {
    return 1e-3;
  }

  /** An encoder of these layers, flattened at the end, and the least decoder there can be. */
  static Architecture encoderOf(Shape input, Layer... layers) {
    List<Layer> encoder = new ArrayList<>(List.of(layers));
    encoder.add(new Layer.Flatten());
    Layer dense = new Layer.Dense(input.size());
    Layer image = new Layer.Unflatten(input.dimension(0), input.dimension(1), input.dimension(2));
    return new Architecture(NetworkShapes.of(input, LATENT), encoder, List.of(dense, image));
  }

  final DynamicTest test(String name, Architecture architecture) {
    return test(name, architecture, 3);
  }

  final DynamicTest test(String name, Architecture architecture, int batch) {
    return test(name, architecture, batch, SINGLE_THREAD);
  }

  final DynamicTest test(
      String name, Architecture architecture, int batch, BackendOptions options) {
    return dynamicTest(name, () -> compare(architecture, batch, options));
  }

  /** Both networks, values and gradients of all parameters. */
  private void compare(Architecture architecture, int batch, BackendOptions options) {
    HostTensor x = Numbers.normal("x", architecture.shapes().example().prepend(batch));
    HostTensor z = Numbers.normal("z", Shape.of(batch, architecture.shapes().latent()));
    try (OpenBackend engine = open(options);
        OpenBackend reference = reference()) {
      List<HostTensor> actual = engine.valuesAndGradients(networks(engine, architecture), x, z);
      List<double[]> expected =
          exact(reference).compileGradients(networks(reference, architecture)).runExactly(x, z);
      List<String> names = new ArrayList<>(List.of("loss", "mean", "log-variance", "decoded"));
      for (int i = 1; i < names.size(); i++) {
        Closeness.checkTensor(names.get(i), actual.get(i), expected.get(i), Closeness.MODEL);
      }
      names.addAll(engine.backend().variables().names());
      for (int i = 4; i < actual.size(); i++) {
        Closeness.checkVector(
            "gradient of " + names.get(i),
            actual.get(i),
            expected.get(i),
            Closeness.TRAINING,
            gradientFloor());
      }
    }
  }

  /** A loss in which every output element counts differently, and the outputs. */
  private static Computation networks(OpenBackend engine, Architecture architecture) {
    Encoder encoder = new NetworkEncoder(architecture.encoder(), new DiagonalGaussianFamily());
    Decoder decoder = new NetworkDecoder(architecture.decoder());
    List<Parameter> parameters = new ArrayList<>(encoder.parameters());
    parameters.addAll(decoder.parameters());
    engine.create(parameters, 5);
    return (trace, inputs) -> {
      DiagonalGaussian posterior = (DiagonalGaussian) encoder.encode(new Inputs(inputs.get(0)));
      Tensor decoded = decoder.decode(inputs.get(1), Conditions.none());
      Tensor loss =
          weighted(posterior.mean()).add(weighted(posterior.logVariance())).add(weighted(decoded));
      return List.of(loss, posterior.mean(), posterior.logVariance(), decoded);
    };
  }

  private static Tensor weighted(Tensor output) {
    return output
        .multiply(output.trace().constant(Numbers.normal("loss weights", output.shape())))
        .sum();
  }

  static boolean fits(Layer layer, Shape input) {
    try {
      layer.output(input);
      return true;
    } catch (VaeException e) {
      return false;
    }
  }
}
