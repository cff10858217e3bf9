package io.github.jvae.bench.image;

import io.github.jvae.tensor.HostTensor;

/**
 * Points on the way from one latent vector to another, or from one condition to another, both ends
 * included.
 */
public final class LatentPath {
  /** Vectors that point almost the same way, or opposite ways, do not say which arc is meant. */
  private static final double LEAST_SINE = 1e-4;

  private LatentPath() {}

  /**
   * Returns points along a straight line.
   *
   * @param begin [1, ...]
   * @param end [1, ...]
   * @param steps at least 2
   * @return [steps, ...]
   */
  public static HostTensor line(HostTensor begin, HostTensor end, int steps) {
    HostTensor path = empty(begin, steps);
    for (int step = 0; step < steps; step++) {
      double share = step / (steps - 1.0);
      put(path, step, begin, 1 - share, end, share);
    }
    return path;
  }

  /**
   * Returns points along an arc around the origin: Shoemake, "Animating rotation with quaternion
   * curves", 1985, in any number of dimensions. Of the many between opposite vectors it is one that
   * passes an axis.
   *
   * @param begin [1, L]
   * @param end [1, L]
   * @param steps at least 2
   * @return [steps, L]
   */
  public static HostTensor arc(HostTensor begin, HostTensor end, int steps) {
    double cosine = product(begin, end) / Math.sqrt(product(begin, begin) * product(end, end));
    double angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
    double sine = Math.sin(angle);
    if (!(sine > LEAST_SINE)) {
      return cosine < 0 ? overAnAxis(begin, end, steps) : line(begin, end, steps);
    }
    HostTensor path = empty(begin, steps);
    for (int step = 0; step < steps; step++) {
      double share = step / (steps - 1.0);
      put(
          path,
          step,
          begin,
          Math.sin((1 - share) * angle) / sine,
          end,
          Math.sin(share * angle) / sine);
    }
    return path;
  }

  /** Goes from one of two opposite vectors, in two dimensions at least, to the other. */
  private static HostTensor overAnAxis(HostTensor begin, HostTensor end, int steps) {
    int axis = 0;
    for (int i = 0; i < begin.data().length; i++) {
      axis = Math.abs(begin.data()[i]) < Math.abs(begin.data()[axis]) ? i : axis;
    }
    HostTensor summit = HostTensor.zeros(begin.shape());
    double squares = product(begin, begin);
    for (int i = 0; i < summit.data().length; i++) {
      summit.data()[i] = (float) (-begin.data()[axis] * begin.data()[i] / squares);
    }
    summit.data()[axis] += 1;
    double length = Math.sqrt(product(summit, summit));
    double ratio = Math.sqrt(product(end, end) / squares);
    HostTensor path = empty(begin, steps);
    for (int step = 0; step < steps; step++) {
      double share = step / (steps - 1.0);
      double radius = Math.sqrt(squares) * (1 - share + share * ratio);
      put(
          path,
          step,
          begin,
          Math.cos(share * Math.PI) * radius / Math.sqrt(squares),
          summit,
          Math.sin(share * Math.PI) * radius / length);
    }
    return path;
  }

  private static HostTensor empty(HostTensor vector, int steps) {
    return HostTensor.zeros(vector.shape().with(0, steps));
  }

  private static void put(
      HostTensor path, int step, HostTensor begin, double one, HostTensor end, double other) {
    int size = begin.data().length;
    for (int i = 0; i < size; i++) {
      path.data()[step * size + i] = (float) (one * begin.data()[i] + other * end.data()[i]);
    }
  }

  private static double product(HostTensor a, HostTensor b) {
    double sum = 0;
    for (int i = 0; i < a.data().length; i++) {
      sum += (double) a.data()[i] * b.data()[i];
    }
    return sum;
  }
}
