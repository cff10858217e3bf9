package io.github.jvae.compatibility;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.backend.Computation;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Decoder;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.NetworkDecoder;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.model.NetworkShapes;
import io.github.jvae.model.Parameter;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import io.github.jvae.tensor.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * R1 and R4: a network is a function like any other, to be applied as often and to whatever an
 * objective likes. Gradients then come together from several uses, stop on the way, or go on to
 * what a network was applied to.
 */
abstract class NetworkUsesGroup extends CompatibilityGroup {
  private static final int BATCH = 3;
  private static final int LATENT = 4;
  private static final Shape IMAGE = Shape.of(1, 4, 4);
  private static final String PSEUDO_INPUTS = "prior.pseudo_inputs";

  NetworkUsesGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  /** An objective in which the networks are used in some way. */
  private interface Use {
    Tensor loss(Trace trace, Networks networks, Tensor x, Tensor noise);
  }

  /** The networks of a model. */
  private record Networks(Encoder encoder, Decoder decoder) {

    DiagonalGaussian encode(Tensor x) {
      return (DiagonalGaussian) encoder.encode(new Inputs(x));
    }

    Tensor decode(Tensor z) {
      return decoder.decode(z, Conditions.none());
    }
  }

  @TestFactory
  @DisplayName("An encoder applied to two batches has the gradients of both")
  Stream<DynamicTest> appliedTwice() {
    return both((trace, networks, x, noise) -> {
      Tensor first = networks.encode(x).mean();
      DiagonalGaussian second = networks.encode(x.multiply(0.5).add(0.1));
      return weighted(first.multiply(second.mean())).add(weighted(second.logVariance()));
    });
  }

  @TestFactory
  @DisplayName("A decoder's output encoded again has gradients through both networks")
  Stream<DynamicTest> oneAfterAnother() {
    return both((trace, networks, x, noise) -> {
      Tensor z = networks.encode(x).draw(noise).z();
      Tensor again = networks.encode(networks.decode(z)).mean();
      return weighted(again).add(weighted(z));
    });
  }

  @TestFactory
  @DisplayName("Images that are variables, as a VampPrior's pseudo-inputs are, have gradients")
  Stream<DynamicTest> variablesAsImages() {
    return both((trace, networks, x, noise) -> {
      DiagonalGaussian pseudo = networks.encode(trace.parameter(PSEUDO_INPUTS));
      Tensor z = networks.encode(x).draw(noise).z();
      return weighted(pseudo.logProb(z)).add(weighted(networks.decode(z)));
    });
  }

  @TestFactory
  @DisplayName("A gradient stops where it is told to, between the networks")
  Stream<DynamicTest> stopped() {
    return both((trace, networks, x, noise) -> {
      DiagonalGaussian posterior = networks.encode(x);
      Tensor z = posterior.draw(noise).z();
      return weighted(networks.decode(z.stopGradient())).add(weighted(posterior.mean()));
    });
  }

  @TestFactory
  @DisplayName("A frozen network passes gradients to what it is applied to, and takes none")
  Stream<DynamicTest> frozen() {
    return both((trace, networks, x, noise) -> {
      Tensor z = networks.encode(x).draw(noise).z();
      Tensor decoded = trace.frozen(() -> networks.decode(z));
      return weighted(decoded).add(weighted(z));
    });
  }

  @TestFactory
  @DisplayName("A network's weight that the loss also uses by itself has both gradients")
  Stream<DynamicTest> penalisedWeights() {
    return both((trace, networks, x, noise) -> {
      Tensor penalty = trace.scalar(0);
      for (Parameter parameter : networks.encoder().parameters()) {
        penalty = penalty.add(trace.parameter(parameter.name()).square().sum());
      }
      return weighted(networks.decode(networks.encode(x).draw(noise).z())).add(penalty);
    });
  }

  private Stream<DynamicTest> both(Use use) {
    return Stream.of(
        dynamicTest(
            "dense",
            () -> compare(
                Architecture.mlp(NetworkShapes.of(IMAGE, LATENT), Activation.TANH, 10, 7), use)),
        dynamicTest(
            "convolutional",
            () -> compare(
                Architecture.conv(
                    NetworkShapes.of(IMAGE, LATENT), Activation.RELU, new int[] {3, 5}, 4, 2, 1, 6),
                use)));
  }

  private void compare(Architecture architecture, Use use) {
    HostTensor x = Numbers.uniform("x", IMAGE.prepend(BATCH), 0, 1);
    HostTensor noise = Numbers.normal("noise", Shape.of(BATCH, LATENT));
    try (OpenBackend engine = open();
        OpenBackend reference = reference()) {
      List<HostTensor> actual =
          engine.valuesAndGradients(computation(engine, architecture, use), x, noise);
      List<double[]> expected = exact(reference)
          .compileGradients(computation(reference, architecture, use))
          .runExactly(x, noise);
      List<String> names = new ArrayList<>(List.of("loss"));
      engine.backend().variables().names().forEach(name -> names.add("gradient of " + name));
      for (int i = 0; i < actual.size(); i++) {
        Closeness.checkVector(
            names.get(i), actual.get(i), expected.get(i), Closeness.TRAINING, 1e-3);
      }
    }
  }

  private static Computation computation(OpenBackend engine, Architecture architecture, Use use) {
    Networks networks = new Networks(
        new NetworkEncoder(architecture.encoder(), new DiagonalGaussianFamily()),
        new NetworkDecoder(architecture.decoder()));
    List<Parameter> parameters = new ArrayList<>(networks.encoder().parameters());
    parameters.addAll(networks.decoder().parameters());
    parameters.add(new Parameter(PSEUDO_INPUTS, IMAGE.prepend(BATCH), new Initializer.Normal(1)));
    engine.create(parameters, 5);
    return (trace, inputs) -> List.of(use.loss(trace, networks, inputs.get(0), inputs.get(1)));
  }

  /** A number in which each element counts differently. */
  private static Tensor weighted(Tensor output) {
    return output
        .multiply(output.trace().constant(Numbers.normal("loss weights", output.shape())))
        .sum();
  }
}
