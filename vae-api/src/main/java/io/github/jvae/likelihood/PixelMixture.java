package io.github.jvae.likelihood;

import io.github.jvae.model.Choice;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a decoder made for a {@link LogisticMixture}, while it is recorded: B examples of P pixels
 * of C channels, in K components.
 *
 * @param logWeights the logarithms of weights that add up to 1, [B, K, P]
 * @param means of each channel, pixels from 0 to 1, [B, K, P]
 * @param logScales of each channel, bounded, [B, K, P]
 * @param coefficients of each channel, one for each channel before it, [B, K, P]
 * @param images the shape of the examples, [B, ...]
 */
record PixelMixture(
    Tensor logWeights,
    List<Tensor> means,
    List<Tensor> logScales,
    List<List<Tensor>> coefficients,
    Shape images) {
  private static final int BATCH_OF_IMAGES = 4;

  /** From pixels between -1 and 1 to pixels between 0 and 1. */
  private static final double HALF = 0.5;

  /** Reads a decoder's numbers, [B, ...] as {@link LogisticMixture#decoded} says. */
  static PixelMixture of(Tensor decoded, int components) {
    Shape shape = decoded.shape();
    boolean ofImages = shape.rank() == BATCH_OF_IMAGES;
    int channels = ofImages ? channels(shape.dimension(1) / components) : 1;
    int numbers = (channels + 1) * (channels + 2) / 2;
    Tensor parts = decoded.reshape(shape.dimension(0), numbers, components, -1);
    List<Tensor> each = new ArrayList<>();
    for (int i = 0; i < numbers; i++) {
      each.add(parts.slice(1, i, i + 1).reshape(shape.dimension(0), components, -1));
    }
    int extent = ofImages ? channels : shape.dimension(1) / (numbers * components);
    return of(each, channels, shape.with(1, extent));
  }

  /** The number of channels of which a component has so many numbers. */
  private static int channels(int numbers) {
    int channels = 1;
    while ((channels + 1) * (channels + 2) / 2 < numbers) {
      channels++;
    }
    return channels;
  }

  private static PixelMixture of(List<Tensor> each, int channels, Shape images) {
    Tensor logits = each.get(0);
    List<Tensor> means = new ArrayList<>();
    List<Tensor> logScales = new ArrayList<>();
    List<List<Tensor>> coefficients = new ArrayList<>();
    int next = 1 + 2 * channels;
    for (int channel = 0; channel < channels; channel++) {
      means.add(each.get(1 + channel).multiply(HALF).add(HALF));
      Tensor logScale = each.get(1 + channels + channel).add(Math.log(HALF));
      logScales.add(LogisticLevels.bounded(logScale));
      coefficients.add(
          each.subList(next, next + channel).stream().map(Tensor::tanh).toList());
      next += channel;
    }
    Tensor normalizer = logits.reduce(Reduction.LOG_SUM_EXP, true, 1);
    return new PixelMixture(logits.subtract(normalizer), means, logScales, coefficients, images);
  }

  /** Returns B. */
  int batch() {
    return images.dimension(0);
  }

  /** Returns C. */
  int channels() {
    return means.size();
  }

  /** Returns each channel of examples, [B, 1, P]. */
  List<Tensor> channels(Tensor examples) {
    Tensor pixels = examples.reshape(batch(), channels(), -1);
    List<Tensor> each = new ArrayList<>();
    for (int channel = 0; channel < channels(); channel++) {
      each.add(pixels.slice(1, channel, channel + 1));
    }
    return each;
  }

  /** Returns examples of their channels, [B, 1, P]. */
  Tensor arranged(List<Tensor> channels) {
    Tensor first = channels.get(0);
    Tensor[] others = channels.subList(1, channels.size()).toArray(Tensor[]::new);
    return first.concat(1, others).reshape(images);
  }

  /** The mean of a channel in each component, given those before it. */
  private Tensor mean(int channel, List<Tensor> before) {
    Tensor mean = means.get(channel);
    for (int j = 0; j < channel; j++) {
      Tensor excess = before.get(j).subtract(HALF);
      mean = mean.add(coefficients.get(channel).get(j).multiply(excess));
    }
    return mean;
  }

  /**
   * Returns the logarithm of the mass of each pixel, [B, P].
   *
   * @param levels of each channel, [B, 1, P]
   * @param observed 1 where a level was observed; empty if all were
   */
  Tensor logMass(List<Tensor> levels, Optional<List<Tensor>> observed) {
    List<Tensor> before = new ArrayList<>();
    Tensor joint = logWeights;
    for (int channel = 0; channel < channels(); channel++) {
      Tensor level = levels.get(channel);
      Tensor logMass = LogisticLevels.logMass(level, mean(channel, before), logScales.get(channel));
      if (observed.isPresent()) {
        Tensor mask = observed.get().get(channel);
        logMass = logMass.multiply(mask);
        level = level.subtract(HALF).multiply(mask).add(HALF);
      }
      joint = joint.add(logMass);
      before.add(level);
    }
    return joint.logSumExp(1);
  }

  /** Returns the expected level of each channel, [B, 1, P]; see {@link LogisticMixture#mean}. */
  List<Tensor> mean() {
    List<Tensor> inComponents = new ArrayList<>();
    List<Tensor> together = new ArrayList<>();
    Tensor weights = logWeights.exp();
    for (int channel = 0; channel < channels(); channel++) {
      Tensor mean = LogisticLevels.mean(mean(channel, inComponents), logScales.get(channel));
      inComponents.add(mean);
      together.add(mean.multiply(weights).reduce(Reduction.SUM, true, 1));
    }
    return together;
  }

  /**
   * Draws levels.
   *
   * @param uniform numbers from (0, 1), [B, C + 1, P]
   * @return of each channel, [B, 1, P]
   */
  List<Tensor> sample(Tensor uniform) {
    Tensor chosen = Choice.oneHot(logWeights.exp(), uniform.slice(1, 0, 1), 1);
    List<Tensor> drawn = new ArrayList<>();
    for (int channel = 0; channel < channels(); channel++) {
      Tensor mean = mean(channel, drawn).multiply(chosen);
      Tensor logScale = logScales.get(channel).multiply(chosen);
      drawn.add(LogisticLevels.draw(
          mean.reduce(Reduction.SUM, true, 1),
          logScale.reduce(Reduction.SUM, true, 1),
          uniform.slice(1, channel + 1, channel + 2)));
    }
    return drawn;
  }
}
