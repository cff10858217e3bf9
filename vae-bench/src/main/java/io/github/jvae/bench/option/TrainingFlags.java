package io.github.jvae.bench.option;

import io.github.jvae.backend.Optimizer;
import io.github.jvae.data.Holdout;
import io.github.jvae.data.Transforms;
import io.github.jvae.train.Schedule;
import io.github.jvae.train.TrainingOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to train, as flags; how long is {@link LengthFlags}'. */
public final class TrainingFlags {
  private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Examples per step, unless --accumulate makes it several batches." + DEFAULT)
  private int batchSize = 128;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Batches per step: weights move along the mean gradient of N batches, as on one"
          + " batch of N times the size, but with the memory of one." + DEFAULT)
  private int accumulate = 1;

  @Option(
      names = "--lr",
      paramLabel = "SCHEDULE",
      description =
          "The learning rate, from 1e-30 to 1000: a number; 1e-3..1e-5@20 for a line over 20 epochs;"
              + " cosine:1e-3..0@20 for half a wave; plateau:1e-3..1e-6@5x0.5 to halve it whenever 5"
              + " epochs in a row give no better ELBO by which the best is chosen; cyclical:0..1e-3@8"
              + " for cycles of 8 epochs, each a line over its first half; 1e-3,200=6e-4 for a change at"
              + " epoch 200, also to another of these, as the warm-up 0..1e-3@5,5=cosine:1e-3..0@95; or"
              + " iwae for the rates of Burda et al., made for 3280 epochs." + DEFAULT)
  private String learningRate = "0.001";

  @Option(
      names = "--beta",
      paramLabel = "SCHEDULE",
      description =
          "The weight of the divergence in the loss, from 0 to 1e9: written like --lr, such as"
              + " 0..1@10 or cyclical:0..1@10; 1 is the bound itself. Default: 1.")
  private @Nullable String klWeight;

  @Option(
      names = "--schedule",
      paramLabel = "NAME=SCHEDULE",
      description = "Of another number that the objective lets change, written like --lr.")
  private Map<String, String> others = new LinkedHashMap<>();

  @Option(
      names = "--binarize",
      paramLabel = "HOW",
      converter = BinarizationName.class,
      description =
          "How gray values become black or white: none, threshold, stochastic (by coins, anew in"
              + " every epoch) or fixed (by coins, once for all)." + DEFAULT)
  private Transforms binarization = Transforms.none();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the first weights, the order of the examples and all noise." + DEFAULT)
  private long seed = 1;

  @Option(names = "--drop-last", description = "Leave out an epoch's smaller last batch.")
  private boolean dropLast;

  /**
   * The options of a new training, of the usual length.
   *
   * @throws picocli.CommandLine.ParameterException that lists what is wrong with them
   */
  public TrainingOptions options(OptimizerFlags flags, OutputOptions output) {
    Optimizer optimizer = flags.optimizer(output);
    return Typed.value(
        output,
        () -> scheduled(TrainingOptions.defaults()
            .withBatchSize(batchSize)
            .withAccumulate(accumulate)
            .withLearningRate(Schedule.parseLearningRate("--lr", learningRate))
            .withOptimizer(optimizer)
            .withTransforms(binarization)
            .withValidation(Holdout.none())
            .withSeed(seed)
            .withDropLast(dropLast)));
  }

  private TrainingOptions scheduled(TrainingOptions plain) {
    TrainingOptions options = plain;
    if (klWeight != null) {
      options = options.withKlWeight(Schedule.parse("--beta", klWeight));
    }
    for (Map.Entry<String, String> other : others.entrySet()) {
      String name = other.getKey();
      options = options.withSchedule(name, Schedule.parse("--schedule " + name, other.getValue()));
    }
    return options;
  }
}
