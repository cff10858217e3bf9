package io.github.jvae.bench.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jvae.error.VaeException;
import io.github.jvae.internal.Quote;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a published figure is of; less is better of each. */
public enum Quantity {
  /** −log p(x) of the test examples by importance-weighted draws, in nats per example. */
  NEGATIVE_LOG_LIKELIHOOD(
      "-log p(x)", "nats", "marginal_log_likelihood", "marginal_log_likelihood_standard_error"),

  /** The negative evidence lower bound of the test examples, in nats per example. */
  NEGATIVE_ELBO("-ELBO", "nats", "elbo", "elbo_standard_error"),

  /** The negative evidence lower bound of the test examples, in bits for each element of one. */
  BITS_PER_DIM("bits/dim", "bits/dim", "bits_per_dim", "elbo_standard_error");

  private final String text;
  private final String unit;
  private final String member;
  private final String errorMember;

  Quantity(String text, String unit, String member, String errorMember) {
    this.text = text;
    this.unit = unit;
    this.member = member;
    this.errorMember = errorMember;
  }

  /** Returns the one that files call so; nothing if none is. */
  static Optional<Quantity> called(String text) {
    return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
  }

  /** Returns what files may call one, in words. */
  static String names() {
    return Arrays.stream(values()).map(each -> each.text).collect(Collectors.joining(", "));
  }

  /** Returns what files call it. */
  public String text() {
    return text;
  }

  /** Returns the unit of its values. */
  public String unit() {
    return unit;
  }

  /**
   * Returns what an evaluation found of it.
   *
   * @param evaluation the JSON of {@code vae evaluate}
   * @throws VaeException if the evaluation does not say
   */
  Finding in(JsonNode evaluation) {
    double value = number(evaluation, member);
    double error = number(evaluation, errorMember);
    JsonNode sampling = evaluation.path("marginal_log_likelihood_sampling_error");
    JsonNode draws = evaluation.path("samples");
    return new Finding(
        this == BITS_PER_DIM ? value : -value,
        // The bound in bits is the one in nats times a constant, and so is its error.
        this == BITS_PER_DIM ? error * Math.abs(value / number(evaluation, "elbo")) : error,
        this == NEGATIVE_LOG_LIKELIHOOD && sampling.isNumber() ? sampling.doubleValue() : 0,
        this == NEGATIVE_LOG_LIKELIHOOD ? draws.longValue() : 0,
        evaluation.path("images").longValue());
  }

  private static double number(JsonNode evaluation, String name) {
    JsonNode value = evaluation.path(name);
    if (!value.isNumber()) {
      throw new VaeException("the evaluation tells no " + Quote.of(name)
          + ", which the recipe's figure is of; give the recipe another quantity");
    }
    return value.doubleValue();
  }
}
