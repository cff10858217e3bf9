package io.github.jvae.compatibility;

import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.Arrays;

/**
 * Probabilistic principal component analysis (Tipping and Bishop, 1999), exactly: {@code x = W z +
 * b + σ ε} with standard normal z and ε, so that {@code p(x) = N(x; b, W Wᵀ + σ² I)}. The two
 * columns of W are orthogonal, which makes the posterior's covariance diagonal.
 */
final class LinearModel {
  private static final int LATENT = 2;

  private final int size;
  private final double sigma;
  /** Column by column. */
  private final double[][] columns;

  private final double[] bias;

  private LinearModel(double[][] columns, double[] bias, double sigma) {
    this.size = bias.length;
    this.columns = columns;
    this.bias = bias;
    this.sigma = sigma;
  }

  /** One of an even size: the columns are even and odd about the middle, and so orthogonal. */
  static LinearModel example(int size, double sigma) {
    double[][] columns = new double[LATENT][size];
    double[] bias = new double[size];
    for (int i = 0; i < size; i++) {
      double place = (i - (size - 1) / 2.0) / size;
      columns[0][i] = (float) (0.9 - place * place);
      columns[1][i] = (float) (1.4 * place);
      bias[i] = (float) (0.1 * i - 0.2);
    }
    return new LinearModel(columns, bias, sigma);
  }

  double sigma() {
    return sigma;
  }

