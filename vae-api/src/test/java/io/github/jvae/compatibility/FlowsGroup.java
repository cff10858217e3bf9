package io.github.jvae.compatibility;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.backend.Computation;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Model;
import io.github.jvae.plugin.Kind;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Normalising flows and posteriors beyond the diagonal Gaussian, as on the reference. */
abstract class FlowsGroup extends CompatibilityGroup {
  private static final int BATCH = 5;
  private static final int DRAWS = 2;

  FlowsGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private static Map<String, ModelSpec> specs() {
    ModelSpec mlp = ModelSpec.mlp();
    Map<String, ModelSpec> specs = new LinkedHashMap<>();
    specs.put("real-nvp", mlp.with(Kind.PRIOR, "{'type':'real-nvp','layers':3,'hidden':[6]}"));
    specs.put("maf", mlp.with(Kind.PRIOR, "{'type':'maf','layers':2,'hidden':[6,5]}"));
    specs.put("full covariance", mlp.with(Kind.POSTERIOR, "{'type':'full-covariance'}"));
    specs.put("planar", mlp.with(Kind.POSTERIOR, "{'type':'planar','maps':2}"));
    specs.put("householder", mlp.with(Kind.POSTERIOR, "{'type':'householder','reflections':2}"));
    specs.put(
        "iaf", mlp.with(Kind.POSTERIOR, "{'type':'iaf','layers':2,'hidden':[6],'context':2}"));
    specs.put(
        "von Mises–Fisher",
        mlp.with(Kind.POSTERIOR, "{'type':'von-mises-fisher'}")
            .with(Kind.PRIOR, "{'type':'hyperspherical-uniform'}"));
    specs.put(
        "both ends of a flow",
        mlp.with(Kind.POSTERIOR, "{'type':'iaf','layers':1,'hidden':[6],'context':2}")
            .with(Kind.PRIOR, "{'type':'maf','layers':1,'hidden':[6]}"));
    return specs;
  }

  @TestFactory
  @DisplayName("Values and gradients of the bound, own draws' densities, and draws from the prior")
  Stream<DynamicTest> models() {
    return specs().entrySet().stream()
        .map(spec -> dynamicTest(spec.getKey(), () -> compare(spec.getValue())));
  }

  private static Computation use(Model model) {
    return (trace, in) -> {
      Inputs inputs = new Inputs(in.get(0));
      Tensor closed = model.bound(inputs, in.get(1), DivergenceForm.CLOSED_FORM).elbo();
      Tensor sampled = model.bound(inputs, in.get(1), DivergenceForm.SAMPLED).elbo();
      return List.of(
          closed.add(sampled).mean(),
          closed,
          sampled,
          model.sample(in.get(2), inputs.conditions()),
          model.encode(inputs).mean());
    };
  }

  private void compare(ModelSpec spec) {
    try (OpenBackend engine = open();
        OpenBackend reference = reference()) {
      Model model = spec.start(reference, 3);
      HostTensor[] inputs = {
        spec.images(BATCH),
        Numbers.normal("noise", Shape.of(BATCH * DRAWS, model.noiseSize())),
        Numbers.normal("prior", Shape.of(BATCH, model.priorNoiseSize()))
      };
      List<double[]> expected = exact(reference).compileGradients(use(model)).runExactly(inputs);
      List<String> names =
          new ArrayList<>(List.of("loss", "closed form", "sampled", "prior's draws", "means"));
      reference.backend().variables().names().forEach(name -> names.add("gradient of " + name));
      List<HostTensor> actual = engine.valuesAndGradients(use(spec.start(engine, 3)), inputs);
      for (int i = 0; i < actual.size(); i++) {
        Closeness.checkTensor(names.get(i), actual.get(i), expected.get(i), Closeness.MODEL);
      }
    }
  }
}
