package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jvae.backend.Executable;
import io.github.jvae.backend.Variables;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.Activation;
import io.github.jvae.model.Architecture;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.Decoder;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Variables are what was written, in the portable layout, whatever layout the engine keeps. */
abstract class VariablesGroup extends CompatibilityGroup {

  VariablesGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private static Architecture networks() {
    return Architecture.conv(
        NetworkShapes.of(Shape.of(2, 9, 9), 3), Activation.RELU, new int[] {4, 5}, 3, 2, 1, 7);
  }

  /** Weights of every kind of layer, and a parameter of rank 0. */
  private static List<Parameter> parameters() {
    List<Parameter> result = new ArrayList<>(networks().encoder().parameters());
    result.addAll(networks().decoder().parameters());
    result.add(new Parameter("scale", Shape.scalar(), new Initializer.Constant(0.5)));
    return result;
  }

  private static HostTensor reconstruct(OpenBackend engine) {
    Encoder encoder = new NetworkEncoder(networks().encoder(), new DiagonalGaussianFamily());
    Decoder decoder = new NetworkDecoder(networks().decoder());
    return engine
        .backend()
        .evaluate(
            (trace, in) -> List.of(
                decoder.decode(encoder.encode(new Inputs(in.get(0))).mean(), Conditions.none())),
            Numbers.uniform("x", Shape.of(2, 2, 9, 9), 0, 1))
        .get(0);
  }

  @Test
  @DisplayName("are portable to who reads and writes them, also once networks have them their way")
  void afterNetworks() {
    try (OpenBackend used = open();
        OpenBackend fresh = open()) {
      used.create(parameters(), 1);
      reconstruct(used);
      for (Parameter parameter : parameters()) {
        Variables variables = used.backend().variables();
        assertThat(variables.read(parameter.name()))
            .as(parameter.name())
            .isEqualTo(parameter.initialValue(1));
        variables.write(parameter.name(), parameter.initialValue(2));
      }
      fresh.create(parameters(), 2);
      assertThat(reconstruct(used)).isEqualTo(reconstruct(fresh));
      assertThat(used.backend().variables().readAll())
          .isEqualTo(fresh.backend().variables().readAll());
    }
  }

  @Test
  @DisplayName(
      "may be used by one network only after others: each is stored as its first user likes")
  void oneNetworkAfterAnother() {
    try (OpenBackend apart = open();
        OpenBackend together = open()) {
      apart.create(parameters(), 1);
      together.create(parameters(), 1);
      Encoder encoder = new NetworkEncoder(networks().encoder(), new DiagonalGaussianFamily());
      HostTensor x = Numbers.uniform("x", Shape.of(2, 2, 9, 9), 0, 1);
      apart
          .backend()
          .evaluate((trace, in) -> List.of(encoder.encode(new Inputs(in.get(0))).mean()), x);
      assertThat(reconstruct(apart)).isEqualTo(reconstruct(together));
    }
  }

  private static void writeAndRead(Variables variables, String name) {
    HostTensor other = Numbers.normal("other " + name, variables.shape(name));
    variables.write(name, other);
    assertThat(variables.read(name)).as(name).isEqualTo(other);
  }

  @Test
  @DisplayName("Every number is read back bit for bit, after creation and after a write")
  void roundTrip() {
    try (OpenBackend engine = open()) {
      Variables variables = engine.backend().variables();
      List<Parameter> parameters = parameters();
      engine.create(parameters, 9);
      for (Parameter parameter : parameters) {
        String name = parameter.name();
        assertThat(variables.read(name)).as(name).isEqualTo(parameter.initialValue(9));
        assertThat(variables.shape(name)).as(name).isEqualTo(parameter.shape());
      }
      parameters.forEach(parameter -> writeAndRead(variables, parameter.name()));
    }
  }

  @Test
  @DisplayName("Layouts stay right after a native network has used the variables")
  void roundTripAroundUse() {
    try (OpenBackend engine = open();
        OpenBackend reference = reference()) {
      ModelSpec spec = ModelSpec.conv();
      try (Executable actual =
              engine.backend().compile(ModelSpec.elbo(engine, spec.start(engine, 1)));
          Executable expected =
              reference.backend().compile(ModelSpec.elbo(reference, spec.start(reference, 1)))) {
        HostTensor[] inputs = {spec.images(4), spec.noise(0, 4), HostTensor.scalar(1)};
        actual.run(inputs);
        Variables variables = engine.backend().variables();
        variables.names().forEach(name -> writeAndRead(variables, name));
        reference.backend().variables().writeAll(variables.readAll());
        Closeness.relative(Closeness.MODEL)
            .check(
                "loss with the new values",
                actual.run(inputs).get(0).item(),
                expected.run(inputs).get(0).item());
      }
    }
  }

  @Test
  @DisplayName("Names and values come in the order of creation")
  void order() {
    try (OpenBackend engine = open()) {
      List<Parameter> parameters = parameters();
      engine.create(parameters, 1);
      List<String> names = parameters.stream().map(Parameter::name).toList();
      Variables variables = engine.backend().variables();
      assertThat(variables.names()).isEqualTo(names);
      Map<String, HostTensor> all = variables.readAll();
      assertThat(all.keySet()).containsExactlyElementsOf(names);
      all.forEach((name, value) -> assertThat(value).as(name).isEqualTo(variables.read(name)));
    }
  }

