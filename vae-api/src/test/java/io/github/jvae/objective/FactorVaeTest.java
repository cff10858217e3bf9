package io.github.jvae.objective;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.BackendOptions;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.OptimizerState;
import io.github.jvae.backend.Sgd;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Model;
import io.github.jvae.model.Parameter;
import io.github.jvae.option.Options;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceBackend;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("FactorVAE")
class FactorVaeTest {
  private static final int BATCH = 6;

  private static FactorVae factor(Model model) {
    return ObjectiveFixture.objective(
        FactorVae::of,
        FactorVae.options(),
        Options.none().with("gamma", 3.0).with("discriminator_rate", 0.5),
        model);
  }

  @Test
  @DisplayName("adds γ times what the discriminator makes of the latent vectors")
  void loss() {
    Model model = ObjectiveFixture.model();
    Map<String, double[]> made = ObjectiveFixture.evaluate(model, factor(model), BATCH, 0.5);
    double correlation =
        ObjectiveFixture.mean(requireNonNull(made.get(FactorVae.TOTAL_CORRELATION)));
    assertThat(correlation).isNotZero();
    assertThat(requireNonNull(made.get("loss"))[0])
        .isCloseTo(
            0.5 * ObjectiveFixture.mean(requireNonNull(made.get(Loss.KL)))
                + 3 * correlation
                - ObjectiveFixture.mean(requireNonNull(made.get(Loss.LOG_LIKELIHOOD))),
            within(1e-9));
  }

  @Test
  @DisplayName(
      "moves the model by its own loss and the discriminator by its, at rates of their own")
  void turns() {
    Model model = ObjectiveFixture.model();
    FactorVae objective = factor(model);
    HostTensor[] inputs = {
      ObjectiveFixture.normal("x", ObjectiveFixture.EXAMPLE.prepend(BATCH)),
      ObjectiveFixture.normal("noise", Shape.of(BATCH, objective.noiseSize(model))),
      HostTensor.scalar(1)
    };
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      ModelRuntime runtime = new ModelRuntime(backend, ObjectiveFixture.EXAMPLE, model, objective);
      runtime.createVariables(5);
      Map<String, HostTensor> first = backend.variables().readAll();
      try (TrainingStep alone = backend.compileTraining(runtime.trainingLoss(), Sgd.defaults())) {
        alone.run(0.1, inputs);
      }
      Map<String, HostTensor> moved = backend.variables().readAll();
      Set<String> ofDiscriminator = objective.parameters().stream()
          .map(Parameter::name)
          .collect(Collectors.toCollection(TreeSet::new));
      assertThat(unmoved(first, moved)).isEqualTo(ofDiscriminator);
      try (TrainingStep adversary = backend.compileTraining(
          (trace, in) -> List.of(
              objective.adversary().orElseThrow().loss(model, new Inputs(in.get(0)), in.get(1))),
          Sgd.defaults())) {
        adversary.run(0.1 * 0.5, inputs);
      }
      Map<String, HostTensor> expected = backend.variables().readAll();
      assertThat(unmoved(moved, expected))
          .containsExactlyInAnyOrderElementsOf(
              model.parameters().stream().map(Parameter::name).toList());
      backend.variables().writeAll(first);
      try (TrainingStep step = runtime.compileTraining(Sgd.defaults())) {
        step.run(0.1, inputs);
      }
      expected.forEach((name, value) ->
          assertThat(backend.variables().read(name).data()).as(name).isEqualTo(value.data()));
    }
  }

  /** The variables that have the same values as before. */
  private static Set<String> unmoved(
      Map<String, HostTensor> before, Map<String, HostTensor> after) {
    Set<String> names = new TreeSet<>(before.keySet());
    names.removeIf(name -> !Arrays.equals(
        requireNonNull(before.get(name)).data(), requireNonNull(after.get(name)).data()));
    return names;
  }

  @Test
  @DisplayName("remembers of both optimizers what it takes to go on exactly")
  void resumes() {
    Model model = ObjectiveFixture.model();
    FactorVae objective = factor(model);
    HostTensor x = ObjectiveFixture.normal("x", ObjectiveFixture.EXAMPLE.prepend(BATCH));
    Shape noise = Shape.of(BATCH, objective.noiseSize(model));
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      ModelRuntime runtime = new ModelRuntime(backend, ObjectiveFixture.EXAMPLE, model, objective);
      runtime.createVariables(5);
      HostTensor one = HostTensor.scalar(1);
      Map<String, HostTensor> reached;
      Map<String, HostTensor> half;
      OptimizerState state;
      try (TrainingStep step = runtime.compileTraining(Adam.defaults())) {
        step.run(0.01, x, ObjectiveFixture.normal("0", noise), one);
        state = step.state();
        half = backend.variables().readAll();
        step.run(0.01, x, ObjectiveFixture.normal("1", noise), one);
        reached = backend.variables().readAll();
      }
      backend.variables().writeAll(half);
      try (TrainingStep step = runtime.compileTraining(Adam.defaults())) {
        step.restore(state);
        step.run(0.01, x, ObjectiveFixture.normal("1", noise), one);
      }
      reached.forEach((name, value) -> {
        float[] data = backend.variables().read(name).data();
        for (int i = 0; i < data.length; i++) {
          assertThat(data[i]).as(name).isCloseTo(value.data()[i], within(1e-6f));
        }
      });
    }
  }

  /**
   * The total correlation of two normal variables of correlation ρ is {@code -½ log(1 - ρ²)}, which
   * the mean of the logarithm of the odds comes to as the discriminator learns.
   */
  @Test
  @DisplayName("has a discriminator that learns the total correlation of a normal distribution")
  void densityRatio() {
    double rho = 0.8;
    Discriminator discriminator = new Discriminator(2, List.of(24, 24), 1);
    int batch = 256;
    try (ReferenceBackend backend = new ReferenceBackend(BackendOptions.defaults())) {
      discriminator.parameters().forEach(p -> backend.variables().create(p, p.initialValue(1)));
      RandomStream random = RandomStream.of(4);
      try (TrainingStep step = backend.compileTraining(
          (trace, in) -> {
            Tensor permuted = Permutation.of(in.get(0), in.get(1));
            return List.of(Discriminator.crossEntropy(
                    discriminator.logOdds(in.get(0)), discriminator.logOdds(permuted))
                .mean());
          },
          Adam.defaults())) {
        HostTensor order = HostTensor.zeros(Shape.of(batch, 2));
        for (int i = 0; i < 400; i++) {
          random.fillGaussian(order.data());
          step.run(i < 300 ? 0.01 : 0.001, correlated(batch, rho, random), order);
        }
      }
      double[] odds = backend
          .compile((trace, in) -> List.of(discriminator.logOdds(in.get(0))))
          .runExactly(correlated(4000, rho, random))
          .get(0);
      assertThat(ObjectiveFixture.mean(odds))
          .isCloseTo(-0.5 * Math.log(1 - rho * rho), within(0.07));
    }
  }

  private static HostTensor correlated(int count, double rho, RandomStream random) {
    HostTensor z = HostTensor.zeros(Shape.of(count, 2));
    for (int i = 0; i < count; i++) {
      double first = random.nextGaussian();
      z.data()[2 * i] = (float) first;
      z.data()[2 * i + 1] =
          (float) (rho * first + Math.sqrt(1 - rho * rho) * random.nextGaussian());
    }
    return z;
  }
}
