package io.github.jvae.objective;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.error.VaeException;
import io.github.jvae.model.BoundTerms;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.LatentModel;
import io.github.jvae.model.Loss;
import io.github.jvae.model.Objective;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * An objective that draws several latent vectors for each example, which is encoded once. The ELBO
 * that it reports is the mean over the draws, with the divergence as drawn.
 */
abstract class MultipleDraws implements Objective {
  /** How many draws an example has, or each of its sets of draws. */
  static final OptionDescription<Integer> DRAWS = OptionDescription.of(
      "draws",
      OptionType.wholeNumber(1, 10_000),
      5,
      "How many latent vectors are drawn for each example, K.");

  /** How many sets of draws an example has. */
  static final OptionDescription<Integer> SETS = OptionDescription.of(
      "sets",
      OptionType.wholeNumber(1, 10_000),
      5,
      "How many sets of so many draws each example has, M.");

  private final String name;
  private final int draws;
  private final String[] bounds;

  /**
   * Describes an objective.
   *
   * @param draws of each example, all together
   * @param bounds the names of the terms that it reports beside the ELBO's
   */
  MultipleDraws(String name, int draws, String... bounds) {
    this.name = name;
    this.draws = draws;
    this.bounds = bounds.clone();
  }

  @Override
  public final String name() {
    return name;
  }

  /** Returns how many latent vectors are drawn for each example. */
  final int draws() {
    return draws;
  }

  @Override
  public final List<String> terms(LatentModel model) {
    return ElboTerms.names(model, bounds);
  }

  /**
   * Returns the size of all draws of an example.
   *
   * @throws VaeException if that is more than an array can hold
   */
  @Override
  public final int noiseSize(LatentModel model) {
    long size = (long) draws * model.noiseSize();
    if (size > Integer.MAX_VALUE) {
      throw new ConfigurationException("objective " + name + " takes " + size
          + " numbers of noise for each example, of " + draws
          + " draws, which no array holds; take fewer draws");
    }
    return (int) size;
  }

  @Override
  public final boolean averagesExamples() {
    return true;
  }

  @Override
  public final Loss evaluate(
      LatentModel model, Inputs in, Tensor noise, Map<String, Tensor> schedules) {
    return in.x()
        .trace()
        .within(
            "objective " + name,
            () -> evaluate(model, in, noise.reshape(in.size() * draws, model.noiseSize())));
  }

  /**
   * Records the loss of a batch.
   *
   * @param noise standard normal, [B · K, {@link LatentModel#noiseSize}]
   */
  abstract Loss evaluate(LatentModel model, Inputs in, Tensor noise);

  /** Returns draws with their weights. */
  final WeightedDraws weighted(BoundTerms bound) {
    return new WeightedDraws(bound, draws);
  }
}
