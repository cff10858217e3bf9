package io.github.jvae.bench.option;

import io.github.jvae.bench.console.Console;
import io.github.jvae.data.Part;
import io.github.jvae.evaluate.AnomalyThreshold;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Above which score an example is called anomalous. */
public final class ThresholdOptions {
  /** The parts of a data set that a model saw. */
  enum Seen {
    train(Part.TRAIN),
    validation(Part.VALIDATION);

    private final Part part;

    Seen(Part part) {
      this.part = part;
    }
  }

  @Option(
      names = "--threshold-quantile",
      paramLabel = "Q",
      description =
          "Call anomalous what scores above this quantile of usual examples, such as 0.99:"
              + " a column 'anomaly' of 0 and 1, by the first score. Default: no such column.")
  private @Nullable Double quantile;

  @Option(
      names = "--against",
      paramLabel = "PART",
      defaultValue = "train",
      description = "What the quantile is of: the part of the model's data that it was trained on"
          + " or, sparing it, was chosen by: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Seen against = Seen.train;

  /**
   * Returns the quantile, if there is a threshold.
   *
   * @throws picocli.CommandLine.ParameterException if it is not between 0 and 1
   */
  public Optional<Double> quantile(OutputOptions output) {
    if (quantile != null) {
      output.require(AnomalyThreshold.QUANTILES, "--threshold-quantile", quantile);
    }
    return Optional.ofNullable(quantile);
  }

  /** Returns the part of the model's data that the quantile is of. */
  public Part part() {
    return against.part;
  }

  /**
   * Opens the images that the quantile is of.
   *
   * @param other a data set in place of the model's own; null for none
   * @throws io.github.jvae.error.VaeException if they are not there
   */
  public ImageOptions.Images open(
      ImageOptions images, SavedModelOptions model, @Nullable String other, Console console) {
    ImageOptions.Images seen = images.openTrained(model, other, part(), console);
    if (against == Seen.train && !model.record().isTrainedOn(seen.data())) {
      console.note(
          "the threshold is a quantile of examples that are not those the model was trained"
              + " on (their SHA-256 differs)");
    }
    return seen;
  }
}
