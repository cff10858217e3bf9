package io.github.jvae.bench.option;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.evaluate.PriorDraws;
import io.github.jvae.internal.Quote;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How latent vectors are drawn from a model's prior. */
public final class DrawOptions {
  @Option(
      names = "--temperature",
      paramLabel = "T|GROUP=T,...",
      hideParamSyntax = true,
      split = ",",
      description = "What the standard deviations of the prior are multiplied by: 1 is the prior, 0"
          + " gives its means. A latent group or a level by its name may have its own, as in"
          + " 0.8,z2=0.5. Default: 1.")
  private List<String> temperatures = List.of();

  @Option(
      names = "--fix",
      paramLabel = "GROUP,...",
      hideParamSyntax = true,
      split = ",",
      description = "Latent groups, or levels, that all images have in common; the others are drawn"
          + " anew for each, given those. Default: none.")
  private List<String> fixed = List.of();

  @Option(
      names = "--like",
      paramLabel = "I",
      converter = CountFromZero.class,
      description = "Take what is fixed from the posterior's mean of this image of --data, counted"
          + " from 0. Default: drawn once from the prior.")
  private @Nullable Integer like;

  /** Returns the number of the image that what is fixed is taken from. */
  public Optional<Integer> like() {
    return Optional.ofNullable(like);
  }

  /** Returns whether groups are fixed. */
  public boolean isFixing() {
    return !fixed.isEmpty();
  }

  /** Returns whether anything is said of the prior. */
  public boolean isGiven() {
    return !temperatures.isEmpty() || isFixing() || like != null;
  }

  /**
   * Returns draws in this way.
   *
   * @param draws in the usual way
   * @throws ConfigurationException if a temperature is no finite number from 0
   */
  public PriorDraws of(PriorDraws draws) {
    PriorDraws changed = draws.fixing(fixed);
    for (String word : temperatures) {
      int equal = word.lastIndexOf('=');
      double value = temperature(word.substring(equal + 1));
      changed =
          equal < 0 ? changed.at(value) : changed.at(word.substring(0, equal).strip(), value);
    }
    return changed;
  }

  private static double temperature(String text) {
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, as what is out of range is.
    }
    throw new ConfigurationException("--temperature must be a number from 0, such as 0.8, or"
        + " GROUP=NUMBER, not " + Quote.of(text));
  }
}
