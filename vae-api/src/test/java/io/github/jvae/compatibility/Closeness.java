package io.github.jvae.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.jvae.tensor.HostTensor;

/**
 * How near single-precision results must be to the truth.
 *
 * <p>A number may differ by {@code tolerance · max(|expected|, floor)}. The floor keeps a number
 * that is small by cancellation from being judged by its own size: it is the size of the numbers
 * that went into it.
 *
 * @param tolerance the greatest relative difference
 * @param floor the size below which differences are absolute
 */
record Closeness(double tolerance, double floor) {

  /** For one operation on numbers of size 1: some eight roundings of single precision. */
  static final Closeness OPERATION = new Closeness(1e-6, 1);

  /** For gradients of one operation, whose derivative engines compute in several steps. */
  static final Closeness OPERATION_GRADIENT = new Closeness(1e-5, 1);

  /** For whole models: what DESIGN promises of values. */
  static final double MODEL = 1e-5;

  /** For whole models: what DESIGN promises of gradients and of losses along a training run. */
  static final double TRAINING = 1e-4;

  /** Relative to the number itself, however small, down to where single precision ends. */
  static Closeness relative(double tolerance) {
    return new Closeness(tolerance, Float.MIN_NORMAL / tolerance);
  }

  /** Every number, each judged by its own size or the floor. */
  void check(String what, HostTensor actual, double[] expected) {
    check(what, actual.data(), expected);
  }

  /** Every number, each judged by its own size or the floor. */
  void check(String what, float[] actual, double[] expected) {
    assertThat(actual.length).as("%s: how many numbers", what).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      check(what + " [" + i + "]", actual[i], expected[i]);
    }
  }

  /** One number; infinities and NaN must be met exactly. */
  void check(String what, double actual, double expected) {
    boolean representable = Math.abs(expected) <= Float.MAX_VALUE;
    boolean met = representable
        ? Math.abs(actual - expected) <= tolerance * Math.max(Math.abs(expected), floor)
        : Double.compare(actual, (float) expected) == 0;
    if (!met) {
      fail(
          "%s is %s, but should be %s (tolerance %s of at least %s)",
          what, actual, expected, tolerance, floor);
    }
  }

  /** Every number, judged by the largest of them: for rows that mix large and small. */
  static void checkTensor(String what, HostTensor actual, double[] expected, double tolerance) {
    double largest = Float.MIN_NORMAL;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    new Closeness(tolerance, largest).check(what, actual, expected);
  }

  /** The Euclidean distance, relative to the expected vector's norm (or to a floor). */
  static void checkVector(
      String what, HostTensor actual, double[] expected, double tolerance, double floor) {
    assertThat(actual.data()).as("%s: how many numbers", what).hasSize(expected.length);
    double distance = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = actual.data()[i] - expected[i];
      distance += difference * difference;
    }
    double norm = norm(expected);
    assertThat(Math.sqrt(distance))
        .as("%s: distance from a vector of norm %s", what, norm)
        .isLessThanOrEqualTo(tolerance * Math.max(norm, floor));
  }

  static double norm(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  static double norm(HostTensor tensor) {
    return norm(doubles(tensor));
  }

  static double[] doubles(HostTensor tensor) {
    double[] result = new double[tensor.data().length];
    for (int i = 0; i < result.length; i++) {
      result[i] = tensor.data()[i];
    }
    return result;
  }
}
