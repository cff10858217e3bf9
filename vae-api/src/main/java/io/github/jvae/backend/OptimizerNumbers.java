package io.github.jvae.backend;

import io.github.jvae.error.Range;

/** The checks of numbers that several optimizers have. */
final class OptimizerNumbers {
  private static final Range DECAYS = Range.fromToBelow(0, 1);
  private static final Range EPSILONS = Range.between(0, 1);
  private static final Range WEIGHT_DECAYS = Range.fromToBelow(0, 1);

  private OptimizerNumbers() {}

  static void requireMoments(String optimizer, double beta1, double beta2, double epsilon) {
    DECAYS.require(optimizer + ": beta1", beta1);
    DECAYS.require(optimizer + ": beta2", beta2);
    EPSILONS.require(optimizer + ": epsilon", epsilon);
  }

  static void requireMomentum(String optimizer, double momentum) {
    DECAYS.require(optimizer + ": momentum", momentum);
  }

  static void requireWeightDecay(String optimizer, double weightDecay) {
    WEIGHT_DECAYS.require(optimizer + ": weight decay", weightDecay);
  }
}
