package io.github.jvae.bench.sweep;

import java.util.List;

/** A program that behaves as {@code vae speed} might: how, the batch size says. */
final class PretendedSpeed {
  static final int WELL = 1;
  static final int FAILING = 2;
  static final int HALTING = 3;
  static final int BABBLING = 4;
  static final int HANGING = 5;

  private PretendedSpeed() {}

  public static void main(String... arguments) throws InterruptedException {
    int batch = Integer.parseInt(List.of(arguments).get(List.of(arguments).indexOf("--batch") + 1));
    System.err.println("chatter of an engine");
    System.out.println("chatter of an engine");
    switch (batch) {
      case WELL -> {
        // More than a pipe holds.
        for (int i = 0; i < 10_000; i++) {
          System.err.println("warning, warning, warning, warning");
        }
        System.out.println("{\"batch\":1,\"threads\":" + arguments.length
            + ",\"engine\":\"E 1\",\"steps_per_second\":{\"median\":2,\"min\":1,\"max\":3},"
            + "\"encode_batches_per_second\":{\"median\":4,\"min\":4,\"max\":4},"
            + "\"first_step_ms\":5.5,\"peak_rss_mb\":null}");
      }
      case FAILING -> {
        System.err.println("vae speed: there is no such thing; name another");
        System.err.println("chatter at the end");
        System.exit(1);
      }
      case HALTING -> Runtime.getRuntime().halt(137);
      case BABBLING -> System.out.println("{\"batch\":");
      default -> Thread.sleep(600_000);
    }
  }
}
