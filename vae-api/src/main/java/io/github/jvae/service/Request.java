package io.github.jvae.service;

import io.github.jvae.error.DataException;
import io.github.jvae.evaluate.AnomalyScores;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a service: one thing for one or several examples. It is checked when a service
 * is given it.
 *
 * @param <T> what the answer for one example is
 */
public final class Request<T> {
  private final Operation<T> operation;
  private final List<float[]> rows;
  private final int count;
  private final long seed;
  private final Map<String, List<float[]>> conditions;

  private Request(
      Operation<T> operation,
      List<float[]> rows,
      int count,
      long seed,
      Map<String, List<float[]>> conditions) {
    this.operation = operation;
    this.rows = rows;
    this.count = count;
    this.seed = seed;
    this.conditions = conditions;
  }

  static <T> Request<T> of(Operation<T> operation, float[]... rows) {
    List<float[]> given = list(rows);
    return new Request<>(operation, given, given.size(), 0, Map.of());
  }

  private static List<float[]> list(float[] @Nullable [] rows) {
    if (rows == null) {
      throw new DataException("a request is given null in place of its arrays of numbers");
    }
    return Arrays.asList(rows);
  }

  /** Asks for the means of the posteriors of examples, L numbers each. */
  public static Request<float[]> encode(float[]... examples) {
    return of(Operation.ENCODE, examples);
  }

  /** Asks for the expected examples of latent vectors of L numbers. */
  public static Request<float[]> decode(float[]... latents) {
    return of(Operation.DECODE, latents);
  }

  /** Asks for examples through the posterior's mean and back. */
  public static Request<float[]> reconstruct(float[]... examples) {
    return of(Operation.RECONSTRUCT, examples);
  }

  /**
   * Asks how anomalous examples are; the same example has the same scores in every request, but for
   * its place in it, from which its draws follow.
   */
  public static Request<AnomalyScores> score(float[]... examples) {
    return of(Operation.SCORE, examples);
  }

  /**
   * Asks for the expected examples of latent vectors from the prior: those that
   * {@code Vae.sample(count, seed)} makes.
   */
  public static Request<float[]> sample(int count, long seed) {
    return new Request<>(Operation.SAMPLE, List.of(), count, seed, Map.of());
  }

  /**
   * Returns this request with a condition.
   *
   * @param condition its name
   * @param values of each example
   */
  public Request<T> given(String condition, float[]... values) {
    Map<String, List<float[]>> more = new TreeMap<>(conditions);
    more.put(condition, list(values));
    return new Request<>(operation, rows, count, seed, Collections.unmodifiableMap(more));
  }

  Operation<T> operation() {
    return operation;
  }

  /** The examples or latent vectors; none of samples. */
  List<float[]> rows() {
    return rows;
  }

  /** How many examples it is about. */
  int count() {
    return count;
  }

  /** Of samples. */
  long seed() {
    return seed;
  }

  Map<String, List<float[]>> conditions() {
    return conditions;
  }
}
