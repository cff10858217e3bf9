package io.github.jvae.data;

import io.github.jvae.random.RandomStream;

/**
 * Which pass over a data set examples are read for: an epoch of a training, whose coins are its
 * own, or a test, whose coins are always the same for a seed, so that results compare.
 *
 * @param seed of all that is random
 * @param epoch of the training, from 0; 0 for a test
 * @param training whether it is one
 */
public record Pass(long seed, long epoch, boolean training) {
  /** Returns an epoch of a training, counted from 0. */
  public static Pass training(long seed, long epoch) {
    return new Pass(seed, epoch, true);
  }

  /** Returns a test. */
  public static Pass test(long seed) {
    return new Pass(seed, 0, false);
  }

  /** Returns the random numbers of a transform in this pass, by its name. */
  RandomStream stream(String name) {
    return RandomStream.of(seed).child(training ? name : name + " test").child(epoch);
  }
}
