package io.github.jvae.bench.sweep;

import java.util.List;

/**
 * One quantity at several values, all else as it is.
 *
 * @param quantity what varies
 * @param values each at least 1, in the order in which they are measured, none twice
 */
public record Sweep(SweptQuantity quantity, List<Integer> values) {
  /** Keeps a copy of the values, each once. */
  public Sweep {
    values = values.stream().distinct().toList();
  }
}
