package io.github.jvae.objective;

import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Encoder;
import io.github.jvae.model.Model;
import io.github.jvae.model.NetworkDecoder;
import io.github.jvae.model.NetworkEncoder;
import io.github.jvae.model.NetworkShapes;
import io.github.jvae.model.Objective;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.Options;
import io.github.jvae.option.internal.DeclaredOptions;
import io.github.jvae.plugin.ComponentFactory;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.posterior.DiagonalGaussianFamily;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A small model on the reference, and what objectives make of it in double precision. */
final class ObjectiveFixture {
  static final int LATENT = 3;
  static final Shape EXAMPLE = Shape.of(5);

  private ObjectiveFixture() {}

  static Model model() {
    Architecture networks = Architecture.mlp(NetworkShapes.of(EXAMPLE, LATENT), Activation.TANH, 7);
    return model(new NetworkEncoder(networks.encoder(), new DiagonalGaussianFamily()));
  }

  static Model model(Encoder encoder) {
    Architecture networks = Architecture.mlp(NetworkShapes.of(EXAMPLE, LATENT), Activation.TANH, 7);
    return new Model(
        LATENT,
        encoder,
        new NetworkDecoder(networks.decoder()),
        new StandardNormal(),
        Gaussian.fixed(0.7));
  }

  /** An objective as the catalogue makes it, of some options and the defaults. */
  static <O extends Objective> O objective(
      ComponentFactory<O> factory, OptionDescription<?>[] declared, Options options, Model model) {
    return factory.create(
        new DeclaredOptions("objective", List.of(declared)).complete(options),
        ModelContext.of(EXAMPLE, LATENT).with(Kind.MODEL, model));
  }

  static HostTensor normal(String name, Shape shape) {
    HostTensor values = HostTensor.zeros(shape);
    RandomStream.of(11).child(name).fillGaussian(values.data());
    return values;
  }

  /** The loss and the terms of an objective for a batch, by name. */
  static Map<String, double[]> evaluate(
      Model model, Objective objective, int batch, double... schedules) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      ModelRuntime runtime = new ModelRuntime(backend, EXAMPLE, model, objective);
      runtime.createVariables(5);
      List<HostTensor> inputs = new ArrayList<>();
      inputs.add(normal("x", EXAMPLE.prepend(batch)));
      inputs.add(normal("noise", Shape.of(batch, objective.noiseSize(model))));
      for (double schedule : schedules) {
        inputs.add(HostTensor.scalar(schedule));
      }
      HostTensor[] given = inputs.toArray(HostTensor[]::new);
      List<String> names = objective.terms(model);
      List<double[]> values = backend.compile(runtime.exampleTerms(names)).runExactly(given);
      Map<String, double[]> result = new LinkedHashMap<>();
      result.put(
          "loss", backend.compile(runtime.trainingLoss()).runExactly(given).get(0));
      for (int i = 0; i < names.size(); i++) {
        result.put(names.get(i), values.get(i));
      }
      return result;
    }
  }

  /** What a function of tensors makes of numbers. */
  static double[] run(Function<List<Tensor>, Tensor> function, HostTensor... inputs) {
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      return backend
          .compile((trace, in) -> List.of(function.apply(in)))
          .runExactly(inputs)
          .get(0);
    }
  }

  static double[] numbers(HostTensor tensor) {
    double[] numbers = new double[tensor.data().length];
    Arrays.setAll(numbers, i -> tensor.data()[i]);
    return numbers;
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
