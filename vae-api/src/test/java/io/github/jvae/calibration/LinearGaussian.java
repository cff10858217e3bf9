package io.github.jvae.calibration;

import io.github.jvae.ComponentConfig;
import io.github.jvae.Vae;
import io.github.jvae.data.Examples;
import io.github.jvae.model.Layer;
import io.github.jvae.random.RandomStream;
import io.github.jvae.reference.ReferenceModule;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code x = W z + b + σ ε} with standard normal z of 2 and x of 3 numbers. The columns of W are
 * orthogonal, so that the posterior's dimensions are independent: {@code p(z_j|x) = N(w_j·(x - b) /
 * s_j, σ² / s_j)} with {@code s_j = ‖w_j‖² + σ²} (Tipping and Bishop, "Probabilistic principal
 * component analysis", 1999).
 */
final class LinearGaussian {
  static final double SIGMA = 0.5;
  private static final double[][] COLUMNS = {{0.6, 0.8, 0}, {-0.4, 0.3, 0.2}};
  private static final double[] BIAS = {0.1, -0.2, 0.3};

  private LinearGaussian() {}

  /** Returns σ² / s_j, the variance of the exact posterior. */
  static double variance(int j) {
    return SIGMA * SIGMA / s(j);
  }

  private static double s(int j) {
    double squares = SIGMA * SIGMA;
    for (double w : COLUMNS[j]) {
      squares += w * w;
    }
    return squares;
  }

  /**
   * Returns the model with an encoder that is exact but for what is said.
   *
   * @param objective by name
   * @param slope what the posterior's means are multiplied by
   * @param shift what is added to them
   * @param stretch what its standard deviations are multiplied by
   */
  static Vae vae(String objective, double slope, double shift, double stretch) {
    Vae vae = Vae.builder()
        .backend(new ReferenceModule())
        .example(3)
        .latent(2)
        .layers(List.of(new Layer.Flatten()), List.of(new Layer.Dense(3)))
        .gaussian(SIGMA)
        .objective(ComponentConfig.of(objective))
        .build();
    Map<String, HostTensor> weights = new LinkedHashMap<>();
    HostTensor decoder = HostTensor.zeros(Shape.of(3, 2));
    HostTensor means = HostTensor.zeros(Shape.of(2, 3));
    HostTensor offsets = HostTensor.zeros(Shape.of(2));
    HostTensor logVariances = HostTensor.zeros(Shape.of(2));
    for (int j = 0; j < 2; j++) {
      offsets.data()[j] = (float) shift;
      for (int i = 0; i < 3; i++) {
        double weight = slope * COLUMNS[j][i] / s(j);
        decoder.data()[i * 2 + j] = (float) COLUMNS[j][i];
        means.data()[j * 3 + i] = (float) weight;
        offsets.data()[j] -= (float) (weight * BIAS[i]);
      }
      logVariances.data()[j] = (float) Math.log(stretch * stretch * variance(j));
    }
    weights.put("decoder.output.weight", decoder);
    weights.put(
        "decoder.output.bias",
        HostTensor.of(Shape.of(3), (float) BIAS[0], (float) BIAS[1], (float) BIAS[2]));
    weights.put("encoder.mean.weight", means);
    weights.put("encoder.mean.bias", offsets);
    weights.put("encoder.log_variance.weight", HostTensor.zeros(Shape.of(2, 3)));
    weights.put("encoder.log_variance.bias", logVariances);
    vae.runtime().backend().variables().writeAll(weights);
    return vae;
  }

  static Vae exact() {
    return vae("elbo", 1, 0, 1);
  }

  /** Returns examples that the exact model draws. */
  static Examples examples(int count, long seed) {
    RandomStream random = RandomStream.of(seed).child("linear");
    List<float[]> rows = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      double first = random.nextGaussian();
      double second = random.nextGaussian();
      float[] row = new float[3];
      for (int i = 0; i < 3; i++) {
        row[i] = (float) (COLUMNS[0][i] * first
            + COLUMNS[1][i] * second
            + BIAS[i]
            + SIGMA * random.nextGaussian());
      }
      rows.add(row);
    }
    return Examples.of("linear", rows);
  }

  /** Returns the variance of z_j under all posteriors together. */
  static double aggregateVariance(int j, double slope, double stretch) {
    return slope * slope * (1 - variance(j)) + stretch * stretch * variance(j);
  }

  /** Returns I(x; z), nats: {@code ½ Σ log (Var q(z_j) / Var q(z_j|x))}. */
  static double information(double slope, double stretch) {
    double sum = 0;
    for (int j = 0; j < 2; j++) {
      sum +=
          0.5 * Math.log(aggregateVariance(j, slope, stretch) / (stretch * stretch * variance(j)));
    }
    return sum;
  }

  /** Returns KL(q(z) ‖ N(0, I)), nats. */
  static double divergence(double slope, double shift, double stretch) {
    double sum = 0;
    for (int j = 0; j < 2; j++) {
      double variance = aggregateVariance(j, slope, stretch);
      sum += 0.5 * (variance + shift * shift - 1 - Math.log(variance));
    }
    return sum;
  }
}
