package io.github.jvae.bench.sweep;

import java.util.Locale;

/** What a sweep varies. */
public enum SweptQuantity {
  /** Images per call. */
  BATCH("batch size (images)"),
  /** The extent of the latent vector. */
  LATENT("latent size (numbers)"),
  /** Processor threads for one operation. */
  THREADS("processor threads");

  private final String label;

  SweptQuantity(String label) {
    this.label = label;
  }

  /** A setting with this quantity at a value. */
  SpeedSetting at(int value, SpeedSetting setting) {
    return switch (this) {
      case BATCH -> setting.withBatch(value);
      case LATENT -> setting.withLatent(value);
      case THREADS -> setting.withThreads(value);
    };
  }

  /** The name on the command line and in files. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What an axis says, with its unit. */
  public String label() {
    return label;
  }
}
