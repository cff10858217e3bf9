package io.github.jvae.compatibility;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.jvae.backend.Computation;
import io.github.jvae.likelihood.Bernoulli;
import io.github.jvae.likelihood.ContinuousBernoulli;
import io.github.jvae.likelihood.DiscretizedLogistic;
import io.github.jvae.model.Conditions;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.model.Draw;
import io.github.jvae.model.Initializer;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.model.Parameter;
import io.github.jvae.model.Prior;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Catalogue;
import io.github.jvae.plugin.Kind;
import io.github.jvae.plugin.ModelContext;
import io.github.jvae.prior.LearnedGaussian;
import io.github.jvae.prior.StandardNormal;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** R5: the backend's own distribution = the portable one on the backend = the reference. */
abstract class DistributionsGroup extends CompatibilityGroup {
  private static final Shape IMAGES = Shape.of(4, 2, 3, 5);
  private static final Shape LATENT = Shape.of(4, 3);

  /** Likelihoods that are to be right whatever the decoder makes. */
  private static final Set<String> FAR_FROM_ZERO =
      Set.of(Bernoulli.NAME, ContinuousBernoulli.NAME, DiscretizedLogistic.NAME);

  DistributionsGroup(BackendCompatibilityKit kit) {
    super(kit);
  }

  private static void variable(OpenBackend engine, String name, HostTensor value) {
    engine
        .backend()
        .variables()
        .create(new Parameter(name, value.shape(), new Initializer.Constant(0)), value);
  }

  private static Tensor weighted(Tensor output) {
    return output
        .multiply(output.trace().constant(Numbers.uniform("w", output.shape(), 0.5, 1.5)))
        .sum();
  }

  @TestFactory
  @DisplayName("Every likelihood: probability, gradients, mean and draws")
  Stream<DynamicTest> likelihoods() {
    Stream<ComponentSpec> variants = Stream.of(
            "{'type':'gaussian','sigma':0.05}",
            "{'type':'gaussian','sigma':'learned'}",
            "{'type':'gaussian','sigma':'shared','initial_sigma':0.3}",
            "{'type':'discretized-logistic','scale':0.004}",
            "{'type':'discretized-logistic','scale':'learned'}",
            "{'type':'discretized-logistic','scale':'shared','initial_scale':0.3}")
        .map(ComponentSpec::of);
    return Stream.concat(
            named(catalogue -> catalogue.origins(Kind.LIKELIHOOD).keySet().stream()
                .filter(name -> !CatalogueGroup.OF_COLUMNS.contains(name))),
            variants)
        .flatMap(spec -> Stream.of(1.0, 40.0)
            .filter(scale -> scale == 1 || FAR_FROM_ZERO.contains(spec.type()))
            .map(scale -> dynamicTest(
                spec.type() + spec.options() + (scale == 1 ? "" : ", far from 0"),
                () -> likelihood(spec, scale))));
  }

  @TestFactory
  @DisplayName("The discretised logistic is right and finite in both tails and at every scale")
  Stream<DynamicTest> tails() {
    return Stream.of(-1e4, -60.0, -7.5, -4.0, 0.0, 2.0, 60.0, 1e4)
        .map(logScale -> dynamicTest("log scale " + logScale, () -> tails(logScale)));
  }

  /** Levels at and near both ends, seen from means within and far without: an image each. */
  private void tails(double logScale) {
    double[] levels = {0, 1, 2, 127, 128, 253, 254, 255};
    double[] means = {-1e4, -1, 0, 0.25, 0.5, 1, 2, 1e4};
    HostTensor x = HostTensor.zeros(Shape.of(levels.length * means.length, 1, 1, 1));
    HostTensor decoded = HostTensor.zeros(Shape.of(levels.length * means.length, 2, 1, 1));
    for (int i = 0; i < x.data().length; i++) {
      x.data()[i] = (float) levels[i / means.length] / 255;
      decoded.data()[2 * i] = (float) means[i % means.length];
      decoded.data()[2 * i + 1] = (float) logScale;
    }
    Likelihood likelihood = DiscretizedLogistic.perPixel();
    OperationCase logProb = new OperationCase(
        "log probability",
        List.of(x, decoded),
        t -> likelihood.logProb(new Inputs(t.get(0)), t.get(1)));
    try (OpenBackend engine = open();
        OpenBackend reference = reference()) {
      logProb.check(
          engine, reference, new Closeness(Closeness.MODEL, 1), new Closeness(Closeness.MODEL, 1));
    }
  }

