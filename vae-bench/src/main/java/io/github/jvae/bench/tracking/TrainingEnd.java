package io.github.jvae.bench.tracking;

/** How a training that is tracked came to its end, under the names that MLflow has for it. */
public enum TrainingEnd {
  /** All epochs are done, or patience was over. */
  FINISHED,

  /** It ended with an error. */
  FAILED,

  /** Somebody ended it before it was done. */
  KILLED
}
