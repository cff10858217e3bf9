package io.github.jvae.bench.command;

import io.github.jvae.bench.console.Interrupts;
import java.util.function.Supplier;

/**
 * What Ctrl-C does while nothing runs that could end in order: what is kept is told, and the
 * program ends at once. A training within has its own way, for as long as it runs.
 */
final class ShortInterrupts {
  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;

  private ShortInterrupts() {}

  /**
   * Does some work, and listens as long.
   *
   * @param last what to do before the program ends
   */
  static <T> T during(Supplier<T> work, Runnable last) {
    Interrupts interrupts = Interrupts.listen(signal -> {
      last.run();
      Runtime.getRuntime().halt(signal.equals("INT") ? INTERRUPTED : TERMINATED);
    });
    try {
      return work.get();
    } finally {
      interrupts.close();
    }
  }
}
