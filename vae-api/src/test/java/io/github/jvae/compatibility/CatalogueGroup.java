package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.backend.Computation;
import io.github.jvae.backend.ModelRuntime;
import io.github.jvae.column.Column;
import io.github.jvae.column.ColumnKind;
import io.github.jvae.column.Columns;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DivergenceForm;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.KnownLatents;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Likelihood;
import io.github.jvae.objective.Elbo;
import io.github.jvae.plugin.Kind;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every component that the catalogue has a name for, as a part of a small model: what training
 * computes, and what is drawn from it. Whoever contributes a component need not list it here; sets
 * of options beside its defaults are {@link #VARIANTS}.
 */
abstract class CatalogueGroup extends CompatibilityGroup {
  private static final int BATCH = 6;
  private static final int DRAWS = 2;
  private static final String LABEL = "label";
  private static final int CLASSES = 3;

  /** A draw may fall on the other side of a step: one in a hundred, at most. */
  private static final double OTHER_DRAWS = 0.01;

  private static final List<Kind<?>> KINDS = List.of(
      Kind.LIKELIHOOD, Kind.POSTERIOR, Kind.ARCHITECTURE, Kind.ENCODER, Kind.PRIOR, Kind.MODEL);

  /** Kinds whose components are too large by default, or of another use than the others. */
  private static final Set<Kind<?>> VARIANTS_ONLY = Set.of(Kind.ARCHITECTURE, Kind.MODEL);

  /** What the other groups' models are made of. */
  private static final Set<String> COMPARED_ELSEWHERE =
      Set.of("bernoulli", "gaussian", "diagonal-gaussian", "network", "standard-normal");

  /** Options to compare with beside the defaults. */
  private static final Map<Kind<?>, List<String>> VARIANTS = Map.of(
      Kind.LIKELIHOOD,
      List.of(
          "{'type':'discretized-logistic','scale':'learned'}",
          "{'type':'discretized-logistic','scale':'shared','initial_scale':0.3}",
          "{'type':'laplace','scale':'learned'}",
          "{'type':'laplace','scale':'shared','initial_scale':0.3}",
          "{'type':'student-t','scale':'learned','degrees_of_freedom':2.5}",
          "{'type':'student-t','scale':'shared','initial_scale':0.3}",
          "{'type':'logistic-mixture','components':1}",
          "{'type':'gaussian-mixture','modes':1}",
          "{'type':'negative-binomial','dispersion':'shared','initial_dispersion':3.0}",
          "{'type':'log-normal','deviation':0.5}",
          "{'type':'beta','concentration':'shared'}",
          "{'type':'columns','numeric':'gaussian-mixture','modes':2,'count':'poisson',"
              + "'overrides':['age=log-normal','visits=zero-inflated-negative-binomial']}"),
      Kind.ARCHITECTURE,
      List.of(
          "{'type':'gated-mlp','hidden':[7,5]}",
          "{'type':'gated-conv','channels':[3,4],'kernel':3,'stride':2,'dense':6}",
          "{'type':'resnet','channels':[3,4],'blocks':2,'dense':6}"),
      Kind.MODEL,
      List.of(
          "{'type':'hvae','hidden':[5,4]}",
          "{'type':'ladder','blocks':[1,2],'width':8}",
          "{'type':'ladder','blocks':[1],'stride':3,'width':8}"),
      Kind.PRIOR,
      List.of(
          "{'type':'mixture','components':100}",
          "{'type':'vamp','components':3}",
          "{'type':'conditional','hidden':[5,4],'activation':'tanh'}"));

  /** Components of models of the rows of a table. */
  static final Set<String> OF_COLUMNS = Set.of("columns");

  private static final Columns TABLE = new Columns(List.of(
      new Column("age", ColumnKind.NUMERIC),
      new Column("colour", ColumnKind.CATEGORICAL, List.of("red", "green", "blue")),
      new Column("height", ColumnKind.NUMERIC),
      new Column("member", ColumnKind.BINARY),
      new Column("visits", ColumnKind.COUNT),
      new Column("city", ColumnKind.CATEGORICAL, List.of("Ulm", "Bonn")),
      new Column("children", ColumnKind.COUNT)));

  /** Components of models that are told labels. */
  private static final Set<String> OF_LABELS = Set.of("conditional");

  /** Components that go together with another one only. */
  private static final Map<String, ComponentSpec> COMPANIONS = Map.of(
      "von-mises-fisher", ComponentSpec.of("{'type':'hyperspherical-uniform'}"),
      "hyperspherical-uniform", ComponentSpec.of("{'type':'von-mises-fisher'}"));

  CatalogueGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  @TestFactory
  @DisplayName("Every component by name: loss, terms, gradients and draws as on the reference")
  Stream<DynamicTest> components() {
    return KINDS.stream().flatMap(this::specs).map(spec -> {
      ComponentSpec component = spec.component();
      String name = spec.kind() + " " + component.type() + component.options();
      return dynamicTest(name, () -> compare(spec.model()));
    });
  }

  /** A component and its options, under test. */
  private record Tested(Kind<?> kind, ComponentSpec component) {
    /**
     * Images of three channels, which are levels, so that every likelihood takes them; of sides
     * that can be halved for a model that does so.
     */
    ModelSpec model() {
      Shape image = Shape.of(3, 4, 3);
      ModelSpec model = ModelSpec.mlp().withInput(image).with(kind, component);
      ComponentSpec companion = COMPANIONS.get(component.type());
      if (companion != null) {
        model = model.with(kind == Kind.PRIOR ? Kind.POSTERIOR : Kind.PRIOR, companion);
      }
      if (OF_COLUMNS.contains(component.type())) {
        return model.withColumns(TABLE).withCondition(Inputs.MASK, Shape.of(TABLE.size()));
      }
      return OF_LABELS.contains(component.type())
          ? model.withCondition(LABEL, Shape.of(CLASSES))
          : model;
    }
  }

  /** The components of a kind with their defaults, then the variants. */
  private Stream<Tested> specs(Kind<?> kind) {
    Stream<String> named = Stream.of();
    if (!VARIANTS_ONLY.contains(kind)) {
      named = defaults(kind);
    }
    return Stream.concat(named, VARIANTS.getOrDefault(kind, List.of()).stream())
        .map(json -> new Tested(kind, ComponentSpec.of(json)));
  }

  private Stream<String> defaults(Kind<?> kind) {
    try (OpenBackend reference = reference()) {
      return reference.catalogue().origins(kind).keySet().stream()
          .filter(name -> !COMPARED_ELSEWHERE.contains(name))
          .map(name -> "{'type':'" + name + "'}");
    }
  }

  /** A model on a backend. */
  private record Running(OpenBackend engine, ModelRuntime runtime, boolean ofColumns)
      implements AutoCloseable {
    static Running start(OpenBackend engine, ModelSpec spec) {
      ModelRuntime runtime = new ModelRuntime(
          engine.backend(),
          spec.input(),
          new TreeMap<>(spec.conditions()),
          spec.latentModel(engine),
          new Elbo(DivergenceForm.CLOSED_FORM));
      engine.create(runtime.parameters(), 3);
      return new Running(engine, runtime, spec.columns().isPresent());
    }

    private HostTensor[] inputs(HostTensor... first) {
      List<HostTensor> inputs = new ArrayList<>(List.of(first));
      runtime.conditions().forEach((name, shape) -> {
        // Of each row another element: a label's class, or the one that a mask hides.
        boolean hides = name.equals(Inputs.MASK);
        HostTensor rows = HostTensor.zeros(shape.prepend(BATCH));
        Arrays.fill(rows.data(), hides ? 1 : 0);
        for (int i = 0; i < BATCH; i++) {
          rows.data()[i * shape.size() + i % shape.size()] = hides ? 0 : 1;
        }
        inputs.add(rows);
      });
      return inputs.toArray(HostTensor[]::new);
    }

    private HostTensor examples() {
      return ofColumns ? rows() : levels();
    }

    /** Numbers that columns of any kind may hold. */
    private HostTensor rows() {
      HostTensor x = HostTensor.zeros(runtime.example().prepend(BATCH));
      Arrays.fill(x.data(), 1);
      for (int row = 0; row < BATCH; row++) {
        // An age, which is above 0, and counts.
        x.data()[row * TABLE.size()] = 0.5f + row;
        x.data()[row * TABLE.size() + TABLE.names().indexOf("visits")] = row % 3;
        x.data()[row * TABLE.size() + TABLE.names().indexOf("colour")] = row % 3;
      }
      return x;
    }

    /** Between black and white, where every density is finite. */
    private HostTensor levels() {
      HostTensor x = Numbers.uniform("x", runtime.example().prepend(BATCH), 0.01, 0.99);
      for (int i = 0; i < x.data().length; i++) {
        x.data()[i] = Math.round(x.data()[i] * 255) / 255f;
      }
      return x;
    }

    /** Noise for some draws of each example. */
    private HostTensor noise(int draws) {
      return Numbers.normal("noise", Shape.of(BATCH * draws, runtime.model().noiseSize()));
    }

    /** The loss, the objective's terms and all gradients. */
    List<HostTensor> gradients() {
      return engine.valuesAndGradients(
          runtime.trainingLoss(), inputs(examples(), noise(1), HostTensor.scalar(0.5)));
    }

    /** The bound of several draws, and what stands for examples. */
    List<HostTensor> bound() {
      LatentModel model = runtime.model();
      Computation computation = (trace, in) -> {
        Inputs inputs = runtime.inputs(in.get(0), in.subList(2, in.size()));
        BoundTerms bound = model.bound(inputs, in.get(1), DivergenceForm.SAMPLED);
        Tensor z = model.encode(inputs).mean();
        Tensor mean = model.likelihood().mean(model.decode(z, inputs.conditions()));
        return List.of(bound.elbo(), z, mean);
      };
      return engine.backend().evaluate(computation, inputs(examples(), noise(DRAWS)));
    }

    /** Latent vectors drawn from the prior, and examples drawn from those. */
    List<HostTensor> draws() {
      LatentModel model = runtime.model();
      Likelihood likelihood = model.likelihood();
      Shape noise = likelihood.noise(runtime.example()).prepend(BATCH);
      Computation computation = (trace, in) -> {
        var conditions = runtime.conditions(in.subList(3, in.size()));
        Tensor z = model.sample(in.get(0), conditions);
        Tensor decoded = model.decode(z, conditions);
        return List.of(
            z,
            likelihood.sample(decoded, in.get(1), in.get(2)),
            completed(model, in.get(0), conditions));
      };
      return engine
          .backend()
          .evaluate(
              computation,
              inputs(
                  Numbers.normal("prior", Shape.of(BATCH, model.priorNoiseSize())),
                  Numbers.uniform("pixels", noise, 0.01, 0.99),
                  Numbers.normal("pixels", noise)));
    }

    /** Latent vectors of which the first group is known: halves. */
    private static Tensor completed(LatentModel model, Tensor noise, Conditions conditions) {
      Shape all = Shape.of(BATCH, model.latent());
      HostTensor places = HostTensor.zeros(all);
      for (int i = 0; i < all.size(); i++) {
        places.data()[i] = i % model.latent() < model.groups().get(0).size() ? 1 : 0;
      }
      Tensor half = noise.trace().scalar(0.5f).broadcastTo(all);
      return model.complete(
          new KnownLatents(half, noise.trace().constant(places)), noise, conditions);
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  private void compare(ModelSpec spec) {
    try (Running actual = Running.start(open(), spec);
        Running expected = Running.start(reference(), spec)) {
      checkVectors("training", actual.gradients(), expected.gradients(), Closeness.TRAINING);
      checkVectors("bound", actual.bound(), expected.bound(), Closeness.MODEL);
      List<HostTensor> drawn = actual.draws();
      List<HostTensor> wanted = expected.draws();
      for (int i = 0; i < wanted.size(); i++) {
        checkDraws("draw " + i, drawn.get(i), wanted.get(i));
      }
    }
  }

  /** Checks what there is: a backend without gradients has outputs alone. */
  private static void checkVectors(
      String what, List<HostTensor> actual, List<HostTensor> expected, double tolerance) {
    for (int i = 0; i < actual.size(); i++) {
      Closeness.checkVector(
          what + ", output " + i,
          actual.get(i),
          Closeness.doubles(expected.get(i)),
          tolerance,
          1e-3);
    }
  }

  private static void checkDraws(String what, HostTensor actual, HostTensor expected) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    int others = 0;
    for (int i = 0; i < expected.data().length; i++) {
      float wanted = expected.data()[i];
      boolean met =
          Math.abs(actual.data()[i] - wanted) <= Closeness.TRAINING * Math.max(1, Math.abs(wanted));
      others += met ? 0 : 1;
    }
    assertThat(others)
        .as("%s: how many of %s are others", what, expected.data().length)
        .isLessThanOrEqualTo((int) (OTHER_DRAWS * expected.data().length));
  }
}
