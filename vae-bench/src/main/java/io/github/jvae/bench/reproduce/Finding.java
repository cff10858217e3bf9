package io.github.jvae.bench.reproduce;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What was found of a quantity on the test examples.
 *
 * @param value in the quantity's unit
 * @param standardError of that as a mean over the examples, in the same unit
 * @param samplingError of that by the draws of the estimate, in the same unit; 0 of what is not
 *     estimated by draws
 * @param draws importance-weighted draws for each example; 0 of what is not estimated by draws
 * @param examples how many there were
 */
public record Finding(
    double value, double standardError, double samplingError, long draws, long examples) {
  /**
   * Returns what an evaluation found.
   *
   * @param evaluation the JSON of {@code vae evaluate}
   * @throws io.github.jvae.error.VaeException if the evaluation does not tell the quantity
   */
  public static Finding of(Quantity quantity, JsonNode evaluation) {
    return quantity.in(evaluation);
  }
}
