package io.github.jvae.bench.option;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.VaeConfig;
import io.github.jvae.architecture.ArchitecturesPlugin;
import io.github.jvae.checkpoint.internal.JsonFile;
import io.github.jvae.column.Columns;
import io.github.jvae.data.Condition;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.ElementKind;
import io.github.jvae.data.ElementMoments;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Mask;
import io.github.jvae.data.Standardization;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.likelihood.ColumnsLikelihood;
import io.github.jvae.likelihood.Gaussian;
import io.github.jvae.model.Activation;
import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.objective.Elbo;
import io.github.jvae.option.OptionValue;
import io.github.jvae.option.Options;
import io.github.jvae.plugin.Catalogue;
import io.github.jvae.plugin.Kind;
import io.github.jvae.prior.VampPrior;
import io.github.jvae.tensor.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/**
 * What a new model is: flags, over a file, over defaults that fit the images. The flags of its
 * components are those that {@link ComponentFlags} gives the command.
 */
public final class ModelOptions {
  /** As many cost a step less than half as much again, see docs/generation.md. */
  private static final int PSEUDO_INPUTS = 100;

  /** Fewer than so many training images for each pseudo-input would be learnt by heart. */
  private static final int IMAGES_PER_PSEUDO_INPUT = 10;

  private static final VaeConfig COLOUR = VaeConfig.defaults()
      .withLatent(32)
      .with(
          Kind.ARCHITECTURE,
          ComponentConfig.of(ArchitecturesPlugin.CONV).with("activation", Activation.ELU.text()))
      .with(Kind.LIKELIHOOD, ComponentConfig.of(Gaussian.NAME).with("sigma", "shared"))
      .with(Kind.PRIOR, ComponentConfig.of(VampPrior.NAME).with("start", "data"));

  private static final VaeConfig OTHER = VaeConfig.defaults()
      .with(Kind.LIKELIHOOD, ComponentConfig.of(Gaussian.NAME).with("sigma", "shared"));

  private static final VaeConfig TABLE =
      VaeConfig.defaults().with(Kind.LIKELIHOOD, ComponentConfig.of(ColumnsLikelihood.NAME));

  /** The likelihood that learns little unless its first bias is that of the data. */
  private static final String STARTED_FROM_DATA = "logistic-mixture";

  private static final int IMAGE_RANK = 3;

  /** How numbers are standardized. */
  enum Standardize {
    auto,
    channels,
    none
  }

  @Option(
      names = "--standardize",
      paramLabel = "HOW",
      description =
          "Which numbers get mean 0 and deviation 1 by the training part, before the model"
              + " sees them: auto for columns of a table and series in which the likelihood takes any"
              + " number; channels for all that lie along the first axis, such as the features of"
              + " vectors; or none. Kept with the model. Default: ${DEFAULT-VALUE}.")
  private Standardize standardize = Standardize.auto;

