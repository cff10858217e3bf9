package io.github.jvae.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.backend.Computation;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.column.Columns;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Kind;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Small models of all that the catalogue has, in ONNX Runtime and on the reference. */
@DisplayName("Exported models")
class ExportedModelsTest {
  private static final double TOLERANCE = 1e-5;

  private static final int SAMPLES = 3;
  private static final int CLASSES = 3;

  private static final List<Kind<?>> KINDS =
      List.of(Kind.LIKELIHOOD, Kind.POSTERIOR, Kind.PRIOR, Kind.ENCODER, Kind.DECODER);

  /** Beside the defaults; and what by default is too large for a test. */
  private static final Map<Kind<?>, List<String>> VARIANTS = Map.of(
      Kind.LIKELIHOOD,
      List.of(
          "{\"type\":\"discretized-logistic\",\"scale\":\"learned\"}",
          "{\"type\":\"gaussian\",\"sigma\":0.3}",
          "{\"type\":\"student-t\",\"scale\":\"learned\"}"),
      Kind.ARCHITECTURE,
      List.of(
          "{\"type\":\"mlp\",\"hidden\":[7,5],\"activation\":\"silu\"}",
          "{\"type\":\"conv\",\"channels\":[3,4]}",
          "{\"type\":\"gated-mlp\",\"hidden\":[7,5]}",
          "{\"type\":\"gated-conv\",\"channels\":[3,4],\"kernel\":3,\"stride\":2,\"dense\":6}",
          "{\"type\":\"resnet\",\"channels\":[3,4],\"blocks\":2,\"dense\":6}"),
      Kind.MODEL,
      List.of(
          "{\"type\":\"hvae\",\"hidden\":[5,4]}",
          "{\"type\":\"ladder\",\"blocks\":[1,2],\"width\":8}",
          "{\"type\":\"vq\",\"codes\":7,\"groups\":3,\"prior_hidden\":6}"),
      Kind.PRIOR,
      List.of(
          "{\"type\":\"mixture\",\"components\":10}",
          "{\"type\":\"vamp\",\"components\":3}",
          "{\"type\":\"conditional\",\"hidden\":[5,4],\"activation\":\"tanh\"}"));

  private static final Columns TABLE = new Columns(List.of(
      new Column("age", ColumnKind.NUMERIC),
      new Column("colour", ColumnKind.CATEGORICAL, List.of("red", "green", "blue")),
      new Column("member", ColumnKind.BINARY),
      new Column("visits", ColumnKind.COUNT)));

  private static final Map<String, String> COMPANIONS = Map.of(
      "von-mises-fisher", "hyperspherical-uniform", "hyperspherical-uniform", "von-mises-fisher");

  @TestFactory
  @DisplayName("give in ONNX Runtime what they give on the reference, in batches of any size")
  Stream<DynamicTest> models() {
    Stream<Map.Entry<Kind<?>, ComponentConfig>> named = KINDS.stream()
        .flatMap(kind -> Vae.catalogue().origins(kind).keySet().stream()
            .filter(name -> !name.equals("library"))
            .map(name -> Map.entry(kind, ComponentConfig.of(name))));
    Stream<Map.Entry<Kind<?>, ComponentConfig>> variants = VARIANTS.entrySet().stream()
        .flatMap(kind ->
            kind.getValue().stream().map(json -> Map.entry(kind.getKey(), component(json))));
    return Stream.concat(named, variants)
        .map(part -> dynamicTest(
            part.getKey() + " " + part.getValue().type() + part.getValue().options(),
            () -> compare(config(part.getKey(), part.getValue()))));
  }

  private static ComponentConfig component(String json) {
    Options options = (Options) JsonFile.value(json).orElseThrow();
    ComponentConfig component =
        ComponentConfig.of(((OptionValue.Text) of(options.values(), "type")).value());
    for (Map.Entry<String, OptionValue> option : options.values().entrySet()) {
      if (!option.getKey().equals("type")) {
        component = component.with(option.getKey(), option.getValue());
      }
    }
    return component;
  }

  private static VaeConfig config(Kind<?> kind, ComponentConfig component) {
    String type = component.type();
    boolean ofColumns = type.equals("columns");
    VaeConfig config = VaeConfig.defaults()
        .withInput(ofColumns ? List.of(TABLE.size()) : List.of(3, 4, 4))
        .withLatent(4)
        .with(Kind.ARCHITECTURE, ComponentConfig.of("mlp").with("hidden", new int[] {6}))
        .with(kind, component);
    if (COMPANIONS.containsKey(type)) {
      config = config.with(
          kind == Kind.PRIOR ? Kind.POSTERIOR : Kind.PRIOR,
          ComponentConfig.of(COMPANIONS.get(type)));
    }
    if (ofColumns) {
      config = config.withColumns(TABLE).withConditions(Map.of(Inputs.MASK, List.of(TABLE.size())));
    }
    return type.equals("conditional")
        ? config.withConditions(Map.of("label", List.of(CLASSES)))
        : config;
  }

  private static void compare(VaeConfig config) throws Exception {
    try (Vae vae =
        Vae.builder().backend(new ReferenceModule()).config(config).seed(3).build()) {
      Map<String, byte[]> files = OnnxExport.of(vae).files();
      for (int batch : new int[] {1, 2, 5}) {
        compare(vae, files, batch);
      }
      if (config.architecture().type().equals("conv")) {
        compare(vae, files, 128);
      }
    }
  }