  @TestFactory
  @DisplayName("Bernoulli's probability is right where no gradient is taken, whatever the image")
  Stream<DynamicTest> undifferentiated() {
    Shape many = Shape.of(3, 1, 28, 28);
    Shape prime = Shape.of(3, 1, 1, 131);
    Shape channels = Shape.of(3, 3, 8, 8);
    return Stream.of(many, prime, channels)
        .flatMap(shape -> Stream.of(0.0, 1.0, 40.0, 1e4)
            .map(scale -> dynamicTest(
                shape + ", logits up to " + scale, () -> undifferentiated(shape, scale))));
  }

  private void undifferentiated(Shape shape, double scale) {
    HostTensor x = Numbers.binary("x", shape);
    HostTensor logits = Numbers.uniform("logits", shape, -scale, scale);
    try (OpenBackend engine = open();
        OpenBackend reference = reference()) {
      double[] expected = exact(reference)
          .compile(logProb(reference.catalogue()))
          .runExactly(x, logits)
          .get(0);
      HostTensor actual =
          engine.backend().evaluate(logProb(engine.catalogue()), x, logits).get(0);
      Closeness.relative(1e-6).check("log probability", actual, expected);
    }
  }

  private static Computation logProb(Catalogue catalogue) {
    Likelihood likelihood = catalogue.create(
        Kind.LIKELIHOOD, Bernoulli.NAME, Options.none(), ModelContext.of(Shape.of(1, 1, 1), 1));
    return (trace, inputs) -> List.of(likelihood.logProb(new Inputs(inputs.get(0)), inputs.get(1)));
  }

  /** All of a kind that the catalogue knows, with their defaults. */
  private Stream<ComponentSpec> named(Function<Catalogue, Stream<String>> names) {
    try (OpenBackend reference = reference()) {
      return names
          .apply(reference.catalogue())
          .map(name -> ComponentSpec.of("{'type':'" + name + "'}"))
          .toList()
          .stream();
    }
  }

  private void likelihood(ComponentSpec spec, double scale) {
    Shape image = IMAGES.subShape(1, IMAGES.rank());
    int latent = LATENT.dimension(1);
    Shape noise;
    try (OpenBackend reference = reference()) {
      Likelihood portable = spec.makePortable(reference, Kind.LIKELIHOOD, image, latent);
      noise = portable.noise(image).prepend(IMAGES.dimension(0));
    }
    compare(
        engine -> computation(engine, spec.make(engine, Kind.LIKELIHOOD, image, latent), scale),
        engine ->
            computation(engine, spec.makePortable(engine, Kind.LIKELIHOOD, image, latent), scale),
        Numbers.uniform("u", noise, 0.01, 0.99),
        Numbers.normal("n", noise));
  }

  /** Images of the kind that the likelihood gives a probability to. */
  private static HostTensor images(Likelihood likelihood) {
    HostTensor images = Numbers.uniform("x", IMAGES, 0, 1);
    if (likelihood.isDensity()) {
      return images;
    }
    for (int i = 0; i < images.data().length; i++) {
      images.data()[i] = Math.round(images.data()[i] * 255) / 255f;
    }
    return likelihood.isProbability(images) ? images : Numbers.binary("x", IMAGES);
  }

