package io.github.jvae.bench.jmh;

import java.util.Locale;

/** What the benchmarks time: the methods of {@link EngineBenchmark}. */
public enum Operation {
  /** Loss, gradients and Adam's update. */
  STEP,
  /** Images to the parameters of their posteriors. */
  ENCODE,
  /** Latent vectors to expected images. */
  DECODE;

  /** The name on the command line, which is the method's. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
