package io.github.jvae.objective;

import io.github.jvae.model.DiagonalGaussian;
import io.github.jvae.tensor.HostTensor;
import io.github.jvae.tensor.Shape;
import io.github.jvae.tensor.Tensor;

/**
 * The aggregate posterior {@code q(z) = 1/N Σ_n q(z|x_n)} of N training examples, estimated at the
 * draws of a batch from the posteriors of that batch (Chen et al., "Isolating sources of
 * disentanglement in variational autoencoders", 2018).
 *
 * @param ofDimensions {@code log q(z_l|x_j)} of the l-th dimension of each draw under each
 *     posterior, [B, B, L]
 * @param logWeights the logarithm of what the posterior of example j counts at the draw of example
 *     i, [B, B]
 */
record AggregatePosterior(Tensor ofDimensions, Tensor logWeights) {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /** How posteriors are weighted. */
  enum Estimator {
    /**
     * Minibatch-weighted sampling: each counts {@code 1 / (N B)}. It needs no more than the batch,
     * and is too low, by log N where the batch is the whole data set.
     */
    WEIGHTED {
      @Override
      Tensor logWeights(int batch, Tensor examples) {
        return examples.log().add(Math.log(batch)).negate().broadcastTo(Shape.of(batch, batch));
      }
    },
    /**
     * Minibatch-stratified sampling: the posterior that was drawn from counts {@code 1 / N}, as in
     * the sum over all examples, and the B - 1 others stand for the N - 1 others. The estimate of
     * q(z) has no bias, and is exact where the batch is the whole data set. The paper lets one of
     * the others count more and the rest less; here they share that evenly, which is the mean over
     * the choice of that one, and so varies less.
     */
    STRATIFIED {
      @Override
      Tensor logWeights(int batch, Tensor examples) {
        Tensor own = examples.log().negate();
        Tensor others = own.add(examples.subtract(1).log()).subtract(Math.log(batch - 1));
        Tensor diagonal = examples.trace().constant(identity(batch));
        return others.add(diagonal.multiply(own.subtract(others)));
      }
    };

    /**
     * Returns the logarithms of the weights, [B, B].
     *
     * @param examples N, shape []
     */
    abstract Tensor logWeights(int batch, Tensor examples);
  }

  /**
   * Returns the estimate at some draws.
   *
   * @param posterior of B examples
   * @param z a draw from each, [B, L]
   * @param examples N, shape []
   */
  static AggregatePosterior of(
      DiagonalGaussian posterior, Tensor z, Estimator estimator, Tensor examples) {
    int batch = z.shape().dimension(0);
    Tensor logVariance = posterior.logVariance();
    Tensor distance = z.reshape(batch, 1, -1).subtract(posterior.mean());
    Tensor squared = distance.square().multiply(logVariance.negate().exp());
    return new AggregatePosterior(
        squared.add(logVariance).add(LOG_TWO_PI).multiply(-0.5),
        estimator.logWeights(batch, examples));
  }

  /** Returns {@code log q(z)}, [B]. */
  Tensor logProb() {
    return ofDimensions.sum(2).add(logWeights).logSumExp(1);
  }

  /** Returns {@code log Π_l q(z_l)}, [B]. */
  Tensor logProbOfMarginals() {
    int batch = logWeights.shape().dimension(0);
    return ofDimensions.add(logWeights.reshape(batch, batch, 1)).logSumExp(1).sum(1);
  }

  /** Returns 1 on the diagonal and 0 elsewhere, [size, size]. */
  static HostTensor identity(int size) {
    HostTensor identity = HostTensor.zeros(Shape.of(size, size));
    for (int i = 0; i < size; i++) {
      identity.data()[i * size + i] = 1;
    }
    return identity;
  }
}
