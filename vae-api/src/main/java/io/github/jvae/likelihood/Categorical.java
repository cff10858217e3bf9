package io.github.jvae.likelihood;

import io.github.jvae.model.Choice;
import io.github.jvae.model.Inputs;
import io.github.jvae.model.Likelihood;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * Independent elements of 256 levels, any of which may be likely: the decoder makes a logit for
 * each, {@code log p(x|z) = Σ l_x - log Σ e^l} (van den Oord, Kalchbrenner and Kavukcuoglu, "Pixel
 * recurrent neural networks", 2016).
 *
 * <p>The decoder's channels are the logits of all elements for black first, and for white last: 256
 * times as many as the example's, and so are the numbers of a step. That is meant for few elements,
 * or for a decoder that ends in a convolution.
 */
final class Categorical implements Likelihood {
  /** The name in configurations. */
  public static final String NAME = "categorical";

  private static final int LEVELS = 256;
  private static final double WHITE = LEVELS - 1;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Shape decoded(Shape example) {
    return Elements.widened(NAME, example, LEVELS);
  }

  @Override
  public void check(HostTensor examples) {
    Elements.requireLevels(NAME, examples);
  }

  @Override
  public boolean isDensity() {
    return false;
  }

  /** The logits, [B, 256, D]. */
  private static Tensor logits(Tensor decoded) {
    return decoded.reshape(decoded.shape().dimension(0), LEVELS, -1);
  }

  /** What belongs to the elements, [B, 1, D], as an example has it. */
  private static Tensor arranged(Tensor each, Tensor decoded) {
    return each.reshape(decoded.shape().with(1, decoded.shape().dimension(1) / LEVELS));
  }

  /** The place of each level among the logits, [256, 1]. */
  private static Tensor places(Tensor decoded) {
    HostTensor places = HostTensor.zeros(Shape.of(LEVELS, 1));
    for (int level = 0; level < LEVELS; level++) {
      places.data()[level] = level;
    }
    return decoded.trace().constant(places);
  }

  @Override
  public Tensor logProb(Inputs in, Tensor decoded) {
    Tensor logits = logits(decoded);
    Tensor level = in.x().reshape(in.size(), 1, -1).multiply(WHITE);
    Tensor place = places(decoded);
    Tensor chosen = level.greater(place.subtract(0.5)).subtract(level.greater(place.add(0.5)));
    Tensor logMass = logits.multiply(chosen).sum(1).subtract(logits.logSumExp(1));
    return in.sum(logMass.reshape(in.x().shape()));
  }

  /** The probabilities of the levels, [B, 256, D]. */
  private static Tensor masses(Tensor decoded) {
    Tensor logits = logits(decoded);
    Tensor normalizer = logits.logSumExp(1);
    return logits
        .subtract(normalizer.reshape(normalizer.shape().dimension(0), 1, -1))
        .exp();
  }

  @Override
  public Tensor mean(Tensor decoded) {
    Tensor level = masses(decoded).multiply(places(decoded)).sum(1);
    return arranged(level, decoded).divide(WHITE);
  }

  /** By the inverse of the distribution function, from the uniform numbers. */
  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    Tensor each = uniform.reshape(uniform.shape().dimension(0), 1, -1);
    return arranged(Choice.number(masses(decoded), each, 1), decoded).divide(WHITE);
  }

  /** The logits of a normal distribution's density at the levels. */
  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    double deviation = Math.max(standardDeviation, ScaleParameter.LEAST_DEVIATION);
    double[] logits = new double[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      double distance = (level / WHITE - mean) / deviation;
      logits[level] = -0.5 * distance * distance;
    }
    return logits;
  }
}