  private static void compare(Vae vae, Map<String, byte[]> files, int batch) throws Exception {
    Map<String, HostTensor> given = inputs(vae, batch);
    Map<String, HostTensor> expected = expected(vae, given);
    Set<String> seen = new TreeSet<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      try (OnnxSession session = new OnnxSession(file.getValue())) {
        Map<String, HostTensor> inputs = new LinkedHashMap<>(given);
        if (file.getKey().equals("prior.onnx")) {
          inputs.put("noise", of(given, "prior noise"));
        }
        session.run(inputs).forEach((name, value) -> {
          String output = file.getKey() + " " + name;
          seen.add(output);
          requireClose(
              output + " of " + batch,
              value,
              of(expected, output),
              file.getKey().equals("score.onnx") ? vae.runtime().example().size() : 1);
        });
      }
    }
    assertThat(seen).isEqualTo(expected.keySet());
  }

  /**
   * @param floor the size of what a small number is the difference of: a bound is a sum of about 1
   *     for each element
   */
  private static void requireClose(
      String what, HostTensor actual, HostTensor expected, double floor) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    double distance = 0;
    double norm = 0;
    for (int i = 0; i < expected.data().length; i++) {
      distance += Math.pow(actual.data()[i] - expected.data()[i], 2);
      norm += Math.pow(expected.data()[i], 2);
    }
    assertThat(Math.sqrt(distance))
        .as(what)
        .isLessThanOrEqualTo(TOLERANCE * Math.max(Math.sqrt(norm), floor));
  }

  private static Map<String, HostTensor> inputs(Vae vae, int batch) {
    LatentModel model = vae.runtime().model();
    Map<String, HostTensor> inputs = new LinkedHashMap<>();
    HostTensor x = HostTensor.zeros(vae.runtime().example().prepend(batch));
    RandomStream.of(1).child("x").fillUniform(x.data(), 0.01, 0.99);
    boolean ofColumns = vae.config().columns().isPresent();
    for (int i = 0; i < x.data().length; i++) {
      // Levels of images; in a table numbers that columns of any kind may hold.
      x.data()[i] = ofColumns ? 1 : Math.round(x.data()[i] * 255) / 255f;
    }
    inputs.put("x", x);
    vae.runtime().conditions().forEach((name, shape) -> {
      HostTensor rows = HostTensor.zeros(shape.prepend(batch));
      Arrays.fill(rows.data(), name.equals(Inputs.MASK) ? 1 : 0);
      for (int i = 0; i < batch; i++) {
        rows.data()[i * shape.size() + i % shape.size()] = name.equals(Inputs.MASK) ? 0 : 1;
      }
      inputs.put(name, rows);
    });
    inputs.put("z", vae.inference().sampleLatents(batch, 5, inputs));
    inputs.put("noise", normal("noise", batch, SAMPLES, model.noiseSize()));
    inputs.put("prior noise", normal("prior", batch, model.priorNoiseSize()));
    return inputs;
  }

  private static <T> T of(Map<String, T> all, String name) {
    return Objects.requireNonNull(all.get(name), name);
  }

  private static HostTensor normal(String name, int... extents) {
    HostTensor noise = HostTensor.zeros(Shape.of(extents));
    RandomStream.of(2).child(name).fillGaussian(noise.data());
    return noise;
  }

  private static Map<String, HostTensor> expected(Vae vae, Map<String, HostTensor> given) {
    Map<String, HostTensor> expected = new LinkedHashMap<>();
    HostTensor x = of(given, "x");
    var encoding = vae.inference().encode(x, given);
    expected.put("encoder.onnx mean", encoding.mean());
    encoding.logVariances().ifPresent(value -> expected.put("encoder.onnx log_variance", value));
    expected.put("decoder.onnx reconstruction", vae.inference().decode(of(given, "z"), given));
    expected.put("reconstruct.onnx reconstruction", vae.inference().reconstruct(x, given));
    LatentModel model = vae.runtime().model();
    expected.put(
        "prior.onnx z",
        vae.runtime()
            .backend()
            .evaluate(
                (trace, in) -> List.of(
                    model.sample(in.get(0), vae.runtime().conditions(in.subList(1, in.size())))),
                vae.runtime().withConditions(given, of(given, "prior noise")))
            .get(0));
    score(vae, given, expected);
    return expected;
  }

  private static void score(
      Vae vae, Map<String, HostTensor> given, Map<String, HostTensor> expected) {
    HostTensor x = of(given, "x");
    int batch = x.shape().dimension(0);
    HostTensor noise = of(given, "noise");
    LatentModel model = vae.runtime().model();
    Computation bounds = (trace, in) -> {
      Inputs inputs = vae.runtime().inputs(in.get(0), in.subList(2, in.size()));
      BoundTerms closed = model.bound(inputs, in.get(1), DivergenceForm.CLOSED_FORM);
      BoundTerms sampled = model.bound(inputs, in.get(1), DivergenceForm.SAMPLED);
      List<Tensor> each = new ArrayList<>();
      for (Tensor term : List.of(closed.elbo(), closed.logLikelihood(), closed.kl())) {
        each.add(term.reshape(batch, SAMPLES).mean(1));
      }
      Tensor weights = sampled.elbo().reshape(batch, SAMPLES);
      each.add(weights.logSumExp(1).subtract(Math.log(SAMPLES)));
      return each;
    };
    List<HostTensor> results = vae.runtime()
        .backend()
        .evaluate(
            bounds,
            vae.runtime()
                .withConditions(
                    given,
                    x,
                    noise.reshape(Shape.of(batch * SAMPLES, noise.shape().dimension(2)))));
    List<String> names = List.of("elbo", "log_likelihood", "kl", "importance_weighted_bound");
    for (int i = 0; i < names.size(); i++) {
      expected.put("score.onnx " + names.get(i), results.get(i));
    }
  }
}
