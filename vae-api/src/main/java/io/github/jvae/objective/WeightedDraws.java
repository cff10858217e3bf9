package io.github.jvae.objective;

import io.github.jvae.model.BoundTerms;
import io.github.jvae.tensor.Reduction;
import io.github.jvae.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * K draws for each of B examples, each with its importance weight {@code w = p(x, z) / q(z|x)}.
 *
 * @param bound sampled at the draws, B · K in a row; its logarithms of weights are the draws'
 *     bounds
 * @param count how many draws an example has, K
 */
record WeightedDraws(BoundTerms bound, int count) {

  /** Returns the logarithms of the weights, [B, K]. */
  Tensor logWeights() {
    return bound.elbo().reshape(-1, count);
  }

  /** Returns the terms of the ELBO as means over the draws of each example, [B]. */
  BoundTerms means() {
    Map<String, Tensor> divergences = new LinkedHashMap<>();
    bound.divergences().forEach((group, kl) -> divergences.put(group, mean(kl)));
    return new BoundTerms(mean(bound.logLikelihood()), divergences);
  }

  private Tensor mean(Tensor ofDraws) {
    return ofDraws.reshape(-1, count).mean(1);
  }

  /**
   * Returns the logarithm of the mean weight.
   *
   * @param logWeights [..., K]
   * @return [...]
   */
  static Tensor logMean(Tensor logWeights) {
    int last = logWeights.shape().rank() - 1;
    return logWeights.logSumExp(last).subtract(Math.log(logWeights.shape().dimension(last)));
  }

  /**
   * Returns the weights as shares of their sum, through which no gradient passes.
   *
   * @param logWeights [..., K]
   * @return of the same shape
   */
  static Tensor shares(Tensor logWeights) {
    Tensor fixed = logWeights.stopGradient();
    int last = logWeights.shape().rank() - 1;
    return fixed.subtract(fixed.reduce(Reduction.LOG_SUM_EXP, true, last)).exp();
  }
}
