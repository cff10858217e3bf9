package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.backend.GradientLimits;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.backend.Variables;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Model;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Posterior;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Whole models against numbers of an independent implementation in double precision. */
abstract class GoldenGroup extends CompatibilityGroup {
  private static final HostTensor FULL_KL = HostTensor.scalar(1);

  GoldenGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  @TestFactory
  @DisplayName("A golden model gives the independent implementation's")
  Stream<DynamicNode> goldenModels() {
    return GoldenModel.all().stream()
        .map(golden -> dynamicContainer(
            golden.name(),
            List.of(
                dynamicTest("values", () -> values(golden)),
                dynamicTest("sizes and sums of the gradients", () -> gradientSizes(golden)),
                dynamicTest("gradients, number by number", () -> gradientVectors(golden)),
                dynamicTest("importance-weighted bound", () -> importanceWeighted(golden)),
                dynamicTest("losses of 20 Adam steps (R8)", () -> training(golden)))));
  }

  private static Model start(GoldenModel golden, OpenBackend engine) {
    Model model = golden.spec().assemble(engine);
    Variables variables = engine.backend().variables();
    for (Parameter parameter : model.parameters()) {
      HostTensor value = golden.tensor(parameter.name());
      // A single number may be stored as [1] or [].
      variables.create(
          parameter, value.shape().size() == 1 ? value.reshape(parameter.shape()) : value);
    }
    return model;
  }

  private static Computation values(Model model) {
    return (trace, inputs) -> {
      Tensor x = inputs.get(0);
      Conditions none = Conditions.none();
      Posterior posterior = model.posterior(new Inputs(x));
      Draw draw = model.draw(posterior, inputs.get(1));
      Tensor z = draw.z();
      Tensor logLikelihood = model.logLikelihood(new Inputs(x), model.decode(z, none));
      Tensor kl = model.kl(posterior, draw, none);
      return List.of(
          posterior.mean(),
          ((DiagonalGaussian) posterior).logVariance(),
          z,
          logLikelihood,
          kl,
          posterior.logProb(z),
          model.logPrior(z, none),
          logLikelihood.subtract(kl),
          draw.logProb());
    };
  }

  private void values(GoldenModel golden) {
    try (OpenBackend engine = open()) {
      Model model = start(golden, engine);
      HostTensor[] inputs = {golden.x(), golden.noise(0)};
      List<HostTensor> actual = engine.backend().evaluate(values(model), inputs);
      List<String> names = List.of(
          "mean", "log_variance", "z", "log_likelihood", "kl", "log_q", "log_p_z", "elbo", "log_q");
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        Closeness.checkTensor(name, actual.get(i), golden.expected(name), Closeness.MODEL);
      }
      HostTensor loss = engine
          .backend()
          .evaluate(ModelSpec.elbo(engine, model), golden.x(), golden.noise(0), FULL_KL)
          .get(0);
      Closeness.checkTensor("loss", loss, golden.expected("loss"), Closeness.MODEL);
    }
  }

  private static List<HostTensor> gradients(GoldenModel golden, OpenBackend engine, Model model) {
    List<HostTensor> all =
        engine.gradients(ModelSpec.elbo(engine, model), golden.x(), golden.noise(0), FULL_KL);
    return all.subList(all.size() - model.parameters().size(), all.size());
  }

  private void gradientSizes(GoldenModel golden) {
    try (OpenBackend engine = open()) {
      Model model = start(golden, engine);
      List<HostTensor> gradients = gradients(golden, engine, model);
      for (int i = 0; i < gradients.size(); i++) {
        String name = model.parameters().get(i).name();
        double norm = golden.expected("gradient_l2", name)[0];
        double sum = golden.expected("gradient_sum", name)[0];
        double[] actual = Closeness.doubles(gradients.get(i));
        Closeness.relative(Closeness.TRAINING)
            .check("norm of the gradient of " + name, Closeness.norm(actual), norm);
        // A vector of n numbers that is off by δ in norm is off by up to δ√n in sum.
        new Closeness(Closeness.TRAINING, norm * Math.sqrt(actual.length))
            .check("sum of the gradient of " + name, Arrays.stream(actual).sum(), sum);
      }
    }
  }

  private void gradientVectors(GoldenModel golden) {
    try (OpenBackend engine = open();
        OpenBackend reference = reference()) {
      Model model = start(golden, engine);
      List<HostTensor> actual = gradients(golden, engine, model);
      List<HostTensor> expected = gradients(golden, reference, start(golden, reference));
      for (int i = 0; i < actual.size(); i++) {
        Closeness.checkVector(
            "gradient of " + model.parameters().get(i).name(),
            actual.get(i),
            Closeness.doubles(expected.get(i)),
            Closeness.TRAINING,
            Float.MIN_NORMAL);
      }
    }
  }

  /** {@code log 1/K Σ p(x|z) p(z) / q(z|x)} over all noise rows, per example. */
  private void importanceWeighted(GoldenModel golden) {
    try (OpenBackend engine = open();
        Executable executable = engine.backend().compile(values(start(golden, engine)))) {
      int batch = golden.x().shape().dimension(0);
      double[][] logWeights = new double[batch][golden.steps()];
      for (int k = 0; k < golden.steps(); k++) {
        List<HostTensor> values = executable.run(golden.x(), golden.noise(k));
        for (int b = 0; b < batch; b++) {
          logWeights[b][k] = (double) values.get(3).data()[b]
              + values.get(6).data()[b]
              - values.get(5).data()[b];
        }
      }
      double[] expected = golden.expected("iwae_bound");
      for (int b = 0; b < batch; b++) {
        Closeness.relative(Closeness.MODEL)
            .check("bound of example " + b, logMeanExp(logWeights[b]), expected[b]);
      }
    }
  }

  private static double logMeanExp(double[] values) {
    double greatest = Arrays.stream(values).max().orElseThrow();
    return greatest
        + Math.log(
            Arrays.stream(values).map(v -> Math.exp(v - greatest)).average().orElseThrow());
  }

  private void training(GoldenModel golden) {
    Adam adam = new Adam(
        golden.expected("adam", "beta1")[0],
        golden.expected("adam", "beta2")[0],
        golden.expected("adam", "epsilon")[0],
        GradientLimits.none());
    double rate = golden.expected("adam", "learning_rate")[0];
    double[] losses = golden.expected("adam", "losses");
    try (OpenBackend engine = open()) {
      Model model = start(golden, engine);
      try (TrainingStep step =
          engine.backend().compileTraining(ModelSpec.elbo(engine, model), adam)) {
        IntStream.range(0, losses.length).forEach(t -> {
          double loss =
              step.run(rate, golden.x(), golden.noise(t), FULL_KL).get(0).item();
          Closeness.relative(Closeness.TRAINING).check("loss of step " + t, loss, losses[t]);
        });
        assertThat(step.state().step()).isEqualTo(losses.length);
      }
      for (Parameter parameter : model.parameters()) {
        String name = parameter.name();
        Closeness.relative(Closeness.TRAINING)
            .check(
                "final norm of " + name,
                Closeness.norm(engine.backend().variables().read(name)),
                golden.expected("adam", "final_parameter_l2", name)[0]);
      }
    }
  }
}
