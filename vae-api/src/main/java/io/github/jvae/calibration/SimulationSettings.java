package io.github.jvae.calibration;

import io.github.jvae.error.ConfigurationException;

/**
 * How much is simulated.
 *
 * @param simulations latent vectors drawn from the prior, with an example each
 * @param draws from the posterior of each example, L: ranks go from 0 to L
 * @param bins of a histogram; a divisor of L + 1
 * @param seed of all that is random
 */
public record SimulationSettings(int simulations, int draws, int bins, long seed) {
  /** Of the chi-square test: fewer in a bin than that, and its p-value is no longer right. */
  private static final int LEAST_IN_BIN = 5;

  /** @throws ConfigurationException if ranks do not fill bins, or too few are in each */
  public SimulationSettings {
    if (draws < 1 || bins < 2 || (draws + 1) % bins != 0) {
      throw new ConfigurationException("ranks among " + draws + " draws are from 0 to " + draws
          + " and fill no " + bins + " bins of one size; there must be 2 bins at least, and draws"
          + " one less than a multiple of them, such as 99 for 20");
    }
    if (simulations < (long) LEAST_IN_BIN * bins) {
      throw new ConfigurationException("a histogram of " + bins + " bins needs at least "
          + (long) LEAST_IN_BIN * bins + " simulations, not " + simulations);
    }
  }
}
