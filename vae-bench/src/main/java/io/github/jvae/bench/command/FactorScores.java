package io.github.jvae.bench.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.jvae.Vae;
import io.github.jvae.bench.console.Bar;
import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.console.JsonResult;
import io.github.jvae.bench.console.StandardError;
import io.github.jvae.bench.option.BoundedInteger;
import io.github.jvae.bench.option.EngineOptions;
import io.github.jvae.bench.option.ImageOptions;
import io.github.jvae.bench.option.OutputOptions;
import io.github.jvae.bench.option.SavedModelOptions;
import io.github.jvae.disentanglement.Disentanglement;
import io.github.jvae.disentanglement.DisentanglementMetric;
import io.github.jvae.disentanglement.DisentanglementScore;
import io.github.jvae.disentanglement.KnownFactor;
import io.github.jvae.disentanglement.KnownFactors;
import io.github.jvae.disentanglement.LatentCodes;
import io.github.jvae.disentanglement.UnsupervisedRanking;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.Quote;
import io.github.jvae.model.ClassifierModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code vae evaluate} tells of latent dimensions beside the known factors of the data. */
final class FactorScores {
  /** How often examples may be drawn anew. */
  static final class ResampleCount extends BoundedInteger {
    ResampleCount() {
      super(0, 10_000);
    }
  }

  private static final int STANDARD_RESAMPLES = 50;

  @Option(
      names = "--factors",
      description = "Also tell how the latent dimensions go together with the known factors and"
          + " labels of the data: MIG, DCI, SAP, FactorVAE score, modularity and explicitness,"
          + " with standard errors over resamples of the examples.")
  private boolean wanted;

  @Option(
      names = "--categorical",
      paramLabel = "NAME[,NAME]",
      split = ",",
      description = "With --factors: which factors of the data are categories although they are"
          + " numbers. Labels are by themselves.")
  private List<String> categorical = List.of();

  @Option(
      names = "--against",
      paramLabel = "MODEL",
      arity = "1..*",
      description = "With --factors: the folders of models that differ in --seed, after MODEL."
          + " Adds the scores' mean over all of them, its standard error over models, and"
          + " UDR, which ranks models by how alike their dimensions are.")
  private List<Path> others = List.of();

  @Option(
      names = "--resamples",
      paramLabel = "N",
      converter = ResampleCount.class,
      description = "With --factors: how often the examples are drawn anew for the standard"
          + " errors, at most 10000; 0 for none. Default: " + STANDARD_RESAMPLES + ".")
  private @Nullable Integer resamples;

  /**
   * The codes of the same examples by one model or several.
   *
   * @param factors of the examples
   * @param byFolder the codes of each model, the evaluated one first
   */
  record Codes(KnownFactors factors, Map<Path, LatentCodes> byFolder) {
    LatentCodes own() {
      return byFolder.values().iterator().next();
    }
  }

  /** The scores of one model. */
  private record ModelScores(Path folder, LatentCodes codes, List<DisentanglementScore> scores) {
    DisentanglementScore of(DisentanglementMetric metric) {
      return scores.stream()
          .filter(score -> score.metric() == metric)
          .findFirst()
          .orElseThrow();
    }
  }

  /** Checks that the flags go together, before anything is read. */
  void requireInOrder(SavedModelOptions model, OutputOptions output) {
    if (!wanted && (!categorical.isEmpty() || !others.isEmpty() || resamples != null)) {
      throw output.usage("--categorical, --against and --resamples go with --factors; give it too");
    }
    Set<Path> seen = new HashSet<>(Set.of(normal(model.folder())));
    for (Path other : others) {
      if (!seen.add(normal(other))) {
        throw output.usage("--against names " + Quote.path(other)
            + ", which is compared already; name models of other seeds");
      }
    }
  }

  private static Path normal(Path folder) {
    return folder.toAbsolutePath().normalize();
  }

  /**
   * Encodes the images by all models, if it was asked for, so that what cannot be compared is told
   * before anything is measured; null otherwise.
   */
  @Nullable
  Codes encode(
      Vae vae,
      SavedModelOptions model,
      ImageOptions.Images images,
      ImageOptions imageOptions,
      int batchSize,
      EngineOptions engine,
      OutputOptions output) {
    if (!wanted) {
      return null;
    }
    KnownFactors factors = noted(
        KnownFactors.of(images.data(), new HashSet<>(categorical)),
        vae.runtime().conditions().keySet());
    Map<Path, LatentCodes> byFolder = new LinkedHashMap<>();
    byFolder.put(model.folder(), codes(vae, images, batchSize));
    for (Path folder : others) {
      SavedModelOptions other = SavedModelOptions.of(folder);
      try (Vae another = other.open(engine, output)) {
        if (another.runtime().model() instanceof ClassifierModel) {
          throw new ConfigurationException(Quote.path(folder)
              + " is a classifier, which has no latent dimensions; leave it out of --against");
        }
        ImageOptions.Images same = imageOptions.sameFor(other, images).requireFor(another);
        requireOther(folder, codes(another, same, batchSize), byFolder);
      }
    }
    Disentanglement.require(byFolder.get(model.folder()), factors.list());
    return new Codes(factors, byFolder);
  }

  /** Adds what the model is told to the notes. */
  private static KnownFactors noted(KnownFactors factors, Set<String> told) {
    List<String> notes = new ArrayList<>(factors.notes());
    told.forEach(name -> notes.add("the model is told " + Quote.bare(name)
        + ", which its latent dimensions therefore need not hold"));
    return new KnownFactors(factors.list(), notes);
  }

