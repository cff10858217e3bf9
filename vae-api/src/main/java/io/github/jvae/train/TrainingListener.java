package io.github.jvae.train;

import io.github.jvae.evaluate.Metrics;

/** Hears how training goes; called in the training thread, so it had better be brief. */
public interface TrainingListener {

  /** Training begins, or goes on after a resume. */
  default void started(TrainingRun run) {}

  /** A step was taken. */
  default void stepped(TrainingRun run, StepReport report) {}

  /** An epoch has ended, its validation included. */
  default void epochEnded(TrainingRun run, EpochReport report) {}

  /** The test part was looked at, once, as training had come to its end. */
  default void tested(TrainingRun run, Metrics test) {}

  /** Training has ended, for whatever reason short of an error. */
  default void ended(TrainingRun run, TrainingResult result) {}
}