  private static Computation computation(OpenBackend engine, Likelihood likelihood, double scale) {
    Shape decodings = likelihood.decoded(IMAGES.subShape(1, 4)).prepend(IMAGES.dimension(0));
    engine.create(likelihood.parameters(), 1);
    variable(engine, "decoded", Numbers.uniform("decoded", decodings, -scale, scale));
    variable(engine, "x", images(likelihood));
    return (trace, inputs) -> {
      Tensor decoded = trace.parameter("decoded");
      Tensor logProb = likelihood.logProb(new Inputs(trace.parameter("x")), decoded);
      Tensor mean = likelihood.mean(decoded);
      Tensor draw = likelihood.sample(decoded, inputs.get(0), inputs.get(1));
      return List.of(weighted(logProb).add(weighted(mean)), logProb, mean, draw);
    };
  }

  @TestFactory
  @DisplayName("Priors without networks: probability, divergence, gradients and draws")
  Stream<DynamicTest> priors() {
    // The others are parts of models in CatalogueGroup.
    return Stream.of(StandardNormal.NAME, LearnedGaussian.NAME)
        .map(name -> ComponentSpec.of("{'type':'" + name + "'}"))
        .map(spec -> dynamicTest(spec.type(), () -> prior(spec)));
  }

  private void prior(ComponentSpec spec) {
    Shape image = IMAGES.subShape(1, IMAGES.rank());
    int latent = LATENT.dimension(1);
    int noise;
    try (OpenBackend reference = reference()) {
      noise = spec.makePortable(reference, Kind.PRIOR, image, latent).noiseSize(latent);
    }
    compare(
        engine -> computation(engine, spec.make(engine, Kind.PRIOR, image, latent)),
        engine -> computation(engine, spec.makePortable(engine, Kind.PRIOR, image, latent)),
        Numbers.normal("noise", LATENT.with(1, noise)));
  }

  private static Computation computation(OpenBackend engine, Prior prior) {
    engine.create(prior.parameters(), 1);
    variable(engine, "mean", Numbers.normal("mean", LATENT));
    variable(engine, "log_variance", Numbers.normal("log_variance", LATENT));
    variable(engine, "z", Numbers.normal("z", LATENT));
    return (trace, inputs) -> {
      Tensor z = trace.parameter("z");
      DiagonalGaussian posterior =
          new DiagonalGaussian(trace.parameter("mean"), trace.parameter("log_variance"));
      Conditions none = Conditions.none();
      Tensor logProb = prior.logProb(z, none);
      Tensor kl = prior.kl(posterior, new Draw(z, () -> posterior.logProb(z)), none);
      // A divergence by a draw has -log p(z) in it: once would leave nothing of the prior.
      Tensor loss = weighted(logProb).multiply(2).add(weighted(kl));
      return List.of(loss, logProb, kl, prior.sample(inputs.get(0), none));
    };
  }

  private void compare(
      Function<OpenBackend, Computation> own,
      Function<OpenBackend, Computation> portable,
      HostTensor... inputs) {
    try (OpenBackend ownEngine = open();
        OpenBackend portableEngine = open();
        OpenBackend reference = reference()) {
      List<double[]> expected =
          exact(reference).compileGradients(portable.apply(reference)).runExactly(inputs);
      List<String> names = new ArrayList<>(List.of("loss", "first", "second", "draw"));
      reference.backend().variables().names().forEach(name -> names.add("gradient of " + name));
      check("own ", names, ownEngine.valuesAndGradients(own.apply(ownEngine), inputs), expected);
      check(
          "portable ",
          names,
          portableEngine.valuesAndGradients(portable.apply(portableEngine), inputs),
          expected);
    }
  }

  private static void check(
      String which, List<String> names, List<HostTensor> actual, List<double[]> expected) {
    for (int i = 0; i < actual.size(); i++) {
      Closeness.checkTensor(which + names.get(i), actual.get(i), expected.get(i), Closeness.MODEL);
    }
  }
}