  @Test
  @DisplayName("Odd numbers survive: negative zero, the smallest, infinities and NaN")
  void oddNumbers() {
    HostTensor odd = HostTensor.of(
        Shape.of(2, 3),
        -0.0f,
        Float.MIN_VALUE,
        Float.MAX_VALUE,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
        1e-40f);
    try (OpenBackend engine = open()) {
      Variables variables = engine.backend().variables();
      variables.create(new Parameter("odd", odd.shape(), new Initializer.Constant(0)), odd);
      assertThat(variables.read("odd")).isEqualTo(odd);
    }
  }

  @Test
  @DisplayName("Arrays are copied in both directions")
  void copies() {
    try (OpenBackend engine = open()) {
      Variables variables = engine.backend().variables();
      HostTensor first = Numbers.normal("first", Shape.of(3));
      HostTensor kept = HostTensor.of(first.shape(), first.data().clone());
      variables.create(new Parameter("v", first.shape(), new Initializer.Constant(0)), first);
      first.data()[0] = 100;
      assertThat(variables.read("v")).isEqualTo(kept);
      variables.write("v", first);
      first.data()[0] = 200;
      variables.read("v").data()[1] = 300;
      assertThat(variables.read("v").data()).startsWith(100).doesNotContain(200, 300);
    }
  }

  @Test
  @DisplayName("A wrong shape, an unknown name and a name taken are errors that name it")
  void mistakes() {
    try (OpenBackend engine = open()) {
      Variables variables = engine.backend().variables();
      Parameter parameter = new Parameter("weight", Shape.of(2, 3), new Initializer.Constant(1));
      HostTensor transposed = HostTensor.zeros(Shape.of(3, 2));
      assertThatThrownBy(() -> variables.create(parameter, transposed))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("weight", "[2, 3]", "[3, 2]");
      variables.create(parameter, parameter.initialValue(0));
      assertThatThrownBy(() -> variables.create(parameter, parameter.initialValue(0)))
          .isInstanceOf(VaeException.class)
          .hasMessageContaining("weight");
      assertThatThrownBy(() -> variables.write("weight", transposed))
          .isInstanceOf(VaeException.class)
          .hasMessageContainingAll("weight", "[2, 3]", "[3, 2]");
      for (String unknown : List.of("wieght", "")) {
        assertThatThrownBy(() -> variables.read(unknown)).isInstanceOf(VaeException.class);
        assertThatThrownBy(() -> variables.shape(unknown)).isInstanceOf(VaeException.class);
        assertThatThrownBy(() -> variables.write(unknown, transposed))
            .isInstanceOf(VaeException.class)
            .hasMessageContaining(unknown);
      }
      assertThat(variables.names()).containsExactly("weight");
      assertThat(variables.read("weight").data()).containsOnly(1);
    }
  }

  @Test
  @DisplayName("Writing several is all or nothing")
  void allOrNothing() {
    try (OpenBackend engine = open()) {
      Variables variables = engine.backend().variables();
      for (String name : List.of("a", "b")) {
        Parameter parameter = new Parameter(name, Shape.of(2), new Initializer.Constant(1));
        variables.create(parameter, parameter.initialValue(0));
      }
      Map<String, HostTensor> values = new LinkedHashMap<>();
      values.put("a", HostTensor.zeros(Shape.of(2)));
      values.put("b", HostTensor.zeros(Shape.of(3)));
      assertThatThrownBy(() -> variables.writeAll(values)).isInstanceOf(VaeException.class);
      values.remove("b");
      values.put("c", HostTensor.zeros(Shape.of(2)));
      assertThatThrownBy(() -> variables.writeAll(values)).isInstanceOf(VaeException.class);
      assertThat(variables.read("a").data()).containsOnly(1);
      values.remove("c");
      variables.writeAll(values);
      assertThat(variables.read("a").data()).containsOnly(0);
      assertThat(variables.read("b").data()).containsOnly(1);
    }
  }

  @Test
  @DisplayName("A variable created after a run has its gradient in the next")
  void createdAfterARun() {
    try (OpenBackend engine = openUnwatched()) {
      Parameter first = new Parameter("first", Shape.of(2), new Initializer.Constant(1));
      Parameter second = new Parameter("second", Shape.of(3), new Initializer.Constant(2));
      engine.create(List.of(first), 0);
      HostTensor x = HostTensor.of(Shape.of(2), 3, 4);
      try (Executable gradients = engine
          .backend()
          .compileGradients((trace, in) ->
              List.of(in.get(0).multiply(trace.parameter("first")).sum()))) {
        assertThat(gradients.run(x)).hasSize(2);
        engine.create(List.of(second), 0);
        assertThat(gradients.run(x))
            .containsExactly(HostTensor.scalar(7), x, HostTensor.zeros(Shape.of(3)));
      }
    }
  }
}
