package io.github.jvae.likelihood;

import io.github.jvae.model.IndependentLikelihood;
import io.github.jvae.model.Parameter;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Independent counts of which some are 0 for a reason of their own, as where an instrument missed
 * them (Lambert, "Zero-inflated Poisson regression", 1992): with the probability π, whose logit the
 * decoder makes for each element after all that it makes for the other counts, an element is 0,
 * else a count as another likelihood has it.
 */
public final class ZeroInflated implements IndependentLikelihood {
  /** The name in configurations of negative binomial counts with more zeros. */
  public static final String NEGATIVE_BINOMIAL = "zero-inflated-negative-binomial";

  /** The name in configurations of Poisson counts with more zeros. */
  public static final String POISSON = "zero-inflated-poisson";

  private static final double FIRST_LOGIT = -2;

  private final IndependentLikelihood counts;
  private final String name;

  private ZeroInflated(String name, IndependentLikelihood counts) {
    this.name = name;
    this.counts = counts;
  }

  /** Returns the likelihood of negative binomial counts with more zeros. */
  public static ZeroInflated of(NegativeBinomial counts) {
    return new ZeroInflated(NEGATIVE_BINOMIAL, counts);
  }

  /** Returns the likelihood of Poisson counts with more zeros. */
  public static ZeroInflated of(Poisson counts) {
    return new ZeroInflated(POISSON, counts);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Parameter> parameters() {
    return counts.parameters();
  }

  @Override
  public boolean isDensity() {
    return false;
  }

  @Override
  public Shape decoded(Shape example) {
    return more(counts.decoded(example), example);
  }

  /** One more for each element, that says whether it is 0. */
  @Override
  public Shape noise(Shape example) {
    return more(counts.noise(example), example);
  }

  private Shape more(Shape some, Shape example) {
    return Elements.withExtent(name, example, (double) some.dimension(0) + example.dimension(0));
  }

  @Override
  public void check(HostTensor examples) {
    Elements.requireCounts(name, examples);
  }

  /** The last of the numbers of each element. */
  private static Tensor last(Tensor numbers, int extent) {
    int end = numbers.shape().dimension(1);
    return numbers.slice(1, end - extent, end);
  }

  private static Tensor others(Tensor numbers, int extent) {
    return numbers.slice(1, 0, numbers.shape().dimension(1) - extent);
  }

  @Override
  public Tensor elementLogProb(Tensor x, Tensor decoded) {
    int extent = x.shape().dimension(1);
    Tensor logit = last(decoded, extent);
    Tensor logMass =
        counts.elementLogProb(x, others(decoded, extent)).add(logit.negate().logSigmoid());
    // log(π + (1 - π) p(0)), where either may be all there is.
    Tensor logZero = logit.logSigmoid();
    Tensor distance = logZero.subtract(logMass).abs();
    Tensor either = logZero.maximum(logMass).add(distance.negate().softplus());
    Tensor isCount = x.greater(0.5);
    return logMass.multiply(isCount).add(either.multiply(isCount.negate().add(1)));
  }

  /** How many elements an example has along its first axis. */
  private int extent(Tensor decoded) {
    int all = decoded.shape().dimension(1);
    return all / decoded(Shape.of(1)).dimension(0);
  }

  @Override
  public Tensor mean(Tensor decoded) {
    int extent = extent(decoded);
    return counts
        .mean(others(decoded, extent))
        .multiply(last(decoded, extent).negate().sigmoid());
  }

  @Override
  public Tensor sample(Tensor decoded, Tensor uniform, Tensor normal) {
    int extent = extent(decoded);
    Tensor count =
        counts.sample(others(decoded, extent), others(uniform, extent), others(normal, extent));
    Tensor isCount = last(uniform, extent).greater(last(decoded, extent).sigmoid());
    return count.multiply(isCount);
  }

  /** As without more zeros, of which there are few at first. */
  @Override
  public double[] outputsFor(double mean, double standardDeviation) {
    double[] ofCounts = counts.outputsFor(mean * (1 + Math.exp(FIRST_LOGIT)), standardDeviation);
    double[] outputs = Arrays.copyOf(ofCounts, ofCounts.length + 1);
    outputs[ofCounts.length] = FIRST_LOGIT;
    return outputs;
  }
}
