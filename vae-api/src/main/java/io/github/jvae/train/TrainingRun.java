package io.github.jvae.train;

import io.github.jvae.data.Part;

/** A training under way, as its listeners see it. */
public interface TrainingRun {

  /** How it is trained. */
  TrainingOptions options();

  /** Returns the part of the data by which the best epoch is chosen. */
  Part selectedOn();

  /** Steps in an epoch. */
  int stepsPerEpoch();

  /** Steps taken so far, those before a resume included. */
  long step();

  /** Everything needed to go on from here; a copy of all weights, so not for every step. */
  TrainingState state();

  /**
   * Asks training to end after the step under way. May be called from any thread.
   *
   * @param reason why, for the report
   */
  void stop(String reason);
}
