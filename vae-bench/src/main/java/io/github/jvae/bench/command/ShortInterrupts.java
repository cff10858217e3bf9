package io.github.jvae.bench.command;

import io.github.jvae.bench.console.Interrupts;

/**
 * What Ctrl-C does while nothing runs that could end in order: what is kept is told, and the
 * program ends at once. A training within has its own way, for as long as it runs.
 */
final class ShortInterrupts {
  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;

  private ShortInterrupts() {}

  /**
   * Listens from now on.
   *
   * @param last what to do before the program ends
   */
  static Interrupts listen(Runnable last) {
    return Interrupts.listen(signal -> {
      last.run();
      Runtime.getRuntime().halt(signal.equals("INT") ? INTERRUPTED : TERMINATED);
    });
  }
}
