package io.github.jvae.sampler;

import io.github.jvae.checkpoint.Safetensors;
import io.github.jvae.data.Examples;
import io.github.jvae.error.ConfigurationException;
import io.github.jvae.internal.file.FileFault;
import io.github.jvae.random.RandomStream;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.MixtureMultivariateNormalDistribution;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.distribution.fitting.MultivariateNormalMixtureExpectationMaximization;
import org.apache.commons.math3.exception.ConvergenceException;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.apache.commons.math3.util.Pair;

/**
 * A mixture of Gaussians with full covariances, fitted by expectation maximisation (Dempster et
 * al., "Maximum likelihood from incomplete data via the EM algorithm", 1977) from the centres that
 * k-means++ finds.
 */
final class GaussianMixture implements LatentSampler {
  static final String FILE = "mixture.safetensors";
  private static final String WEIGHTS = "weights";
  private static final String MEANS = "means";
  private static final String COVARIANCES = "covariances";

  /** A gain of less than this, in nats per vector, ends the fit. */
  private static final double LEAST_GAIN = 1e-4;

  private static final int MOST_ITERATIONS = 300;

  private final double[] weights;
  private final double[][] means;
  private final List<RealMatrix> covariances;
  private final MixtureMultivariateNormalDistribution density;
  private final List<RealMatrix> roots = new ArrayList<>();

  private GaussianMixture(double[] weights, double[][] means, List<RealMatrix> covariances) {
    this.weights = weights;
    this.means = means;
    this.covariances = covariances;
    List<Pair<Double, MultivariateNormalDistribution>> components = new ArrayList<>();
    for (int k = 0; k < weights.length; k++) {
      RealMatrix covariance = covariances.get(k);
      components.add(Pair.create(
          weights[k], new MultivariateNormalDistribution(means[k], covariance.getData())));
      roots.add(new CholeskyDecomposition(covariance, 1e-9, 0).getL());
    }
    this.density = new MixtureMultivariateNormalDistribution(components);
  }

  /**
   * Fits a mixture.
   *
   * @param latents examples of shape [L]
   * @param components how many Gaussians
   * @throws ConfigurationException if there are too few vectors for as many, or a single dimension
   */
  static GaussianMixture fit(Examples latents, int components, long seed) {
    int dimensions = latents.shape().size();
    if (dimensions < 2) {
      throw new ConfigurationException("a mixture is fitted to latent vectors of 2 dimensions and"
          + " more, but the model has " + dimensions + "; fit a flow or a two-stage model");
    }
    if (components > latents.size() / (dimensions + 1)) {
      throw new ConfigurationException("a mixture of " + components + " Gaussians in " + dimensions
          + " dimensions needs at least " + (long) components * (dimensions + 1)
          + " examples, but there are " + latents.size() + "; take fewer components");
    }
    double[][] rows = rows(latents);
    MultivariateNormalMixtureExpectationMaximization fitting =
        new MultivariateNormalMixtureExpectationMaximization(rows);
    try {
      fitting.fit(start(rows, components, seed), MOST_ITERATIONS, LEAST_GAIN);
    } catch (ConvergenceException e) {
      // The last mixture is the best so far, as each iteration improves on the one before.
    } catch (MathIllegalArgumentException e) {
      throw new ConfigurationException(
          "one of the " + components + " Gaussians shrank onto too few" + " latent vectors for "
              + dimensions + " dimensions; take fewer components",
          e);
    }
    List<Pair<Double, MultivariateNormalDistribution>> fitted =
        fitting.getFittedModel().getComponents();
    return new GaussianMixture(
        fitted.stream().mapToDouble(Pair::getFirst).toArray(),
        fitted.stream().map(one -> one.getSecond().getMeans()).toArray(double[][]::new),
        fitted.stream().map(one -> one.getSecond().getCovariances()).toList());
  }

  /** Begins at the centres of clusters, each as wide as all of the vectors. */
  private static MixtureMultivariateNormalDistribution start(
      double[][] rows, int components, long seed) {
    KMeansPlusPlusClusterer<DoublePoint> clusterer = new KMeansPlusPlusClusterer<>(
        components, MOST_ITERATIONS, new EuclideanDistance(), new MersenneTwister(seed));
    List<CentroidCluster<DoublePoint>> clusters =
        clusterer.cluster(Arrays.stream(rows).map(DoublePoint::new).toList());
    double[][] all = new Covariance(rows).getCovarianceMatrix().getData();
    return new MixtureMultivariateNormalDistribution(clusters.stream()
        .map(cluster -> Pair.create(
            (double) cluster.getPoints().size() / rows.length,
            new MultivariateNormalDistribution(cluster.getCenter().getPoint(), all)))
        .toList());
  }

  private static double[][] rows(Examples latents) {
    double[][] rows = new double[latents.size()][];
    float[] row = new float[latents.shape().size()];
    for (int i = 0; i < rows.length; i++) {
      latents.read(i, row, 0);
      rows[i] = doubles(row);
    }
    return rows;
  }