  /** What the output bias starts from. */
  enum OutputBias {
    init,
    data
  }

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A model's configuration as JSON, or the config.json of a saved model; flags"
          + " win over it.")
  private @Nullable Path file;

  @Option(
      names = "--output-bias",
      paramLabel = "WHAT",
      description =
          "What the bias of the decoder's last layer starts from: ${COMPLETION-CANDIDATES}."
              + " data is the average training example, and its spread where the decoder makes that."
              + " Default: data for logistic-mixture, which learns little from elsewhere; else init,"
              + " like other biases.")
  private @Nullable OutputBias outputBias;

  @Option(
      names = "--latent",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description =
          "The extent of the latent vector. Default: 32 for colour images, 20 for all else.")
  private @Nullable Integer latent;

  @Option(
      names = "--condition",
      paramLabel = "NAME",
      description = "What the model is told of each example beside, such as its label; may be given"
          + " several times. The data set must know it. Default: nothing.")
  private List<String> conditions = List.of();

  /**
   * The model for a data set, checked as far as it can be without an engine.
   *
   * @throws picocli.CommandLine.ParameterException that lists what is wrong with it
   */
  public VaeConfig config(DataParts data, OutputOptions output) {
    return Typed.value(output, () -> {
      VaeConfig config = file == null ? defaults(data.train()) : read(file, data);
      config = latent == null ? config : config.withLatent(latent);
      Optional<Columns> columns = data.train().columns();
      config = columns.isEmpty() ? config : config.withColumns(columns.get());
      config = conditions.isEmpty() ? config : config.withConditions(told(data.train()));
      config = hasGaps(data) ? toldOfGaps(config) : config;
      Catalogue catalogue = Vae.catalogue();
      ParseResult parsed = output.command().commandLine().getParseResult();
      for (Kind<?> kind : Kind.all()) {
        config = kind == Kind.PRIOR ? config : withTyped(config, kind, parsed);
      }
      config = file == null && !takesPseudoInputs(config)
          ? config.with(Kind.PRIOR, VaeConfig.defaults().component(Kind.PRIOR))
          : config;
      config = withTyped(config, Kind.PRIOR, parsed);
      config.validate(catalogue);
      return config;
    });
  }

  private static VaeConfig withTyped(VaeConfig config, Kind<?> kind, ParseResult parsed) {
    ComponentConfig typed =
        new TypedComponent(kind, parsed).over(config.components().get(kind));
    return typed == null ? config : config.with(kind, typed);
  }

  /**
   * Returns whether nothing speaks against the prior of colour images, the posteriors of
   * pseudo-inputs: that the model is told more than gaps, that it has parts that may make others,
   * or that another objective is chosen, as those are described with N(0, I).
   */
  private static boolean takesPseudoInputs(VaeConfig config) {
    Map<Kind<?>, ComponentConfig> parts = config.components();
    ComponentConfig posterior = parts.get(Kind.POSTERIOR);
    return Set.of(Mask.NAME).containsAll(config.conditions().keySet())
        && Stream.of(Kind.ENCODER, Kind.MODEL).noneMatch(parts::containsKey)
        && config.component(Kind.OBJECTIVE).type().equals(Elbo.NAME)
        && (posterior == null || posterior.type().equals(DiagonalGaussian.NAME));
  }

  /**
   * The moments that the output bias starts from, as the model will see them; null if it does not.
   */
  public @Nullable ElementMoments outputBias(
      VaeConfig config, Examples train, Transforms transforms) {
    return biasOfData(config) ? ElementMoments.of(train, transforms) : null;
  }

  /**
   * How the model's numbers are standardized.
   *
   * @throws VaeException if they are none to be
   */
  public Transforms standardization(VaeConfig config, Examples train) {
    if (standardize == Standardize.none) {
      return Transforms.none();
    }
    if (standardize == Standardize.auto || config.columns().isPresent()) {
      return config.standardization(Vae.catalogue(), train);
    }
    if (train.shape().rank() == IMAGE_RANK || train.elements() != ElementKind.FLOATS) {
      throw new VaeException("--standardize channels is for measured numbers in vectors and series,"
          + " but data set " + Quote.of(train.name()) + " has " + train.elements()
          + " in examples of "
          + train.shape() + "; leave it out");
    }
    return Transforms.of(Standardization.perChannel(train));
  }

  /** Whether the output bias starts from the training examples. */
  public boolean biasOfData(VaeConfig config) {
    return outputBias == null
        ? config.component(Kind.LIKELIHOOD).type().equals(STARTED_FROM_DATA)
        : outputBias == OutputBias.data;
  }

  private static boolean hasGaps(DataParts data) {
    return Stream.of(Optional.of(data.train()), data.validation(), Optional.of(data.test()))
        .flatMap(Optional::stream)
        .anyMatch(part -> part.mask().isPresent());
  }

  private static VaeConfig toldOfGaps(VaeConfig config) {
    Map<String, List<Integer>> told = new TreeMap<>(config.conditions());
    told.put(Mask.NAME, config.input());
    return config.withConditions(told);
  }

  private List<Condition> told(Examples examples) {
    return conditions.stream().distinct().map(examples::condition).toList();
  }

  private static VaeConfig defaults(Examples examples) {
    Shape image = examples.shape();
    if (examples.columns().isPresent()) {
      return TABLE.withColumns(examples.columns().get());
    }
    if (image.rank() != IMAGE_RANK) {
      return OTHER.withInput(extents(image));
    }
    return (image.dimension(0) == 1 ? VaeConfig.defaults() : colour(examples.size()))
        .withInput(extents(image));
  }

  private static VaeConfig colour(int images) {
    int few = Math.max(1, images / IMAGES_PER_PSEUDO_INPUT);
    ComponentConfig prior = COLOUR.component(Kind.PRIOR);
    return COLOUR.with(Kind.PRIOR, prior.with("components", Math.min(few, PSEUDO_INPUTS)));
  }

  /** Returns the components of a kind that are chosen by the kind of images alone. */
  static Set<String> chosenByImages(Kind<?> kind) {
    return Stream.of(COLOUR, VaeConfig.defaults(), TABLE)
        .map(config -> config.component(kind).type())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static VaeConfig read(Path file, DataParts data) {
    Options json = JsonFile.read(file);
    OptionValue model = json.has("format") ? json.get("model") : null;
    model = model == null ? json : model;
    if (model instanceof Options fields && !fields.has("input")) {
      model = fields.with("input", OptionValue.of(extents(data.shape())));
    }
    VaeConfig config;
    try {
      config = VaeConfig.of(model);
    } catch (VaeException e) {
      throw new VaeException("--config " + Quote.path(file) + ": " + e.getMessage(), e);
    }
    if (!config.input().equals(extents(data.shape()))) {
      throw new VaeException("--config " + Quote.path(file) + " is for examples of "
          + Quote.bare(config.input())
          + ", but data set " + data.name() + " has examples of " + data.shape()
          + "; leave \"input\" out of the file, or choose other --data");
    }
    return config;
  }

  private static List<Integer> extents(Shape shape) {
    return Arrays.stream(shape.toArray()).boxed().toList();
  }
}
