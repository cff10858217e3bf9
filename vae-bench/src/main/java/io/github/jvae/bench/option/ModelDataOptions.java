package io.github.jvae.bench.option;

import io.github.jvae.bench.console.Console;
import io.github.jvae.bench.training.DataPlace;
import io.github.jvae.bench.training.TrainingRecord;
import io.github.jvae.checkpoint.ModelFolder;
import io.github.jvae.data.DataParts;
import io.github.jvae.data.Part;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.internal.file.FileFault;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which data a saved model works with: by default those it was trained on, treated alike. */
public final class ModelDataOptions {
  @Option(
      names = "--data",
      paramLabel = "NAME|PATH",
      description = "The data set, as for 'vae train'. Default: the one it was trained on, if that"
          + " has a name; a path has to be given.")
  private @Nullable String source;

  @Mixin
  private DataOptions dataOptions = new DataOptions();

  @Option(
      names = "--binarize",
      paramLabel = "HOW",
      converter = BinarizationName.class,
      description = "How gray values become black or white: none, threshold, stochastic or"
          + " fixed. Default: as in training.")
  private @Nullable Transforms binarization;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of all that is random. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  /** Returns the seed of all that is random. */
  public long seed() {
    return seed;
  }

  /**
   * Opens some of the images.
   *
   * @param model whose provenance says what else to open
   * @throws VaeException if there are none, or they are not in order
   */
  public ImageOptions.Images open(SavedModelOptions model, Part part, Console console) {
    return open(model, List.of(part), console).get(0);
  }

  /** As {@link #open(SavedModelOptions, Part, Console)}, of several parts of one data set. */
  public List<ImageOptions.Images> open(
      SavedModelOptions model, List<Part> parts, Console console) {
    return open(model, source, parts, console);
  }

  /**
   * As {@link #open(SavedModelOptions, Part, Console)}, of all, or the test part of what has parts.
   */
  ImageOptions.Images openAll(SavedModelOptions model, Console console) {
    return open(
            model, source, data -> List.of(data.all().isPresent() ? Part.ALL : Part.TEST), console)
        .get(0);
  }

  /**
   * Opens the images that the model was trained on, or those that are given where they have no
   * name.
   *
   * @param other a data set in their place; null for none
   */
  ImageOptions.Images openTrained(
      SavedModelOptions model, @Nullable String other, Part part, Console console) {
    String named = model.record().namedSource();
    String name = other == null && named == null ? source : other;
    return open(model, name, List.of(part), console).get(0);
  }

  /**
   * As {@link #open(SavedModelOptions, Part, Console)}, of a data set; null for the model's own.
   */
  List<ImageOptions.Images> open(
      SavedModelOptions model, @Nullable String given, List<Part> parts, Console console) {
    return open(model, given, data -> parts, console);
  }

  private List<ImageOptions.Images> open(
      SavedModelOptions model,
      @Nullable String given,
      Function<DataParts, List<Part>> parts,
      Console console) {
    TrainingRecord record = model.record();
    String name = given == null ? named(model, record) : given;
    DataOptions.Otherwise trained =
        new DataOptions.Otherwise(given == null ? record.limit() : null, null, model.reading());
    DataParts data = dataOptions.open(name, trained, console);
    Transforms transforms = transforms(model);
    return parts.apply(data).stream()
        .map(part -> new ImageOptions.Images(
            name,
            (part == Part.TEST ? data : record.asTrained(data)).part(part),
            part,
            transforms,
            seed,
            part == record.selectedOn() && name.equals(record.namedSource())))
        .toList();
  }

  /** Returns what is done to examples for a model. */
  Transforms transforms(SavedModelOptions model) {
    Transforms transforms = model.record().options().transforms();
    return binarization == null ? transforms : transforms.binarized(binarization);
  }

  /** A model's own data, if they are published: a path in it may be a stranger's. */
  private static String named(SavedModelOptions model, TrainingRecord record) {
    String name = record.namedSource();
    if (name != null) {
      return name;
    }
    String known = record.dataName();
    String here = DataPlace.in(new ModelFolder(model.folder()))
        .map(place ->
            " (--data " + Quote.path(place.source()) + ", says " + ModelFolder.LOCAL + " there)")
        .orElse("");
    throw FileFault.fault(
        Quote.path(model.folder())
            + (known == null
                ? " does not say what it was trained on"
                : " was trained on " + Quote.of(known)
                    + ", not on a published data set by its name, and a model does not decide which"
                    + " folder is read")
            + "; name the data with --data" + here,
        null);
  }
}
