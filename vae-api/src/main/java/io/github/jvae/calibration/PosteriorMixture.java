package io.github.jvae.calibration;

import io.github.jvae.error.ConfigurationException;
import io.github.jvae.tensor.HostTensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Normal distributions with diagonal covariances, all alike likely: {@code 1/N Σ_n q(z|x_n)}. */
final class PosteriorMixture {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  private final int count;
  private final int latent;
  private final float[] means;
  private final double[] precisions;

  /** The logarithm of each density at its mean. */
  private final double[] tops;

  /**
   * Takes the posteriors of N examples.
   *
   * @param mean [N, L]
   * @param logVariance [N, L]
   * @throws ConfigurationException if a number is not finite
   */
  PosteriorMixture(HostTensor mean, HostTensor logVariance) {
    if (!mean.isFinite() || !logVariance.isFinite()) {
      throw new ConfigurationException("the mean or the variance of a posterior is not a finite"
          + " number; the model's weights may have diverged in training");
    }
    this.count = mean.shape().dimension(0);
    this.latent = mean.shape().dimension(1);
    this.means = mean.data();
    this.precisions = new double[means.length];
    this.tops = new double[count];
    for (int i = 0; i < means.length; i++) {
      double logarithm = logVariance.data()[i];
      precisions[i] = Math.exp(-logarithm);
      tops[i / latent] -= 0.5 * (LOG_TWO_PI + logarithm);
    }
  }

  /**
   * The logarithms of densities at a place.
   *
   * @param own of the posterior that was drawn from
   * @param all of the mixture of all
   * @param others of the mixture of all but that
   */
  record Densities(double own, double all, double others) {}

  /** Returns the densities at a draw from each posterior, [N, L]. */
  Densities[] atOwnDraws(HostTensor draws) {
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(i -> {
          double[] each = each(draws.data(), i);
          double own = each[i];
          each[i] = Double.NEGATIVE_INFINITY;
          double others = logSum(each);
          each[i] = own;
          return new Densities(own, logSum(each) - Math.log(count), others - Math.log(count - 1.0));
        })
        .toArray(Densities[]::new);
  }

  /** Returns the logarithms of the mixture's density at some places, [M, L]. */
  double[] at(HostTensor places) {
    return IntStream.range(0, places.shape().dimension(0))
        .parallel()
        .mapToDouble(i -> logSum(each(places.data(), i)) - Math.log(count))
        .toArray();
  }

  private double[] each(float[] places, int row) {
    double[] logarithms = new double[count];
    for (int n = 0; n < count; n++) {
      double squares = 0;
      for (int d = 0; d < latent; d++) {
        double distance = (double) places[row * latent + d] - means[n * latent + d];
        squares += distance * distance * precisions[n * latent + d];
      }
      logarithms[n] = tops[n] - 0.5 * squares;
    }
    return logarithms;
  }

  private static double logSum(double[] logarithms) {
    double greatest = Arrays.stream(logarithms).max().orElseThrow();
    double sum = 0;
    for (double each : logarithms) {
      sum += Math.exp(each - greatest);
    }
    return greatest + Math.log(sum);
  }
}
