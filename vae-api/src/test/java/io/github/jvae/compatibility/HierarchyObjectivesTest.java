package io.github.jvae.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.backend.Adam;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.backend.TrainingStep;
import io.github.jvae.compatibility.plugin.TwoLevelModel;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Objective;
import io.github.jvae.model.Parameter;
import io.github.jvae.plugin.Kind;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("With a hierarchy of latent groups")
class HierarchyObjectivesTest {
  private static final ModelSpec SPEC = ModelSpec.mlp();

  private static OpenBackend reference() {
    return OpenBackend.of(
        new ReferenceModule(), CompatibilityGroup.SINGLE_THREAD, backend -> backend);
  }

  private static LatentModel hierarchy(OpenBackend engine) {
    return new TwoLevelModel(SPEC.assemble(engine), 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'elbo'}",
        "{'type':'beta'}",
        "{'type':'capacity'}",
        "{'type':'free-bits','per':'group'}",
        "{'type':'iwae'}",
        "{'type':'ciwae'}",
        "{'type':'miwae'}",
        "{'type':'renyi'}"
      })
  @DisplayName("an objective of the bound alone reports what each group costs")
  void bounds(String json) {
    try (OpenBackend engine = reference()) {
      LatentModel model = hierarchy(engine);
      ModelRuntime runtime = new ModelRuntime(
          engine.backend(),
          SPEC.input(),
          model,
          ObjectiveSample.objective(json, engine, model, SPEC.input()));
      runtime.createVariables(3);
      HostTensor[] inputs = new ObjectiveSample(json, SPEC).inputs(runtime, 4, 0);
      List<HostTensor> terms =
          engine.backend().evaluate(runtime.exampleTerms(List.of("kl", "kl_z1", "kl_z2")), inputs);
      for (int i = 0; i < 4; i++) {
        Closeness.relative(Closeness.MODEL)
            .check(
                "kl",
                terms.get(0).data()[i],
                (double) terms.get(1).data()[i] + terms.get(2).data()[i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dreg", "piwae", "info", "beta-tc", "dip", "factor", "rae", "free-bits"})
  @DisplayName("an objective that needs one latent vector says so, before anything runs")
  void oneVector(String name) {
    try (OpenBackend engine = reference()) {
      LatentModel model = hierarchy(engine);
      assertThatThrownBy(() ->
              ObjectiveSample.objective("{'type':'" + name + "'}", engine, model, SPEC.input()))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("objective " + name, "one latent vector", "z1, z2");
    }
  }

  @Test
  @DisplayName("and such a model trains by several draws, encoded as often")
  void trains() {
    try (OpenBackend engine = reference()) {
      LatentModel model = hierarchy(engine);
      ModelRuntime runtime = new ModelRuntime(
          engine.backend(),
          SPEC.input(),
          model,
          ObjectiveSample.objective("{'type':'iwae','draws':3}", engine, model, SPEC.input()));
      assertThat(runtime.objective().noiseSize(model)).isEqualTo(3 * model.noiseSize());
      runtime.createVariables(3);
      HostTensor noise = Numbers.normal("noise", Shape.of(4, runtime.objective().noiseSize(model)));
      double first;
      double last = 0;
      try (TrainingStep step = runtime.compileTraining(Adam.defaults())) {
        first = step.run(0.01, SPEC.images(4), noise).get(0).item();
        for (int i = 0; i < 20; i++) {
          last = step.run(0.01, SPEC.images(4), noise).get(0).item();
        }
      }
      assertThat(last).isLessThan(first - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{'type':'hvae','hidden':[5]}", "{'type':'ladder','blocks':[1,2],'width':4}"})
  @DisplayName("free bits of groups charge max(λ, KL) of each, of means over the batch")
  void freeBits(String json) {
    int batch = 4;
    ModelSpec spec = SPEC.withInput(Shape.of(1, 4, 4)).with(Kind.MODEL, json);
    try (OpenBackend engine = reference()) {
      LatentModel model = spec.latentModel(engine);
      engine.create(
          model.parameters().stream()
              .map(each -> new Parameter(each.name(), each.shape(), new Initializer.Normal(0.3)))
              .toList(),
          3);
      HostTensor noise = Numbers.normal("noise", Shape.of(batch, model.noiseSize()));
      HostTensor weight = HostTensor.scalar(0.5);
      List<HostTensor> bound = engine
          .backend()
          .evaluate(
              (trace, in) -> {
                BoundTerms terms =
                    model.bound(new Inputs(in.get(0)), in.get(1), DivergenceForm.CLOSED_FORM);
                List<Tensor> all = new ArrayList<>(List.of(terms.logLikelihood().mean()));
                model
                    .groups()
                    .forEach(group -> all.add(
                        requireNonNull(terms.divergences().get(group.name())).mean()));
                return all;
              },
              spec.images(batch),
              noise);
      double[] kl = bound.stream().skip(1).mapToDouble(HostTensor::item).toArray();
      // Some groups cost less than this, and some more.
      double lambda = Arrays.stream(kl).average().orElseThrow();
      double charged = Arrays.stream(kl).map(each -> Math.max(lambda, each)).sum();
      assertThat(charged).isGreaterThan(1.01 * Arrays.stream(kl).sum());
      Objective objective = ObjectiveSample.objective(
          "{'type':'free-bits','per':'group','lambda':" + lambda + "}",
          engine,
          model,
          spec.input());
      List<HostTensor> loss = engine
          .backend()
          .evaluate(
              (trace, in) -> {
                Loss made = objective.evaluate(
                    model,
                    new Inputs(in.get(0)),
                    in.get(1),
                    Map.of(Objective.KL_WEIGHT, in.get(2)));
                return List.of(made.loss(), requireNonNull(made.terms().get("free_bits_kl")));
              },
              spec.images(batch),
              noise,
              weight);
      Closeness.relative(Closeness.MODEL)
          .check("loss", loss.get(0).item(), 0.5 * charged - bound.get(0).item());
      Closeness.relative(Closeness.MODEL).check("charged", loss.get(1).data()[batch - 1], charged);
    }
  }
}