  private static void requireOther(Path folder, LatentCodes codes, Map<Path, LatentCodes> others) {
    others.forEach((other, before) -> {
      if (before.isSameAs(codes)) {
        throw new ConfigurationException(Quote.path(folder) + " encodes every example exactly as "
            + Quote.path(other) + " does, so it is the same model or was trained with the same"
            + " seed; train it with another --seed");
      }
    });
    others.put(folder, codes);
  }

  private static LatentCodes codes(Vae vae, ImageOptions.Images images, int batchSize) {
    return LatentCodes.of(
        vae.runtime(),
        vae.inference(),
        images.data(),
        batchSize,
        images.transforms(),
        images.seed());
  }

  /** Measures and tells, if it was asked for. */
  void tell(@Nullable Codes codes, long seed, Console console, JsonResult result) {
    if (codes == null) {
      return;
    }
    List<ModelScores> models = models(codes, seed, console);
    console.say(
        "factors        %s; active: %d of %d latent dimensions",
        codes.factors().list().stream()
            .map(KnownFactor::toString)
            .collect(Collectors.joining(", ")),
        codes.own().activeDimensions(),
        codes.own().latent());
    codes.factors().notes().forEach(note -> console.say("               %s", note));
    console.say(
        "  %-21s%7s  %14s%s",
        "", "value", "standard error", models.size() == 1 ? "" : meanTitle(models.size()));
    for (DisentanglementScore score : models.get(0).scores()) {
      console.say(line(score, models));
    }
    result.put("disentanglement", json(codes.factors(), models));
  }

  private static String meanTitle(int models) {
    return "  " + title(models) + "  standard error";
  }

  private static String title(int models) {
    return "mean of " + models + " models";
  }

  private static String line(DisentanglementScore score, List<ModelScores> models) {
    Optional<String> obstacle = score.obstacle();
    String own = String.format(
        Locale.ROOT,
        "  %-21s%7s  %14s",
        score.metric(),
        StandardError.number(score.value(), 3),
        obstacle.isPresent() ? "" : StandardError.number(score.standardError(), 3));
    if (obstacle.isPresent()) {
      return own.stripTrailing() + "  " + obstacle.get();
    }
    if (models.size() == 1) {
      return own;
    }
    double[] all = values(score.metric(), models);
    return own
        + String.format(
            Locale.ROOT,
            "  %" + title(models.size()).length() + "s  %14s",
            StandardError.number(mean(all), 3),
            StandardError.number(errorOfMean(all), 3));
  }

  private List<ModelScores> models(Codes codes, long seed, Console console) {
    int draws = resamples == null ? STANDARD_RESAMPLES : resamples;
    List<ModelScores> models = new ArrayList<>();
    try (Bar bar = console.bar("factors", draws)) {
      codes
          .byFolder()
          .forEach((folder, each) -> models.add(new ModelScores(
              folder,
              each,
              Disentanglement.of(
                  each, codes.factors().list(), models.isEmpty() ? draws : 0, seed, bar::to))));
    }
    if (models.size() == 1) {
      return models;
    }
    List<Double> ranking = UnsupervisedRanking.of(List.copyOf(codes.byFolder().values()));
    List<ModelScores> ranked = new ArrayList<>();
    for (ModelScores model : models) {
      List<DisentanglementScore> scores = new ArrayList<>(model.scores());
      scores.add(new DisentanglementScore(
          DisentanglementMetric.UDR, ranking.get(ranked.size()), Double.NaN, Optional.empty()));
      ranked.add(new ModelScores(model.folder(), model.codes(), scores));
    }
    return ranked;
  }

  private static double[] values(DisentanglementMetric metric, List<ModelScores> models) {
    return models.stream().mapToDouble(model -> model.of(metric).value()).toArray();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Returns the standard error of a mean, with the unbiased variance. */
  private static double errorOfMean(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1) / values.length);
  }

  private static ObjectNode json(KnownFactors factors, List<ModelScores> models) {
    ModelScores own = models.get(0);
    JsonResult result = new JsonResult()
        .put("factors", array(factors.list().stream().map(KnownFactor::name).toList()))
        .put("notes", array(factors.notes()))
        .put("active_dimensions", own.codes().activeDimensions())
        .put("scores", json(own));
    if (models.size() > 1) {
      ArrayNode each = JsonNodeFactory.instance.arrayNode();
      for (ModelScores model : models) {
        each.add(new JsonResult()
            .put("model", model.folder().toString())
            .put("active_dimensions", model.codes().activeDimensions())
            .put("scores", json(model))
            .toJson());
      }
      result.put("models", each);
      JsonResult means = new JsonResult();
      for (DisentanglementScore score : own.scores()) {
        double[] all = values(score.metric(), models);
        means.put(
            score.key(),
            new JsonResult()
                .put("mean", (Double) mean(all))
                .put("standard_error", (Double) errorOfMean(all))
                .toJson());
      }
      result.put("over_models", means.toJson());
    }
    return result.toJson();
  }

  private static ObjectNode json(ModelScores model) {
    JsonResult result = new JsonResult();
    for (DisentanglementScore score : model.scores()) {
      JsonResult each = new JsonResult()
          .put("value", (Double) score.value())
          .put("standard_error", (Double) score.standardError());
      score.obstacle().ifPresent(why -> each.put("obstacle", why));
      result.put(score.key(), each.toJson());
    }
    return result.toJson();
  }

  private static ArrayNode array(List<String> values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(array::add);
    return array;
  }
}
