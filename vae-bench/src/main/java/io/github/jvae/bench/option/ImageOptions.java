package io.github.jvae.bench.option;

import io.github.jvae.Vae;
import io.github.jvae.bench.console.Console;
import io.github.jvae.column.Columns;
import io.github.jvae.data.Batch;
import io.github.jvae.data.Batches;
import io.github.jvae.data.Binarization;
import io.github.jvae.data.Examples;
import io.github.jvae.data.Part;
import io.github.jvae.data.Pass;
import io.github.jvae.data.Transforms;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import io.github.jvae.tensor.HostTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which part of the data a saved model is shown: by default the images it was tested on. */
public final class ImageOptions {
  /** The parts of a data set. */
  enum Split {
    train(Part.TRAIN),
    validation(Part.VALIDATION),
    test(Part.TEST),
    all(Part.ALL);

    private final Part part;

    Split(Part part) {
      this.part = part;
    }
  }

  @Mixin
  private ModelDataOptions data = new ModelDataOptions();

  @Option(
      names = "--split",
      paramLabel = "PART",
      description =
          "The part of the data: ${COMPLETION-CANDIDATES}; all, in the order of the file,"
              + " where it did not come in parts, which is what 'vae impute' takes by itself. Default: test.")
  private @Nullable Split split;

  /** Returns the seed of all that is random. */
  public long seed() {
    return data.seed();
  }

  /**
   * Opens the images.
   *
   * @param model whose provenance says what else to open
   * @throws VaeException if there are none, or they are not in order
   */
  public Images open(SavedModelOptions model, Console console) {
    return data.open(model, part(), console);
  }

  /**
   * Opens all of what did not come in parts, unless one of them is asked for.
   *
   * @throws VaeException as {@link #open}
   */
  public Images openAll(SavedModelOptions model, Console console) {
    return split == null ? data.openAll(model, console) : data.open(model, split.part, console);
  }

  private Part part() {
    return split == null ? Part.TEST : split.part;
  }

  /**
   * Opens the same part of another data set.
   *
   * @throws VaeException as {@link #open}
   */
  public Images openOther(SavedModelOptions model, String source, Console console) {
    return data.open(model, source, List.of(part()), console).get(0);
  }

  /** Returns the same images, treated as another model was trained. */
  public Images sameFor(SavedModelOptions other, Images images) {
    return images.with(data.transforms(other));
  }

  /**
   * Opens a part of what the model was trained on: by its published name or, without one, by what
   * is given.
   *
   * @param other a data set in its place; null for none
   * @throws VaeException as {@link #open}
   */
  public Images openTrained(
      SavedModelOptions model, @Nullable String other, Part part, Console console) {
    return data.openTrained(model, other, part, console);
  }

  /**
   * Images for a model.
   *
   * @param source the data set as it was asked for
   * @param data the images
   * @param part of the data set that they are
   * @param transforms what is done to them
   * @param seed of all that is random
   * @param judges whether these are the images that chose the best epoch of the model's training
   */
  public record Images(
      String source, Examples data, Part part, Transforms transforms, long seed, boolean judges) {

    /** Returns which examples these are, in words. */
    public String words() {
      return part == Part.ALL ? source : source + ", its " + part + " part";
    }

    /** Returns the same images, to be treated in another way. */
    public Images with(Transforms others) {
      return new Images(source, data, part, others, seed, judges);
    }

    /** Returns how grey values become black or white, in a word. */
    public String binarization() {
      return transforms.binarization().map(Binarization::toString).orElse(Binarization.NONE);
    }

    /**
     * Checks that a model can take them.
     *
     * @throws VaeException if their size is another, or a condition has other classes
     */
    public Images requireFor(Vae vae) {
      if (!data.shape().equals(vae.config().shape())) {
        throw new VaeException("data set " + Quote.path(source) + " has examples of "
            + data.shape() + ", but the model takes " + vae.config().shape()
            + "; name other examples with --data");
      }
      vae.config().columns().ifPresent(this::requireColumns);
      data.requireFor(vae.config().shape(), vae.runtime().conditions());
      vae.config().requireClasses(data);
      return this;
    }

    private void requireColumns(Columns wanted) {
      if (!data.columns().equals(Optional.of(wanted))) {
        throw new VaeException("data set " + Quote.path(source) + " has the columns "
            + Quote.list(data.columns().map(Columns::names).orElse(List.of()))
            + ", but the model takes " + Quote.list(wanted.names())
            + ", in this order and of the kinds and categories in its config.json");
      }
    }

    /**
     * Checks that there is an image of a number.
     *
     * @param option that gave the number
     * @throws VaeException if there is none
     */
    public int requireIndex(String option, int index) {
      if (index < 0 || index >= data.size()) {
        throw new VaeException(option + " " + index + " is not there: the examples of "
            + Quote.path(source) + " are numbered 0 to " + (data.size() - 1));
      }
      return index;
    }

    /**
     * Returns batches in the order of the data, transformed, with what the model is told of them.
     */
    public Batches batches(Vae vae, int batchSize) {
      return Batches.of(data, Math.min(batchSize, data.size()))
          .withConditions(vae.runtime().conditions().keySet())
          .transformed(transforms, Pass.test(seed));
    }

    /**
     * Returns the first images.
     *
     * @param count at most so many
     */
    public Batch first(Vae vae, int count) {
      return batches(vae, count).iterator().next();
    }

    /**
     * Returns what the model is told of the first images.
     *
     * @param count at most so many
     */
    public Map<String, HostTensor> conditionsOfFirst(Vae vae, int count) {
      return vae.runtime().conditions().isEmpty() ? Map.of() : first(vae, count).conditions();
    }

    /** Returns what the model is told of one image, [1, ...] each. */
    public Map<String, HostTensor> conditions(Vae vae, int index) {
      Map<String, HostTensor> told = new LinkedHashMap<>();
      vae.runtime().conditions().forEach((name, shape) -> {
        HostTensor value = HostTensor.zeros(shape.prepend(1));
        data.condition(name).read(index, value.data(), 0);
        told.put(name, value);
      });
      return told;
    }

    /**
     * One image.
     *
     * @return [1, channels, height, width]
     */
    public HostTensor image(int index) {
      HostTensor result = data.tensor(index);
      transforms.in(Pass.test(seed)).apply(index, result.data(), 0, result.data().length);
      return result;
    }
  }
}
