package io.github.jvae.bench.option;

import io.github.jvae.train.TrainingOptions;
import picocli.CommandLine.Option;

/** How long to train, as flags. */
public final class LengthFlags {
  private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Passes over the training examples." + DEFAULT)
  private int epochs = 3;

  @Option(
      names = "--patience",
      paramLabel = "N",
      converter = CountFromZero.class,
      description =
          "Stop after N epochs without a better ELBO on the test examples, which then flatter the"
              + " result; 0 for never." + DEFAULT)
  private int patience;

  /**
   * The options of a training, of this length.
   *
   * @throws picocli.CommandLine.ParameterException if it is out of range
   */
  public TrainingOptions of(TrainingOptions options, OutputOptions output) {
    return Typed.value(output, () -> options.withEpochs(epochs).withPatience(patience));
  }

  /**
   * The options of a training that goes on: as they were, but for those that may change.
   *
   * @throws picocli.CommandLine.ParameterException if one of them is out of range
   */
  public TrainingOptions resumed(TrainingOptions before, OutputOptions output) {
    return Typed.value(output, () -> {
      TrainingOptions result = output.isGiven("--epochs") ? before.withEpochs(epochs) : before;
      return output.isGiven("--patience") ? result.withPatience(patience) : result;
    });
  }
}
