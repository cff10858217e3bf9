package io.github.jvae.likelihood;

import io.github.jvae.model.Choice;
import io.github.jvae.model.IndependentLikelihood;
import io.github.jvae.option.OptionDescription;
import io.github.jvae.option.OptionType;
import io.github.jvae.option.Options;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * Independent elements of several modes, each a mixture of K normal distributions: {@code log
 * p(x|z) = Σ log Σ_k π_k N(x; μ_k, σ_k²)}. What Xu et al. ("Modeling tabular data using conditional
 * GAN", 2019) do to a column before a model sees it, by a mode of its own and a number within that,
 * is a part of the density here.
 *
 * <p>The decoder makes K logits, K means and K logarithms of standard deviations for each element;
 * all first ones come first. Its means are added to places between -1.5 and 1.5, so that components
 * differ from the start where elements are standardized.
 */
final class GaussianMixture implements IndependentLikelihood {
  /** The name in configurations. */
  public static final String NAME = "gaussian-mixture";

  private static final OptionDescription<Integer> MODES = OptionDescription.of(
      "modes",
      OptionType.wholeNumber(1),
      5,
      "How many normal distributions are mixed for an element.");

  private static final double REACH = 1.5;

  private final int components;

  /** @param components how many distributions are mixed for an element, at least 1 */
  public GaussianMixture(int components) {
    this.components = components;
  }

  /** Reads {@code modes} (default 5). */
  public static GaussianMixture of(Options options) {
    return new GaussianMixture(MODES.in(options));
  }

  /** Returns the options that {@link #of} reads. */
  public static OptionDescription<?>[] options() {
    return new OptionDescription<?>[] {MODES};
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Shape decoded(Shape example) {
    return Elements.widened(NAME, example, 3.0 * components);
  }

  @Override
  public void check(HostTensor examples) {
    // Every real number has a density.
  }

  @Override
  public boolean isDensity() {
    return true;
  }

  /** One of the three numbers of each component, [B, K, D]. */
  private Tensor numbers(Tensor decoded, int which) {
    return Elements.part(decoded, which, 3).reshape(decoded.shape().dimension(0), components, -1);
  }

  private Tensor means(Tensor decoded) {
    float[] places = new float[components];
    for (int k = 0; k < components; k++) {
      places[k] = (float) (REACH * place(k));
    }
    Tensor offsets = decoded.trace().constant(HostTensor.of(Shape.of(components, 1), places));
    return numbers(decoded, 1).add(offsets);
  }

  /** From -1 to 1; 0 for a single component. */
  private double place(int component) {
    return components == 1 ? 0 : 2.0 * component / (components - 1) - 1;
  }

  private Tensor sigmas(Tensor decoded) {
    return numbers(decoded, 2).exp().add(ScaleParameter.LEAST_OF_COLUMN);
  }

  private static Tensor arranged(Tensor each, Tensor decoded, int numbers) {
    return each.reshape(decoded.shape().with(1, decoded.shape().dimension(1) / numbers));
  }

  @Override
  public Tensor elementLogProb(Tensor x, Tensor decoded) {
    Tensor logits = numbers(decoded, 0);
    Tensor sigmas = sigmas(decoded);
    Tensor distance =
        x.reshape(x.shape().dimension(0), 1, -1).subtract(means(decoded)).divide(sigmas);
    Tensor joint = distance.square().multiply(-0.5).subtract(sigmas.log()).add(logits);
    return joint
        .logSumExp(1)
        .subtract(logits.logSumExp(1))
        .subtract(Poisson.HALF_LOG_TWO_PI)
        .reshape(x.shape());
  }

  @Override
  public Tensor mean(Tensor decoded) {
    Tensor logits = numbers(decoded, 0);
    Tensor weights =
        logits.subtract(logits.reduce(Reduction.LOG_SUM_EXP, true, 1)).exp();
    return arranged(weights.multiply(means(decoded)).sum(1), decoded, 3 * components);
  }

  /** The component by the inverse of its distribution function, then a normal number of it. */
  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    int batch = decoded.shape().dimension(0);
    Tensor logits = numbers(decoded, 0);
    Tensor masses = logits.subtract(logits.reduce(Reduction.MAX, true, 1)).exp();
    Tensor chosen = Choice.oneHot(masses, uniform.reshape(batch, 1, -1), 1);
    Tensor noise = normal.reshape(batch, 1, -1);
    Tensor draws = means(decoded).add(sigmas(decoded).multiply(noise));
    return arranged(draws.multiply(chosen).sum(1), decoded, 3 * components);
  }

  /** Even components that lie within one standard deviation of the mean, as wide as fits. */
  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    double deviation = Math.max(standardDeviation, ScaleParameter.LEAST_DEVIATION);
    double spread = 0;
    for (int k = 0; k < components; k++) {
      spread += place(k) * place(k) / components;
    }
    double width = deviation * Math.sqrt(1 - 0.5 * spread);
    double[] outputs = new double[3 * components];
    for (int k = 0; k < components; k++) {
      outputs[components + k] = mean + place(k) * (deviation * Math.sqrt(0.5) - REACH);
      outputs[2 * components + k] = Math.log(width - ScaleParameter.LEAST_OF_COLUMN);
    }
    return outputs;
  }
}
