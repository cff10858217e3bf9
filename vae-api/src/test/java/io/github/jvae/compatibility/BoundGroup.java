package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.Executable;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Model;
import io.github.jvae.objective.Elbo;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What must hold between the terms of the evidence lower bound, whatever the numbers. */
abstract class BoundGroup extends CompatibilityGroup {
  private static final int BATCH = 8;

  BoundGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private static HostTensor[] inputs(ModelSpec spec, int step, double klWeight) {
    return new HostTensor[] {
      spec.images(BATCH), spec.noise(step, BATCH), HostTensor.scalar(klWeight)
    };
  }

  @Test
  @DisplayName("elbo = log-likelihood − KL, KL ≥ 0, loss = −mean(log-likelihood − w · KL)")
  void identities() {
    for (ModelSpec spec : List.of(ModelSpec.mlp(), ModelSpec.conv())) {
      try (OpenBackend engine = open();
          Executable bound =
              engine.backend().compile(ModelSpec.elbo(engine, spec.start(engine, 2)))) {
        for (double weight : new double[] {1, 0, 0.25, 4}) {
          List<HostTensor> outputs = bound.run(inputs(spec, 0, weight));
          float[] elbo = outputs.get(1).data();
          float[] logLikelihood = outputs.get(2).data();
          float[] kl = outputs.get(3).data();
          double loss = 0;
          for (int i = 0; i < BATCH; i++) {
            assertThat(kl[i]).isNotNegative();
            Closeness.relative(Closeness.MODEL)
                .check("elbo", elbo[i], (double) logLikelihood[i] - kl[i]);
            loss -= (logLikelihood[i] - weight * kl[i]) / BATCH;
          }
          Closeness.relative(Closeness.MODEL).check("loss", outputs.get(0).item(), loss);
        }
      }
    }
  }

  @Test
  @DisplayName("The KL weight is an input: changing it records nothing anew (R4)")
  void klWeightIsAnInput() {
    ModelSpec spec = ModelSpec.mlp();
    AtomicInteger recordings = new AtomicInteger();
    try (OpenBackend engine = open()) {
      Computation bound = ModelSpec.elbo(engine, spec.start(engine, 2));
      Computation counted = (trace, inputs) -> {
        recordings.incrementAndGet();
        return bound.record(trace, inputs);
      };
      try (Executable executable = engine.backend().compile(counted)) {
        double without = executable.run(inputs(spec, 0, 0)).get(0).item();
        double with = executable.run(inputs(spec, 0, 1)).get(0).item();
        assertThat(with).isGreaterThan(without);
        assertThat(recordings).hasValue(1);
      }
    }
  }

  @Test
  @DisplayName("The KL of a posterior equal to the prior is 0, in closed form and sampled")
  void posteriorEqualToPrior() {
    ModelSpec spec = ModelSpec.mlp();
    try (OpenBackend engine = open()) {
      Model model = spec.start(engine, 2);
      Stream.of("mean", "log_variance")
          .flatMap(head -> Stream.of("encoder." + head + ".weight", "encoder." + head + ".bias"))
          .forEach(name -> {
            Shape shape = engine.backend().variables().shape(name);
            engine.backend().variables().write(name, HostTensor.zeros(shape));
          });
      for (DivergenceForm form : DivergenceForm.values()) {
        HostTensor kl = engine
            .backend()
            .evaluate(ModelSpec.objective(model, new Elbo(form)), inputs(spec, 0, 1))
            .get(3);
        for (float value : kl.data()) {
          assertThat(value).as("KL, %s", form).isCloseTo(0, within(1e-5f));
        }
      }
    }
  }

  @Test
  @DisplayName("The sampled KL is the closed form in expectation, within its standard error")
  void formsAgree() {
    ModelSpec spec = ModelSpec.mlp();
    int draws = 2_000;
    try (OpenBackend engine = open()) {
      Model model = spec.start(engine, 2);
      try (Executable sampled =
          engine.backend().compile(ModelSpec.objective(model, new Elbo(DivergenceForm.SAMPLED)))) {
        double closed = mean(engine
            .backend()
            .evaluate(
                ModelSpec.objective(model, new Elbo(DivergenceForm.CLOSED_FORM)),
                inputs(spec, 0, 1))
            .get(3));
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
          double kl = mean(sampled.run(inputs(spec, i, 1)).get(3));
          sum += kl;
          squares += kl * kl;
        }
        double average = sum / draws;
        double standardError = Math.sqrt((squares / draws - average * average) / draws);
        assertThat(standardError).isLessThan(0.05 * closed);
        assertThat(average).isCloseTo(closed, within(4 * standardError));
      }
    }
  }

  private static double mean(HostTensor perExample) {
    double sum = 0;
    for (float value : perExample.data()) {
      sum += value;
    }
    return sum / perExample.data().length;
  }
}
