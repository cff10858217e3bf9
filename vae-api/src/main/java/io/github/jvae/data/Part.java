package io.github.jvae.data;

import java.util.Locale;

/** The parts of a data set, and the whole of it. */
public enum Part {
  /** What a model learns from. */
  TRAIN,

  /** What the best epoch and the end of a training are chosen by. */
  VALIDATION,

  /** What is looked at once, at the end. */
  TEST,

  /** All examples in their own order, of data that did not come in parts. */
  ALL;

  /** Returns the name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
