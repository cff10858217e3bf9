package io.github.jvae.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jvae.error.VaeException;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentGroup;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Parameter;
import io.github.jvae.plugin.Kind;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the reference backend, where exact answers are exact to the digits of double precision. */
@DisplayName("A model of several levels")
class HierarchicalModelTest {
  private static final int DRAWS = 4000;

  private static final String TWO_LEVELS = "{'type':'hvae','hidden':[5]}";
  private static final String LADDER = "{'type':'ladder','blocks':[2],'width':4}";
  private static final String STRIDED = "{'type':'ladder','blocks':[2],'stride':2,'width':4}";

  /** Two latent variables in all, so that quadrature is exact. */
  private static ModelSpec spec(String json) {
    ModelSpec mlp = ModelSpec.mlp();
    return new ModelSpec(example(json), 1, mlp.columns(), mlp.conditions(), mlp.components())
        .with(Kind.MODEL, json);
  }

  private static Shape example(String json) {
    return json.equals(STRIDED) ? Shape.of(1, 2, 2) : Shape.of(1, 1, 1);
  }

  private static HostTensor image(String json) {
    HostTensor image = HostTensor.zeros(example(json).prepend(1));
    image.data()[0] = 1;
    return image;
  }

  private static OpenBackend reference() {
    return OpenBackend.of(
        new ReferenceModule(), CompatibilityGroup.SINGLE_THREAD, backend -> backend);
  }

  /** Makes a model whose expectations differ from N(0, I), as those of a trained one do. */
  private static LatentModel model(OpenBackend engine, String json) {
    LatentModel model = spec(json).latentModel(engine);
    engine.create(
        model.parameters().stream()
            .map(each -> new Parameter(each.name(), each.shape(), new Initializer.Normal(0.5)))
            .toList(),
        3);
    return model;
  }

  @ParameterizedTest
  @ValueSource(strings = {TWO_LEVELS, LADDER, STRIDED})
  @DisplayName("estimates by importance sampling the log p(x) that quadrature finds")
  void logLikelihood(String json) {
    try (OpenBackend engine = reference()) {
      LatentModel model = model(engine, json);
      double[] weights = new double[DRAWS];
      float[] bounds = engine
          .backend()
          .evaluate(
              (trace, in) -> List.of(model
                  .bound(new Inputs(in.get(0)), in.get(1), DivergenceForm.SAMPLED)
                  .elbo()),
              image(json),
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
          .isCloseTo(Math.log(quadrature(engine, model, image(json))), within(4 * standardError));
    }
  }

  /** The integral of p(z2) p(z1|z2) p(x|z1,z2), of which the middle is read off two draws. */
  private static double quadrature(OpenBackend engine, LatentModel model, HostTensor image) {
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
              var x = in.get(0).broadcastTo(in.get(0).shape().with(0, points * points));
              return List.of(
                  model.logLikelihood(new Inputs(x), model.decode(z, Conditions.none())));
            },
            image,
            noise);
    double sum = 0;
    for (int i = 0; i < points * points; i++) {
      double upper = noise.data()[2 * i];
      double lower = noise.data()[2 * i + 1];
      sum += Math.exp(all.get(0).data()[i] - (upper * upper + lower * lower) / 2) / (2 * Math.PI);
    }
    return sum * step * step;
  }

  @ParameterizedTest
  @ValueSource(strings = {TWO_LEVELS, LADDER, STRIDED})
  @DisplayName("expects of many draws the divergences that it has in closed form")
  void closedForm(String json) {
    try (OpenBackend engine = reference()) {
      LatentModel model = model(engine, json);
      List<HostTensor> kl = engine
          .backend()
          .evaluate(
              (trace, in) -> {
                Inputs inputs = new Inputs(in.get(0));
                BoundTerms closed = model.bound(inputs, in.get(1), DivergenceForm.CLOSED_FORM);
                BoundTerms sampled = model.bound(inputs, in.get(1), DivergenceForm.SAMPLED);
                return model.groups().stream()
                    .map(LatentGroup::name)
                    .map(group -> requireNonNull(closed.divergences().get(group))
                        .subtract(requireNonNull(sampled.divergences().get(group))))
                    .toList();
              },
              image(json),
              Numbers.normal("noise", Shape.of(DRAWS, model.noiseSize())));
      assertThat(kl).hasSize(2);
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
  @DisplayName("pads images that its sizes do not divide, says so, and refuses to halve one pixel")
  void sizes() {
    try (OpenBackend engine = reference()) {
      ModelSpec ladder = spec("{'type':'ladder','blocks':[1,1,2]}");
      LatentModel padded = ladder.withInput(Shape.of(1, 8, 6)).latentModel(engine);
      assertThat(padded.groups().stream().map(LatentGroup::name))
          .containsExactly("z2x2_1", "z2x2_2", "z4x4_1", "z8x8_1");
      assertThat(padded.notes()).singleElement().asString().contains("8x6", "8x8", "4 divides");
      assertThat(ladder.withInput(Shape.of(1, 8, 4)).latentModel(engine).notes())
          .isEmpty();
      ModelSpec deep = spec("{'type':'ladder','blocks':[1,1,1,1,1]}");
      assertThatThrownBy(() -> deep.withInput(Shape.of(1, 8, 6)).latentModel(engine))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("5 sizes", "deeper than images of 8x6", "at most 4");
      assertThatThrownBy(() -> ladder.withInput(Shape.of(8)).latentModel(engine))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("ladder", "images", "[8]");
      ModelSpec strided = spec("{'type':'ladder','blocks':[1,2],'stride':3}");
      LatentModel ninth = strided.withInput(Shape.of(1, 7, 12)).latentModel(engine);
      assertThat(ninth.groups().stream().map(LatentGroup::name))
          .containsExactly("z2x2_1", "z2x2_2", "z4x4_1");
      assertThat(ninth.notes())
          .singleElement()
          .asString()
          .contains("7x12", "12x12", "2 sizes at a stride of 3 need sides that 6 divides");
      assertThatThrownBy(() -> strided.withInput(Shape.of(1, 3, 6)).latentModel(engine))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("2 sizes at a stride of 3", "at most 1 number");
      assertThatThrownBy(() -> strided.withInput(Shape.of(1, 2, 6)).latentModel(engine))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("3x3 pixels", "images of 2x6", "at most 2");
    }
  }

  @Test
  @DisplayName("needs the name of its upper level for itself")
  void taken() {
    try (OpenBackend engine = reference()) {
      assertThatThrownBy(
              () -> spec(TWO_LEVELS).withCondition("z2", Shape.of(2)).latentModel(engine))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("hvae", "z2", "another name");
    }
  }
}