  private static double[] doubles(float[] numbers) {
    double[] result = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      result[i] = numbers[i];
    }
    return result;
  }

  @Override
  public HostTensor draw(int count, long seed, Map<String, HostTensor> conditions) {
    return draw(count, RandomStream.of(seed));
  }

  /** Draws vectors, [count, L], of which all that is random follows from a stream. */
  HostTensor draw(int count, RandomStream random) {
    int dimensions = dimensions();
    HostTensor result = HostTensor.zeros(Shape.of(count, dimensions));
    random.child("sample").fillGaussian(result.data());
    RandomStream choices = random.child("component");
    for (int i = 0; i < count; i++) {
      int component = choose(choices.nextDouble());
      double[] noise =
          doubles(Arrays.copyOfRange(result.data(), i * dimensions, (i + 1) * dimensions));
      double[] z = roots.get(component).operate(noise);
      for (int d = 0; d < dimensions; d++) {
        result.data()[i * dimensions + d] = (float) (means[component][d] + z[d]);
      }
    }
    return result;
  }

  private int choose(double uniform) {
    double below = 0;
    for (int k = 0; k < weights.length; k++) {
      below += weights[k];
      if (uniform < below) {
        return k;
      }
    }
    return weights.length - 1;
  }

  @Override
  public double logLikelihood(Examples latents) {
    return Arrays.stream(rows(latents))
        .mapToDouble(row -> Math.log(density.density(row)))
        .average()
        .orElse(Double.NaN);
  }

  @Override
  public void save(Path folder) {
    Safetensors.write(folder.resolve(FILE), tensors(""), Map.of());
  }

  /** Returns what rebuilds it, by names that begin as given. */
  Map<String, HostTensor> tensors(String prefix) {
    int dimensions = dimensions();
    float[] covariance = new float[weights.length * dimensions * dimensions];
    for (int k = 0; k < weights.length; k++) {
      for (int i = 0; i < dimensions * dimensions; i++) {
        covariance[k * dimensions * dimensions + i] =
            (float) covariances.get(k).getEntry(i / dimensions, i % dimensions);
      }
    }
    return Map.of(
        prefix + WEIGHTS,
        HostTensor.of(Shape.of(weights.length), floats(weights)),
        prefix + MEANS,
        HostTensor.of(
            Shape.of(weights.length, dimensions),
            floats(Arrays.stream(means).flatMapToDouble(Arrays::stream).toArray())),
        prefix + COVARIANCES,
        HostTensor.of(Shape.of(weights.length, dimensions, dimensions), covariance));
  }

  /** Returns L. */
  int dimensions() {
    return means[0].length;
  }

  private static float[] floats(double[] numbers) {
    float[] result = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      result[i] = (float) numbers[i];
    }
    return result;
  }

  /**
   * Reads a mixture.
   *
   * @throws io.github.jvae.error.VaeException if the file is missing or holds no mixture in so many
   *     dimensions
   */
  static GaussianMixture open(Path folder, int dimensions) {
    Path file = folder.resolve(FILE);
    return of(Safetensors.read(file), "", dimensions, file);
  }

  /**
   * Makes a mixture of what {@link #tensors} returned.
   *
   * @param file for messages
   * @throws io.github.jvae.error.VaeException as {@link #open} does
   */
  static GaussianMixture of(
      Map<String, HostTensor> tensors, String prefix, int dimensions, Path file) {
    HostTensor weights = tensors.get(prefix + WEIGHTS);
    HostTensor means = tensors.get(prefix + MEANS);
    HostTensor covariances = tensors.get(prefix + COVARIANCES);
    if (weights == null
        || means == null
        || covariances == null
        || weights.shape().rank() != 1
        || !means.shape().equals(Shape.of(weights.shape().size(), dimensions))
        || !covariances.shape().equals(Shape.of(weights.shape().size(), dimensions, dimensions))) {
      throw broken(file, "holds no mixture in " + dimensions + " dimensions");
    }
    int components = weights.shape().size();
    double[][] rows = new double[components][];
    List<RealMatrix> matrices = new ArrayList<>();
    int square = dimensions * dimensions;
    for (int k = 0; k < components; k++) {
      rows[k] = doubles(Arrays.copyOfRange(means.data(), k * dimensions, (k + 1) * dimensions));
      double[] flat = doubles(Arrays.copyOfRange(covariances.data(), k * square, (k + 1) * square));
      RealMatrix matrix = MatrixUtils.createRealMatrix(dimensions, dimensions);
      for (int i = 0; i < square; i++) {
        matrix.setEntry(i / dimensions, i % dimensions, flat[i]);
      }
      matrices.add(matrix.add(matrix.transpose()).scalarMultiply(0.5));
    }
    try {
      return new GaussianMixture(doubles(weights.data()), rows, matrices);
    } catch (MathIllegalArgumentException e) {
      throw broken(file, "holds covariances that are none");
    }
  }

  private static RuntimeException broken(Path file, String what) {
    return FileFault.of(file, what, "fit the sampler again");
  }

  @Override
  public void close() {
    // All of it is Java's memory.
  }
}
