package io.github.jvae.likelihood;

import io.github.jvae.model.Choice;
import io.github.jvae.model.IndependentLikelihood;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * Independent elements of 256 levels or of so many categories, any of which may be likely: the
 * decoder makes a logit for each, {@code log p(x|z) = Σ l_x - log Σ e^l} (van den Oord,
 * Kalchbrenner and Kavukcuoglu, "Pixel recurrent neural networks", 2016).
 *
 * <p>The decoder's channels are the logits of all elements for black first, and for white last: 256
 * times as many as the example's, and so are the numbers of a step. That is meant for few elements,
 * or for a decoder that ends in a convolution.
 */
public final class Categorical implements IndependentLikelihood {
  /** The name in configurations. */
  public static final String NAME = "categorical";

  private static final int LEVELS = 256;

  private final int count;
  private final boolean ordered;

  /** Of 256 levels, pixels from 0 to 1. */
  public Categorical() {
    this(LEVELS, true);
  }

  private Categorical(int count, boolean ordered) {
    this.count = count;
    this.ordered = ordered;
  }

  /**
   * Returns the likelihood of categories without an order, of which an element is the number.
   *
   * @param count how many there are, at least 1
   */
  public static Categorical ofCategories(int count) {
    return new Categorical(count, false);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Shape decoded(Shape example) {
    return Elements.widened(NAME, example, count);
  }

  @Override
  public void check(HostTensor examples) {
    if (ordered) {
      Elements.requireLevels(NAME, examples);
    } else {
      Elements.require(
          NAME, "numbers of " + count + " categories, from 0", examples, this::isPlace);
    }
  }

  private boolean isPlace(float element) {
    return element >= 0 && element < count && element == Math.rint(element);
  }

  /** How many levels further an element is that is greater by 1. */
  private double levelsOfUnit() {
    return ordered ? count - 1 : 1;
  }

  @Override
  public boolean isDensity() {
    return false;
  }

  /** The logits, [B, levels, D]. */
  private Tensor logits(Tensor decoded) {
    return decoded.reshape(decoded.shape().dimension(0), count, -1);
  }

  /** What belongs to the elements, [B, 1, D], as an example has it. */
  private Tensor arranged(Tensor each, Tensor decoded) {
    return each.reshape(decoded.shape().with(1, decoded.shape().dimension(1) / count));
  }

  /** The place of each level among the logits, [levels, 1]. */
  private Tensor places(Tensor decoded) {
    HostTensor places = HostTensor.zeros(Shape.of(count, 1));
    for (int level = 0; level < count; level++) {
      places.data()[level] = level;
    }
    return decoded.trace().constant(places);
  }

  @Override
  public Tensor elementLogProb(Tensor x, Tensor decoded) {
    Tensor logits = logits(decoded);
    Tensor level = x.reshape(x.shape().dimension(0), 1, -1).multiply(levelsOfUnit());
    Tensor place = places(decoded);
    Tensor chosen = level.greater(place.subtract(0.5)).subtract(level.greater(place.add(0.5)));
    Tensor logMass = logits.multiply(chosen).sum(1).subtract(logits.logSumExp(1));
    return logMass.reshape(x.shape());
  }

  /** The probabilities of the levels, [B, levels, D]. */
  private Tensor masses(Tensor decoded) {
    Tensor logits = logits(decoded);
    Tensor normalizer = logits.logSumExp(1);
    return logits
        .subtract(normalizer.reshape(normalizer.shape().dimension(0), 1, -1))
        .exp();
  }

  /** The expected level; of categories, which have no order and so no mean, the likeliest. */
  @Override
  public Tensor mean(Tensor decoded) {
    Tensor place = ordered
        ? masses(decoded).multiply(places(decoded)).sum(1)
        : Choice.first(likeliest(logits(decoded)), 1);
    return arranged(place, decoded).divide(levelsOfUnit());
  }

  /** 1 where no logit is greater. */
  private static Tensor likeliest(Tensor logits) {
    return logits.reduce(Reduction.MAX, true, 1).greater(logits).negate().add(1);
  }

  /** By the inverse of the distribution function, from the uniform numbers. */
  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    Tensor each = uniform.reshape(uniform.shape().dimension(0), 1, -1);
    return arranged(Choice.number(masses(decoded), each, 1), decoded).divide(levelsOfUnit());
  }

  /**
   * The logits of a normal distribution's density at the levels; of categories, which have no mean,
   * even ones.
   */
  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    double deviation = Math.max(standardDeviation, ScaleParameter.LEAST_DEVIATION);
    double[] logits = new double[count];
    for (int level = 0; ordered && level < count; level++) {
      double distance = (level / levelsOfUnit() - mean) / deviation;
      logits[level] = -0.5 * distance * distance;
    }
    return logits;
  }
}
