package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.error.VaeException;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.plugin.Kind;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On the reference backend, where exact answers are exact to the digits of double precision. */
@DisplayName("A model of two levels")
class HierarchicalModelTest {
  private static final int DRAWS = 4000;

  private static final ModelSpec SPEC = new ModelSpec(
          Shape.of(1, 2, 2), 1, ModelSpec.mlp().conditions(), ModelSpec.mlp().components())
      .with(Kind.MODEL, "{'type':'hvae','hidden':[5]}");

  private static final HostTensor IMAGE = HostTensor.of(SPEC.input().prepend(1), 1, 0, 0, 1);

  private static OpenBackend reference() {
    return OpenBackend.of(
        new ReferenceModule(), CompatibilityGroup.SINGLE_THREAD, backend -> backend);
  }

  @Test
  @DisplayName("estimates by importance sampling the log p(x) that quadrature finds")
  void logLikelihood() {
    try (OpenBackend engine = reference()) {
      LatentModel model = SPEC.latentModel(engine);
      engine.create(model.parameters(), 3);
      double[] weights = new double[DRAWS];
      float[] bounds = engine
          .backend()
          .evaluate(
              (trace, in) -> List.of(model
                  .bound(new Inputs(in.get(0)), in.get(1), DivergenceForm.SAMPLED)
                  .elbo()),
              IMAGE,
              Numbers.normal("noise", Shape.of(DRAWS, model.noiseSize())))
          .get(0)
          .data();
      double mean = 0;
      for (int i = 0; i < DRAWS; i++) {
        weights[i] = Math.exp(bounds[i]);
        mean += weights[i] / DRAWS;
      }
      double squares = 0;
      for (double weight : weights) {
        squares += (weight - mean) * (weight - mean);
      }
      double standardError = Math.sqrt(squares / DRAWS / (DRAWS - 1)) / mean;
      assertThat(Math.log(mean))
          .isCloseTo(Math.log(quadrature(engine, model)), within(4 * standardError));
    }
  }

  /** The integral of p(z2) p(z1|z2) p(x|z1,z2), of which the middle is read off two draws. */
  private static double quadrature(OpenBackend engine, LatentModel model) {
    int points = 161;
    double step = 0.1;
    HostTensor noise = HostTensor.zeros(Shape.of(points * points, 2));
    for (int i = 0; i < points * points; i++) {
      noise.data()[2 * i] = (float) ((i / points - points / 2) * step);
      noise.data()[2 * i + 1] = (float) ((i % points - points / 2) * step);
    }
    List<HostTensor> all = engine
        .backend()
        .evaluate(
            (trace, in) -> {
              // The lower level is a location and a scale times its noise: a change of variables.
              var z = model.sample(in.get(1), Conditions.none());
              var x = in.get(0).broadcastTo(SPEC.input().prepend(points * points));
              return List.of(
                  model.logLikelihood(new Inputs(x), model.decode(z, Conditions.none())));
            },
            IMAGE,
            noise);
    double sum = 0;
    for (int i = 0; i < points * points; i++) {
      double upper = noise.data()[2 * i];
      double lower = noise.data()[2 * i + 1];
      sum += Math.exp(all.get(0).data()[i] - (upper * upper + lower * lower) / 2) / (2 * Math.PI);
    }
    return sum * step * step;
  }

  @Test
  @DisplayName("expects of many draws the divergences that it has in closed form")
  void closedForm() {
    try (OpenBackend engine = reference()) {
      LatentModel model = SPEC.latentModel(engine);
      engine.create(model.parameters(), 3);
      List<HostTensor> kl = engine
          .backend()
          .evaluate(
              (trace, in) -> {
                Inputs inputs = new Inputs(in.get(0));
                BoundTerms closed = model.bound(inputs, in.get(1), DivergenceForm.CLOSED_FORM);
                BoundTerms sampled = model.bound(inputs, in.get(1), DivergenceForm.SAMPLED);
                return List.of(
                    closed
                        .divergences()
                        .get("z1")
                        .subtract(sampled.divergences().get("z1")),
                    closed
                        .divergences()
                        .get("z2")
                        .subtract(sampled.divergences().get("z2")));
              },
              IMAGE,
              Numbers.normal("noise", Shape.of(DRAWS, model.noiseSize())));
      for (HostTensor differences : kl) {
        double mean = 0;
        double squares = 0;
        for (float difference : differences.data()) {
          mean += difference / DRAWS;
          squares += (double) difference * difference / DRAWS;
        }
        assertThat(squares).isPositive();
        assertThat(mean).isCloseTo(0, within(4 * Math.sqrt(squares / DRAWS)));
      }
    }
  }

  @Test
  @DisplayName("needs the name of its upper level for itself")
  void taken() {
    try (OpenBackend engine = reference()) {
      assertThatThrownBy(() -> SPEC.withCondition("z2", Shape.of(2)).latentModel(engine))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("hvae", "z2", "another name");
    }
  }
}