  /** As a dense layer has it, [D, L]. */
  HostTensor decoderWeight() {
    HostTensor weight = HostTensor.zeros(Shape.of(size, LATENT));
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < LATENT; j++) {
        weight.data()[i * LATENT + j] = (float) columns[j][i];
      }
    }
    return weight;
  }

  HostTensor decoderBias() {
    return Numbers.vector(bias);
  }

  /** A posterior whose means are linear in x, and whose variances do not depend on it. */
  static final class Code {
    /** What the means are of x, [L][D]. */
    private final double[][] rows;

    /** What is added to the means. */
    private final double[] offsets;

    private final double[] variances;

    private Code(double[][] rows, double[] offsets, double[] variances) {
      this.rows = rows;
      this.offsets = offsets;
      this.variances = variances;
    }

    HostTensor weight() {
      int size = rows[0].length;
      HostTensor weight = HostTensor.zeros(Shape.of(LATENT, size));
      for (int j = 0; j < LATENT; j++) {
        for (int i = 0; i < size; i++) {
          weight.data()[j * size + i] = (float) rows[j][i];
        }
      }
      return weight;
    }

    HostTensor bias() {
      return Numbers.vector(offsets);
    }

    HostTensor logVariance() {
      return Numbers.vector(Math.log(variances[0]), Math.log(variances[1]));
    }

    /** Another: means moved, standard deviations stretched. */
    Code shifted(double by, double stretch) {
      return new Code(rows, new double[] {offsets[0] + by, offsets[1] - by}, new double[] {
        variances[0] * stretch * stretch, variances[1] * stretch * stretch
      });
    }

    /**
     * The variance of the weights of draws from this where another is the posterior, over their
     * squared mean.
     */
    double relativeVariance(Code exact) {
      double product = 1;
      for (int j = 0; j < LATENT; j++) {
        double distance = exact.offsets[j] - offsets[j];
        product *=
            secondMoment(exact.variances[j] / variances[j], distance / Math.sqrt(variances[j]));
      }
      return product - 1;
    }

    /** KL(this ‖ other), of codes that differ by a constant and in their variances. */
    double divergenceFrom(Code other) {
      double sum = 0;
      for (int j = 0; j < LATENT; j++) {
        double distance = offsets[j] - other.offsets[j];
        double ratio = variances[j] / other.variances[j];
        sum += 0.5 * (ratio + distance * distance / other.variances[j] - 1 - Math.log(ratio));
      }
      return sum;
    }
  }

  /** KL(p(z|x) ‖ p(z)), nats. */
  double divergenceFromPrior(HostTensor images, int index) {
    double sum = 0;
    for (int j = 0; j < LATENT; j++) {
      double mean = posteriorMean(images, index, j);
      double variance = posterior().variances[j];
      sum += 0.5 * (variance + mean * mean - 1 - Math.log(variance));
    }
    return sum;
  }

  /** The variance of {@code log p(x|z)} over draws from the posterior. */
  double reconstructionVariance(HostTensor images, int index) {
    double sum = 0;
    for (int j = 0; j < LATENT; j++) {
      double mean = posteriorMean(images, index, j);
      double variance = posterior().variances[j];
      // At the exact posterior, log p(x|z) is log q(z|x) - log p(z) but for a constant.
      sum += 0.5 * (1 - variance) * (1 - variance) + mean * mean * variance;
    }
    return sum;
  }

  private double posteriorMean(HostTensor images, int index, int j) {
    Code posterior = posterior();
    double mean = posterior.offsets[j];
    for (int i = 0; i < size; i++) {
      mean += posterior.rows[j][i] * images.data()[index * size + i];
    }
    return mean;
  }

  /** Of the weights of draws from the prior, as {@link Code#relativeVariance}. */
  double relativeVarianceFromPrior(HostTensor images, int index) {
    Code posterior = posterior();
    double product = 1;
    for (int j = 0; j < LATENT; j++) {
      product *= secondMoment(posterior.variances[j], posteriorMean(images, index, j));
    }
    return product - 1;
  }

  /** {@code ∫ p² / q} for {@code p = N(mean, variance)} and {@code q = N(0, 1)}. */
  private static double secondMoment(double variance, double mean) {
    return Math.exp(mean * mean / (2 - variance)) / Math.sqrt(variance * (2 - variance));
  }

  /** p(z|x): its precision is {@code I + Wᵀ W / σ²}. */
  Code posterior() {
    double[][] rows = new double[LATENT][size];
    double[] offsets = new double[LATENT];
    double[] variances = new double[LATENT];
    for (int j = 0; j < LATENT; j++) {
      double spread = squaredLength(columns[j]) + sigma * sigma;
      variances[j] = sigma * sigma / spread;
      for (int i = 0; i < size; i++) {
        rows[j][i] = columns[j][i] / spread;
        offsets[j] -= rows[j][i] * bias[i];
      }
    }
    return new Code(rows, offsets, variances);
  }

  /** log p(x), nats: orthogonal columns are the covariance's eigenvectors. */
  double logLikelihood(HostTensor images, int index) {
    double[] x = new double[size];
    double rest = 0;
    for (int i = 0; i < size; i++) {
      x[i] = images.data()[index * size + i] - bias[i];
      rest += x[i] * x[i];
    }
    double result = -0.5 * size * Math.log(2 * Math.PI) - (size - LATENT) * Math.log(sigma);
    for (int j = 0; j < LATENT; j++) {
      double length = squaredLength(columns[j]);
      double along = 0;
      for (int i = 0; i < size; i++) {
        along += x[i] * columns[j][i];
      }
      double share = along * along / length;
      double variance = length + sigma * sigma;
      rest -= share;
      result -= 0.5 * (Math.log(variance) + share / variance);
    }
    return result - 0.5 * rest / (sigma * sigma);
  }

  private static double squaredLength(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    return sum;
  }

  /** Images that the model draws, [count, 1, 2, size / 2]. */
  HostTensor draw(int count, RandomStream random) {
    HostTensor images = HostTensor.zeros(Shape.of(count, 1, 2, size / 2));
    for (int n = 0; n < count; n++) {
      double first = random.nextGaussian();
      double second = random.nextGaussian();
      for (int i = 0; i < size; i++) {
        images.data()[n * size + i] = (float) (bias[i]
            + first * columns[0][i]
            + second * columns[1][i]
            + sigma * random.nextGaussian());
      }
    }
    return images;
  }

  /**
   * The greatest mean log-likelihood, nats per example, that a linear model of so many latent
   * dimensions can have: {@code -½ (D log 2π + Σ log λ_i + (D - L) log σ² + D)}, with σ² the mean
   * of the eigenvalues that are left out (Tipping and Bishop, 1999, equation 3.8 and what follows).
   */
  static double greatestLogLikelihood(HostTensor images, int latent) {
    double[] eigenvalues = eigenvalues(covariance(images));
    int size = eigenvalues.length;
    double logs = 0;
    double left = 0;
    for (int i = 0; i < size; i++) {
      if (i < latent) {
        logs += Math.log(eigenvalues[i]);
      } else {
        left += eigenvalues[i] / (size - latent);
      }
    }
    return -0.5 * (size * Math.log(2 * Math.PI) + logs + (size - latent) * Math.log(left) + size);
  }

  private static double[][] covariance(HostTensor images) {
    int count = images.shape().dimension(0);
    int size = images.shape().size() / count;
    double[] mean = new double[size];
    for (int i = 0; i < count * size; i++) {
      mean[i % size] += (double) images.data()[i] / count;
    }
    double[][] covariance = new double[size][size];
    for (int n = 0; n < count; n++) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          covariance[i][j] += (images.data()[n * size + i] - mean[i])
              * (images.data()[n * size + j] - mean[j])
              / count;
        }
      }
    }
    return covariance;
  }

  /**
   * Of a symmetric matrix, the greatest first: Jacobi's rotations, until nothing is left to turn.
   */
  private static double[] eigenvalues(double[][] a) {
    int size = a.length;
    for (int sweep = 0; sweep < 50; sweep++) {
      for (int p = 0; p < size; p++) {
        for (int q = p + 1; q < size; q++) {
          rotate(a, p, q);
        }
      }
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = -a[i][i];
    }
    Arrays.sort(values);
    for (int i = 0; i < size; i++) {
      values[i] = -values[i];
    }
    return values;
  }

  private static void rotate(double[][] a, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double angle = 0.5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
    double cosine = Math.cos(angle);
    double sine = Math.sin(angle);
    for (int k = 0; k < a.length; k++) {
      double one = a[k][p];
      double other = a[k][q];
      a[k][p] = cosine * one - sine * other;
      a[k][q] = sine * one + cosine * other;
    }
    for (int k = 0; k < a.length; k++) {
      double one = a[p][k];
      double other = a[q][k];
      a[p][k] = cosine * one - sine * other;
      a[q][k] = sine * one + cosine * other;
    }
  }
}
